"""Setting back what was just written to the day it tells of; nothing of it is mailed."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from community.models import LogEntry, Notification

UNREAD = timedelta(days=10)  # what is younger still rings the bell
A_DAY = timedelta(days=1)


@contextmanager
def on(moment: datetime):
    """Whatever is told and logged inside happened then; call it inside a transaction, so that no worker sees it before."""
    told, logged = _last(Notification), _last(LogEntry)
    yield
    LogEntry.objects.filter(pk__gt=logged).update(at=moment)
    rows = list(Notification.objects.filter(pk__gt=told).select_related("post"))
    for row in rows:
        row.at = max(moment, row.post.created_at) if row.post else moment
        row.mailed_at = row.at
        row.read_at = row.at + A_DAY if row.at < timezone.now() - UNREAD else None
    Notification.objects.bulk_update(rows, ["at", "mailed_at", "read_at"], batch_size=200)


def _last(model) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0
