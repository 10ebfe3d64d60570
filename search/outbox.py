"""Noting that something changed. Call it inside the transaction of the change: both are kept or neither."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from search.keepable import keepable
from search.models import OutboxRow

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)  # of what the engine refused


def touch(*keys: str) -> None:
    OutboxRow.objects.bulk_create([OutboxRow(key=key) for key in keys])


def hold(ids: Iterable[int], refused: dict[str, str]) -> None:
    """The engine refused what these stand for: it is tried again, later each time, or when it changes."""
    now, rows = timezone.now(), list(OutboxRow.objects.filter(id__in=list(ids)))
    for row in rows:
        row.refusal = keepable(refused[row.key])[:500]
        row.held_until = now + min(FIRST_WAIT * 2 ** min(row.refused_times, 10), LONGEST_WAIT)
        row.refused_times += 1
    OutboxRow.objects.bulk_update(rows, ["refusal", "held_until", "refused_times"])
