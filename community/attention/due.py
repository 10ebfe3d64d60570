"""Whom to mail now: at once, or what the day or the week has gathered."""

from datetime import datetime

from django.db.models import Q, QuerySet

from community.attention import claims
from community.models import Attention, Notification
from search.watching.querysets import MONDAY, morning

Delivery, Digest = Notification.Delivery, Attention.Digest
CHOICES = "person__attention__"


def waiting(delivery: str) -> QuerySet[Notification]:
    """Neither mailed yet nor read on the site."""
    rows = Notification.objects.filter(delivery=delivery, mailed_at=None, read_at=None)
    return rows.filter(person__is_active=True)


def at_once(now: datetime) -> list[int]:
    return _people(waiting(Delivery.NOW).filter(claims.free(now, CHOICES)))


def for_digests(now: datetime) -> list[int]:
    """People with something from before their hour, who had no digest since."""
    daily = _due(now, Digest.DAILY) & Q(**{f"{CHOICES}digest": Digest.DAILY})
    by_default = Q(**{f"{CHOICES}digest": Digest.WEEKLY}) | Q(**{f"{CHOICES}pk": None})
    weekly = _due(now, Digest.WEEKLY) & by_default
    return _people(waiting(Delivery.DIGEST).filter(claims.free(now, CHOICES)).filter(daily | weekly))


def hour_of(digest: str, now: datetime) -> datetime:
    """The last moment at which such digests went out: what happened since waits for the next."""
    return morning(now, back_to=MONDAY) if digest == Digest.WEEKLY else morning(now)


def _due(now: datetime, digest: str) -> Q:
    hour = hour_of(digest, now)
    none_since = Q(**{f"{CHOICES}digested_until__lt": hour}) | Q(**{f"{CHOICES}pk": None})
    return Q(at__lt=hour) & none_since


def _people(rows: QuerySet[Notification]) -> list[int]:
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())
