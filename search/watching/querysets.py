"""Reading saved searches and visits."""

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from people.models import User
from search.models import Change, SavedSearch, Told, Visit

MORNING = 6  # o'clock, of the portal's time zone: daily and weekly messages of one person come together
MONDAY = 0
# Changes of this long before are asked about again: another process may have noted one late. Nothing is told twice for it.
OVERLAP = timedelta(minutes=5)
Cadence = SavedSearch.Cadence


def of(person: User) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(person=person)


def due(now: datetime) -> QuerySet[SavedSearch]:
    """Those whose hour has come, or for which something changed, of people who are active.

    What is noted late may lie before the moment they were asked last. So each is asked once more when nothing changed for a while.
    """
    day = morning(now)
    week = morning(now, back_to=MONDAY)
    waiting = Q(cadence=Cadence.DAILY, asked_until__lt=day) | Q(cadence=Cadence.WEEKLY, asked_until__lt=week)
    changed_at = Change.objects.aggregate(last=Max("at"))["last"]
    if changed_at:
        settled_at = changed_at + OVERLAP
        asked_before = settled_at if now >= settled_at else changed_at
        waiting |= Q(cadence=Cadence.AT_ONCE, asked_until__lt=asked_before)
    return SavedSearch.objects.filter(waiting, person__is_active=True)


def told(searches: list[SavedSearch], since: datetime) -> set[tuple[int, str]]:
    """(search, key) already told, of what changed since then and of faults."""
    changed = Change.objects.filter(at__gt=since).values("key")
    rows = Told.objects.filter(Q(key__in=changed) | Q(key__startswith=FAULT), saved__in=searches)
    return set(rows.values_list("saved_id", "key"))


FAULT = "fault:"  # a saved search that lost a part of its question is told of once, like an answer


def last_visit(person: User) -> datetime | None:
    """The end of the visit before this one."""
    return Visit.objects.filter(person=person).values_list("before_at", flat=True).first()


def morning(now: datetime, back_to: int | None = None) -> datetime:
    """The last such moment, today or before; back to a day of the week where one is given."""
    here = timezone.localtime(now)
    moment = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if moment > here:
        moment -= timedelta(days=1)
    if back_to is not None:
        moment -= timedelta(days=(moment.weekday() - back_to) % 7)
    return moment
