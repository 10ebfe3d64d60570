"""What moderators deal with: posts, threads, groups, events, offers and people, each asked the same questions."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override

from community import logbook
from community.models import Event, Group, Offer, Post, Thread
from people.models import User
from practices.models import CaseStudy

MODELS: dict[str, type[Model]] = {
    "post": Post,
    "thread": Thread,
    "group": Group,
    "event": Event,
    "offer": Offer,
    "person": User,
}
PAGES = {"post": "post", "thread": "thread", "group": "group", "event": "event", "offer": "offer", "member": "person"}


def kind_of(thing: Model) -> str:
    return next(kind for kind, model in MODELS.items() if isinstance(thing, model))


def about(thing: Model) -> dict[str, Model]:
    """Fields of a flag, notice or decision about it."""
    return {kind_of(thing): thing}


def seen_by(viewer, kind: str, pk: int) -> Model | None:
    """It, where the viewer may see it."""
    return _seen(viewer, kind).filter(pk=pk).first() if kind in MODELS else None


def seen_among(viewer, keys: Iterable[str]) -> dict[str, Model]:
    """{key in the log: the thing}, of those the viewer may see; one query for each kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _colon, pk = key.partition(":")
        by_kind["person" if kind == User._meta.model_name else kind].append(pk)
    found = (thing for kind in by_kind.keys() & MODELS for thing in _seen(viewer, kind).filter(pk__in=by_kind[kind]))
    return {logbook.key_of(thing): thing for thing in found}


def _seen(viewer, kind: str) -> QuerySet:
    model = MODELS[kind]
    rows = model.objects.filter(is_active=True) if model is User else model.objects.visible_to(viewer)
    return rows.select_related("thread") if model is Post else rows


def whatever(kind: str, pk: int) -> Model | None:
    """It, hidden or not: for those who moderate it."""
    model = MODELS.get(kind)
    return model.objects.filter(pk=pk).first() if model else None


def at(address: str) -> Model | None:
    """What stands at an address of the portal's, seen by others or not."""
    path = address if address.startswith("/") else "/" + address.partition("://")[2].partition("/")[2]
    path = path.partition("?")[0].partition("#")[0]
    try:
        with override(get_language_from_path(path) or get_language()):  # only addresses of the active language resolve
            match = resolve(path)
    except Resolver404:
        return None
    kind = PAGES.get(match.url_name or "")
    if kind is None:
        return None
    return MODELS[kind].objects.filter(**match.kwargs).first()


def case_study_at(address: str) -> CaseStudy | None:
    slug = address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return CaseStudy.objects.filter(slug=slug).order_by("pk").first() if slug else None


def writer_at(address: str) -> User | None:
    """Who wrote the case study at an address."""
    page = case_study_at(address)
    return page.owner if page else None


def author_of(thing: Model) -> User | None:
    """Whom a decision about it affects."""
    if isinstance(thing, User):
        return thing
    if isinstance(thing, Event):
        return thing.host
    return thing.created_by if isinstance(thing, Group) else thing.author


def group_of(thing: Model) -> Group | None:
    if isinstance(thing, Group):
        return thing
    if isinstance(thing, Post):
        return thing.thread.group
    return getattr(thing, "group", None)


def title_of(thing: Model) -> str:
    return str(thing.thread if isinstance(thing, Post) else thing)


def language_of(thing: Model) -> str:
    """Of its words; a person has none."""
    return "" if isinstance(thing, User) else getattr(thing, "language", "")


def language_of_title(thing: Model) -> str:
    return language_of(thing.thread if isinstance(thing, Post) else thing)


def text_of(thing: Model) -> str:
    """As it was written; what is shown of it is escaped."""
    if isinstance(thing, Post):
        return thing.source
    if isinstance(thing, Thread):
        opening = thing.posts.filter(number=1).first()
        return opening.source if opening else ""
    return thing.aim if isinstance(thing, Group) else getattr(thing, "text", "")
