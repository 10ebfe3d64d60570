"""What changes events and who comes: each verb one transaction, told to whom it concerns."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook
from community.attention.telling import Happening, tell
from community.events import permissions
from community.models import Event, Notification, Registration
from people.models import User
from vocabularies.models import Concept

State = Registration.State
TOLD_OF = ("starts_at", "ends_at", "time_zone", "is_online", "link", "place", "country_id")


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


@transaction.atomic
def post(event: Event, concepts: Iterable[Concept], *, by: User) -> Event:
    if not permissions.may_post_in(by, event.group):
        raise NotNow(_("You can't post events in this group."))
    event.host = by
    event.save()
    event.concepts.set(concepts)
    logbook.note("event posted", event, by=by, group=event.group)
    return event


@transaction.atomic
def change(event: Event, concepts: Iterable[Concept], *, by: User) -> Event:
    """Who is registered hears of another time or place; more places move the waiting list up."""
    before = _locked(event)
    if not permissions.may_change(by, before):
        raise NotNow(_("This event can't be changed any more."))
    event.sequence = before.sequence + 1
    event.save()
    event.concepts.set(concepts)
    logbook.note("event changed", event, by=by, group=event.group)
    if any(getattr(before, name) != getattr(event, name) for name in TOLD_OF):
        event.registrations.update(reminded_at=None)
        _tell(event, _expecting(event), f"changed:{event.sequence}")
    _move_up(event)
    return event


@transaction.atomic
def cancel(event: Event, *, by: User) -> None:
    event = _locked(event)
    if not permissions.may_change(by, event):
        raise NotNow(_("This event can't be changed any more."))
    event.state, event.sequence = Event.State.CANCELLED, event.sequence + 1
    event.save()
    logbook.note("event cancelled", event, by=by, group=event.group)
    _tell(event, _expecting(event), "cancelled")


@transaction.atomic
def register(event: Event, *, by: User) -> Registration:
    """A place, or the end of the waiting list; the state of the row says which."""
    event = _locked(event)
    _check_open(event, by)
    row = event.registrations.filter(person=by).first() or Registration(event=event, person=by)
    if row.pk and row.state != State.CANCELLED:
        return row
    row.state, row.since, row.reminded_at = (State.COMING if _has_place(event) else State.WAITING), timezone.now(), None
    row.save()
    return row


@transaction.atomic
def unregister(event: Event, *, by: User) -> None:
    event = _locked(event)
    given_up = {"state": State.CANCELLED, "since": timezone.now()}
    if event.registrations.filter(person=by).exclude(state=State.CANCELLED).update(**given_up):
        _move_up(event)


@transaction.atomic
def fill_places(event: Event) -> None:
    """A place became free in another way: somebody's account is gone."""
    _move_up(_locked(event))


def remind(event: Event) -> int:
    """The day before, once; the number of people told."""
    with transaction.atomic():
        event = _locked(event)
        due = event.registrations.filter(state=State.COMING, reminded_at=None)
        people = list(due.values_list("person", flat=True))
        due.update(reminded_at=timezone.now())
        _tell(event, people, f"tomorrow:{event.starts_at.timestamp():.0f}")
    return len(people)


def _locked(event: Event) -> Event:
    """A write first: whoever comes second waits here, on SQLite as on PostgreSQL, and then counts what the first has left."""
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence"))
    return Event.objects.select_related("group").get(pk=event.pk)


def _check_open(event: Event, by: User) -> None:
    if event.state != Event.State.PLANNED or not Event.objects.visible_to(by).filter(pk=event.pk).exists():
        raise NotNow(_("This event does not take place."))
    if not event.takes_registrations or event.kind == Event.Kind.DEADLINE:
        raise NotNow(_("Nobody has to register for this event."))
    if event.ends_at < timezone.now():
        raise NotNow(_("This event is over."))


def _has_place(event: Event) -> bool:
    return event.places is None or event.registrations.filter(state=State.COMING).count() < event.places


def _move_up(event: Event) -> None:
    """Who waits longest comes first; each is told once for each time she moves up."""
    if event.state != Event.State.PLANNED or event.ends_at < timezone.now():
        return
    while _has_place(event):
        row = event.registrations.filter(state=State.WAITING).order_by("since", "pk").first()
        if row is None:
            return
        row.state, row.since = State.COMING, timezone.now()
        row.save()
        _tell(event, [row.person_id], f"place:{row.since.timestamp():.3f}")


def _expecting(event: Event) -> list[int]:
    return list(event.registrations.exclude(state=State.CANCELLED).values_list("person", flat=True))


def _tell(event: Event, people: Iterable[int], what: str) -> None:
    """Nobody's doing: who keeps the host away still has to know."""
    happening = Happening(key=f"event:{event.pk}:{what}", actor=None, about={"event": event})
    tell(people, Notification.Reason.EVENT, happening)
