"""The day before an event, who is registered is reminded."""

from datetime import timedelta

from django.utils import timezone

from community.events import actions
from community.models import Event, Registration
from portal import duties

AHEAD = timedelta(hours=24)
EVERY = 600  # seconds


def remind_all() -> int:
    """The number of people told."""
    now = timezone.now()
    soon = Event.objects.filter(state=Event.State.PLANNED, starts_at__gt=now, starts_at__lte=now + AHEAD)
    waiting = Registration.objects.filter(state=Registration.State.COMING, reminded_at=None)
    return sum(actions.remind(event) for event in soon.filter(pk__in=waiting.values("event")))


duties.register("reminders of events", EVERY, remind_all)
