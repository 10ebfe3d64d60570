"""Suspending a member from the portal, and lifting it again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Decision, Event, Offer, Post, Suspension, Thread
from community.moderation import measures, permissions
from community.moderation.deciding import Measure, NotNow, Reasons, decide
from people.models import User
from search import outbox

HIDEABLE = {
    "thread": (Thread, ("open", "closed")),
    "post": (Post, ("shown",)),
    "event": (Event, ("planned",)),
    "offer": (Offer, ("open", "found")),
}


@transaction.atomic
def suspend(
    person: User, reasons: Reasons, *, by: User, until: datetime | None = None, with_content: bool = False
) -> Suspension:
    """From the next request on she is a visitor; her feeds, alerts and mails stop."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not permissions.may_suspend(by, person):
        raise NotNow(_("You can't suspend this member."))
    if not person.is_active:
        raise NotNow(_("This account is suspended already."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    for session in person.usersession_set.all():
        session.end()
    hidden = _hide_all_of(person) if with_content else {}
    decision = decide(person, Measure.SUSPEND, reasons, by=by, until=until.isoformat() if until else "")
    _touch_offers(person)
    return Suspension.objects.create(person=person, decision=decision, until=until, hidden=hidden)


@transaction.atomic
def lift(person: User, reasons: Reasons, *, by: User | None) -> Decision:
    """What was hidden with it comes back, and nothing else."""
    current = list(Suspension.objects.select_for_update().filter(person=person, lifted_at=None))
    if not current:
        raise NotNow(_("This account is not suspended."))
    person = User.objects.select_for_update().get(pk=person.pk)
    person.is_active = True
    person.save(update_fields=["is_active"])
    for suspension in current:
        suspension.lifted_at = timezone.now()
        suspension.save(update_fields=["lifted_at"])
        _bring_back(suspension.hidden)
    _touch_offers(person)
    return decide(person, Measure.LIFT, reasons, by=by)


def lift_due() -> int:
    """Those whose time is over; safe to repeat."""
    due = Suspension.objects.filter(lifted_at=None, until__lte=timezone.now()).select_related("person", "decision")
    for suspension in due:
        lift(suspension.person, Reasons(suspension.decision.ground, _("The time is over.")), by=None)
    return len(due)


def _hide_all_of(person: User) -> dict[str, list]:
    """What was hidden, with its state before. Posts of threads that go with them are not listed twice."""
    hidden: dict[str, list] = {}
    for kind, (model, states) in HIDEABLE.items():
        owner = {"event": "host"}.get(kind, "author")
        rows = model.objects.filter(**{owner: person}, state__in=states)
        for thing in rows.exclude(number=1, thread__author=person) if kind == "post" else rows:
            hidden.setdefault(kind, []).append([thing.pk, thing.state])
            measures.put_away(thing)
    return hidden


def _bring_back(hidden: dict[str, list]) -> None:
    for kind, rows in hidden.items():
        model, _states = HIDEABLE[kind]
        for pk, state in rows:
            thing = model.objects.filter(pk=pk, state="hidden").first()
            if thing:
                measures.bring_back(thing, state)


def _touch_offers(person: User) -> None:
    """Offers of who is suspended are not shown; search hears of it."""
    outbox.touch(*(f"offer:{pk}" for pk in person.offers.values_list("pk", flat=True)))
