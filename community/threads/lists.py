"""Lists of threads: what is asked for in the address, and what the rows show."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from community.models import Group, Post, ReadingPlace, Thread
from portal.languages import CODES
from vocabularies.models import Concept

PAGE = 20
VIEWS = {"all": _("All"), "unanswered": _("Unanswered"), "mine": _("In my languages"), "groups": _("In my groups")}


@dataclass(frozen=True)
class Asked:
    """What a list is of. What can't be used is left out."""

    view: str = "all"
    kind: str = ""
    language: str = ""
    concept: str = ""  # scheme/notation
    group: str = ""  # its slug

    @classmethod
    def of(cls, params, person) -> "Asked":
        views = VIEWS if person.is_authenticated else ("all", "unanswered")
        view, kind, language = (params.get(name, "") for name in ("view", "kind", "language"))
        return cls(
            view if view in views else "all",
            kind if kind in Thread.Kind.values else "",
            language if language in CODES else "",
            params.get("concept", "")[:120],
        )

    def with_(self, **parts) -> str:
        """The address of the list with these parts instead."""
        pairs = {name: value for name, value in vars(replace(self, **parts)).items() if value and value != "all"}
        return f"?{urlencode(pairs)}" if pairs else "?"


def threads_for(person, asked: Asked):
    """Standing threads she may see; unanswered ones by age, the longest waiting first."""
    rows = Thread.objects.visible_to(person)
    if asked.view == "unanswered":
        rows = rows.unanswered()
    elif asked.view == "mine":
        rows = rows.in_languages(person.languages or [person.language or "en"])
    elif asked.view == "groups":
        rows = rows.filter(group__in=Group.objects.of(person).values("pk"))
    if asked.group:
        rows = rows.filter(group__slug=asked.group)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.language:
        rows = rows.in_languages([asked.language])
    if concept := concept_of(asked.concept):
        rows = rows.about(concept)
    return rows.order_by("created_at", "pk") if asked.view == "unanswered" else rows.order_by("-last_post_at", "-pk")


def concept_of(name: str) -> Concept | None:
    scheme, slash, notation = name.partition("/")
    return Concept.objects.filter(scheme__notation=scheme, notation=notation).first() if slash else None


def page_for(person, asked: Asked, number) -> Page:
    """With `read_to` of each row: the last post this person has seen, None where she was never there."""
    return Paginator(with_rows(threads_for(person, asked), person), PAGE).get_page(number)


def with_rows(threads, person):
    """Everything a row shows, in a constant number of queries."""
    threads = threads.for_lists()
    first = Post.objects.filter(thread=OuterRef("pk"), number=1, state=Post.State.SHOWN).values("html")[:1]
    threads = threads.annotate(beginning=Subquery(first))
    if not person.is_authenticated:
        return threads
    place = ReadingPlace.objects.filter(thread=OuterRef("pk"), person=person).values("number")[:1]
    return threads.annotate(read_to=Subquery(place), unread=F("last_number") - Subquery(place))
