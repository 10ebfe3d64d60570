"""What the community puts into search: threads, groups, events and partner offers, with the same facets and audiences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from community import audiences
from community.models import Event, Group, Offer, Post, Thread
from people.access import PUBLIC
from practices.models import CaseStudy
from practices.searchable import audience_of, both, restrictions_now
from search import facets, sources
from search.contract import Entry, Text

BATCH = 200
SUMMARY = 300  # characters
BODY = 60_000


class Rows:
    """A source whose keys are <kind>:<number of a row>."""

    kind = ""

    def rows(self) -> QuerySet:
        """What may be in the index at all."""
        raise NotImplementedError

    def made(self, batch: list) -> Iterator[Entry]:
        raise NotImplementedError

    def count(self) -> int:
        return self.rows().count()

    def entries(self, keys: Iterable[str] | None = None) -> Iterator[Entry]:
        for numbers in _numbers(self.rows(), keys):
            yield from self.made(list(self.rows().filter(pk__in=numbers).order_by("pk")))


class Threads(Rows):
    kind, label, card_template = "thread", _("Discussions"), "community/search/_thread_card.html"

    def rows(self) -> QuerySet:
        published = CaseStudy.objects.published().values("pk")
        below = Q(case_study=None) | Q(case_study__in=published)
        standing = Thread.objects.standing().filter(below)
        return standing.select_related("group", "author", "case_study__locale").prefetch_related("concepts__scheme")

    def made(self, batch: list[Thread]) -> Iterator[Entry]:
        posts = defaultdict(list)
        for post in Post.objects.shown().filter(thread__in=batch).order_by("thread", "number"):
            posts[post.thread_id].append(post)
        restrictions = restrictions_now()
        for thread in batch:
            if posts[thread.pk]:
                yield _thread(thread, posts[thread.pk], restrictions)


class Groups(Rows):
    kind, label, card_template = "group", _("Groups"), "community/search/_group_card.html"

    def rows(self) -> QuerySet:
        return Group.objects.for_cards()

    def made(self, batch: list[Group]) -> Iterator[Entry]:
        for group in batch:
            card = {"pk": group.pk, "slug": group.slug, "kind": group.kind, "members": group.member_count}
            parts = [group.aim, group.guidelines, group.deliverable_title, group.deliverable]
            languages = {group.language, *group.languages}
            texts = (_text(group, group.title, group.aim, "\n".join(parts)),)
            yield _entry(group, texts, audiences.of_group(group), languages, group.created_at, card)


class Events(Rows):
    kind, label, card_template = "event", _("Events"), "community/search/_event_card.html"
    news_on_card = ("starts", "online")

    def rows(self) -> QuerySet:
        rows = Event.objects.exclude(state=Event.State.HIDDEN)
        return rows.select_related("group", "host", "country__scheme").prefetch_related("concepts__scheme")

    def made(self, batch: list[Event]) -> Iterator[Entry]:
        for event in batch:
            card = {
                "pk": event.pk,
                "kind": event.kind,
                "starts": event.starts_at.isoformat(),
                "online": event.is_online,
            }
            texts = (_text(event, event.title, event.text, f"{event.text}\n{event.place}"),)
            languages = {event.language, *event.languages}
            yield _entry(event, texts, audiences.of_content(event.group), languages, event.created_at, card)


class Offers(Rows):
    kind, label, card_template = "offer", _("Partner search"), "community/search/_offer_card.html"

    def rows(self) -> QuerySet:
        return Offer.objects.current().select_related("author", "country__scheme").prefetch_related("concepts__scheme")

    def made(self, batch: list[Offer]) -> Iterator[Entry]:
        for offer in batch:
            card = {"pk": offer.pk, "kind": offer.kind, "until": offer.expires_on.isoformat()}
            texts = (_text(offer, offer.title, offer.text, f"{offer.text}\n{offer.organisation}\n{offer.programme}"),)
            languages = {offer.language, *offer.languages}
            yield _entry(offer, texts, frozenset({PUBLIC}), languages, offer.created_at, card)


def _numbers(rows: QuerySet, keys: Iterable[str] | None) -> Iterator[list[int]]:
    if keys is not None:
        wanted = [int(key.partition(":")[2]) for key in keys if key.partition(":")[2].isdigit()]
        yield from (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))
        return
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield batch
        last = batch[-1]


def _thread(thread: Thread, posts: list[Post], restrictions: list) -> Entry:
    """One text for each language somebody writes in; the thread's own holds its beginning."""
    written = defaultdict(list)
    for post in posts:
        written[post.language].append(strip_tags(post.html))
    written.setdefault(thread.language, [])
    opening = strip_tags(posts[0].html)
    texts = tuple(
        _text(thread, thread.title, opening if language == thread.language else parts[0], "\n".join(parts), language)
        for language, parts in sorted(written.items())
    )
    audience = audiences.of_content(thread.group)
    if thread.case_study:
        audience = both(audience, audience_of([thread.case_study], restrictions))
    card = {
        "pk": thread.pk,
        "kind": thread.kind,
        "posts": thread.post_count,
        "solved": thread.accepted_id is not None,
        "waits": thread.wants_an_answer and thread.first_answer_at is None,
        "author": str(thread.author or ""),
        "last": thread.last_post_at.isoformat(),
    }
    return _entry(thread, texts, audience, set(written), thread.created_at, card, changed_at=thread.last_post_at)


def _text(thing, title: str, summary: str, body: str, language: str = "") -> Text:
    language = language or thing.language
    with override(language):
        url = thing.get_absolute_url()
    return Text(language, title, summary[:SUMMARY], body[:BODY], url)


def _entry(thing, texts, audience, languages: set[str], at, card: dict, changed_at=None) -> Entry:
    return Entry(
        key=thing.search_key,
        kind=thing.search_key.partition(":")[0],
        language=thing.language,
        texts=texts,
        facets=_facets(thing, languages),
        audience=audience,
        published_at=at or timezone.now(),
        changed_at=changed_at or thing.changed_at,
        weight=-1,
        card=card,
    )


def _facets(thing, languages: set[str]) -> dict[str, tuple[str, ...]]:
    held = defaultdict(set)
    country = getattr(thing, "country", None)
    for concept in (*thing.concepts.all(), *([country] if country else [])):
        held[concept.scheme.notation].add(concept.notation)
    values = {}
    for facet in facets.all_facets():
        found = languages if facet.field == "text_languages" else held.get(facet.scheme, ()) if facet.scheme else ()
        if found:
            values[facet.name] = tuple(sorted(found))
    return values


for source in (Threads(), Groups(), Events(), Offers()):
    sources.register(source)
