"""When what the index holds last changed: noted by the indexer, looked through by alerts, lists and the home page."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from search.models import Change


def note(held: Iterable[str], gone: Iterable[str]) -> None:
    """The engine holds these now, and those no more. Call it after the engine, in one transaction with the outbox."""
    now = timezone.now()
    Change.objects.bulk_create(
        [Change(key=key, at=now) for key in held],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["at"],
    )
    Change.objects.filter(key__in=list(gone)).delete()


def latest(moment: datetime, count: int) -> list[str]:
    """So many keys at most of what changed since then, the latest first."""
    return list(Change.objects.filter(at__gt=moment).order_by("-at", "key").values_list("key", flat=True)[:count])


def since(moment: datetime) -> dict[str, datetime]:
    """{key: when it changed}, the latest first."""
    return dict(Change.objects.filter(at__gt=moment).order_by("-at", "key").values_list("key", "at"))
