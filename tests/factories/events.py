"""Boring makers of events."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from community.events import actions
from community.models import Event
from people.models import User
from tests.factories import a_member

_numbers = count(1)


def an_event(title: str = "", *, by: User | None = None, concepts=(), **fields) -> Event:
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=3))
    fields = {"kind": "workshop", "text": "We try it together.", "language": "en", "place": "Ghent", **fields}
    fields = {"ends_at": starts_at + timedelta(hours=2), **fields}
    event = Event(title=title or f"Event {next(_numbers)}", starts_at=starts_at, **fields)
    return actions.post(event, concepts, by=by or a_member())
