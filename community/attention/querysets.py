"""Reading what people watch and were told, and which of it they may still see."""

from collections.abc import Iterable

from django.db.models import QuerySet

from community.attention import topics
from community.models import Attention, Barrier, Event, Group, Notification, Offer, Post, Thread, Watch

AT_MOST = 99  # counted on the bell
MENTIONED = ("post_id", "thread_id", "group_id", "event_id", "offer_id")
SHOWN_WITH = ("actor", "thread", "post", "group", "event", "offer", "decision")


def choices_of(person) -> Attention:
    """Not saved where she has none of her own yet."""
    return Attention.objects.filter(person=person).first() or Attention(person=person)


def level_of(person, topic: str) -> str:
    level = Watch.objects.filter(person=person, topic=topic).values_list("level", flat=True).first()
    return level or Watch.Level.NORMAL


def watched_by(person) -> list[tuple[object, str, Watch]]:
    """(thing, its address, row): what she follows more or less than usual, the latest first, as far as she may see it."""
    rows = list(Watch.objects.filter(person=person).order_by("-at", "-pk")[:200])
    things = topics.seen_by(person, [row.topic for row in rows])
    return [(things[row.topic], things[row.topic].get_absolute_url(), row) for row in rows if row.topic in things]


def unread_count(person) -> int:
    return Notification.objects.filter(person=person, read_at=None)[: AT_MOST + 1].count()


def of(person) -> QuerySet[Notification]:
    return Notification.objects.filter(person=person).select_related(*SHOWN_WITH)


def seen_by(person, rows: Iterable[Notification]) -> list[Notification]:
    """As the database has it now: what was hidden, left or closed to her since is not told, nor what somebody she keeps away did."""
    rows = list(rows)
    keys = {name: {getattr(row, name) for row in rows if name in _named(row)} for name in MENTIONED}
    seen = {name: _seen(name, keys[name], person) if keys[name] else set() for name in MENTIONED}
    barred = set(Barrier.objects.filter(by=person).values_list("against", flat=True)) if rows else set()
    return [row for row in rows if _may_see(row, person, seen, barred)]


def _seen(name: str, keys: set[int], person) -> set[int]:
    models = {"post_id": Post, "thread_id": Thread, "group_id": Group, "event_id": Event, "offer_id": Offer}
    return set(models[name].objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))


def _may_see(row: Notification, person, seen: dict[str, set[int]], barred: set[int]) -> bool:
    """A decision is its addressee's to read whatever became of what it is about."""
    if row.decision_id:
        return row.decision.affects_id == person.pk
    named = _named(row)
    return bool(named) and row.actor_id not in barred and all(getattr(row, name) in seen[name] for name in named)


def _named(row: Notification) -> list[str]:
    """A post is seen where its thread is; it may have been moved to another since."""
    return [name for name in MENTIONED if getattr(row, name) and not (name == "thread_id" and row.post_id)]
