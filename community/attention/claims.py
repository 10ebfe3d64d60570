"""Who mails a person now: of several processes one, and none for a while after her mails were refused. Held in the database."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from community.models import Attention
from people.models import User

LEASE = timedelta(minutes=5)  # of a process that may have died meanwhile
LATE = timedelta(minutes=1)  # until a mail that was not taken is tried again
PAUSE = timedelta(minutes=5), timedelta(days=1)  # first and longest, of a person whose mails are refused
BATCH = 500
LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


def free(now: datetime, prefix: str = "") -> Q:
    """Nobody mails her, and it is time to try; `prefix` leads to the person's choices."""
    return Q(**{f"{prefix}held_until": None}) | Q(**{f"{prefix}held_until__lte": now})


def prepare(people: list[int]) -> None:
    """Who never chose gets a row with the defaults, for the claim to stand in."""
    for start in range(0, len(people), BATCH):
        without = User.objects.filter(pk__in=people[start : start + BATCH], attention=None)
        rows = [Attention(person=person, digested_until=LONG_AGO) for person in without]
        Attention.objects.bulk_create(rows, ignore_conflicts=True)


def take(person_id: int) -> bool:
    """False where another process has her."""
    now = timezone.now()
    return _hers(person_id).filter(free(now)).update(held_until=now + LEASE) == 1


def release(person_id: int) -> None:
    _hers(person_id).update(held_until=None)


def served(person_id: int) -> None:
    _hers(person_id).update(held_until=None, failures=0)


def hold(person_id: int) -> None:
    _hers(person_id).update(held_until=timezone.now() + LATE)


def refuse(person_id: int) -> timedelta:
    """Until when she is left alone: twice as long each time."""
    _hers(person_id).update(failures=F("failures") + 1)
    failures = _hers(person_id).values_list("failures", flat=True).first() or 1
    first, longest = PAUSE
    pause = min(first * 2 ** min(failures - 1, 12), longest)
    _hers(person_id).update(held_until=timezone.now() + pause)
    return pause


def _hers(person_id: int):
    return Attention.objects.filter(person=person_id)
