"""What authors and moderators do so that a question finds its answer."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook
from community.answering import asking, claims, permissions
from community.answering.claims import NotNow
from community.attention.telling import Happening, tell
from community.models import Ask, Notification, Routing, Thread
from community.threads import permissions as thread_permissions
from people.models import User
from portal.languages import CODES

__all__ = ["NotNow", "ask_person", "assign", "give_up", "record_outcome", "still_matters"]


@transaction.atomic
def ask_person(thread: Thread, person: User, *, by: User, now: datetime | None = None) -> None:
    """A moderator asks somebody by name."""
    thread = _decidable(thread, by)
    routing = _routing(thread)
    if Ask.objects.filter(thread=thread, person=person).exists():
        raise NotNow(_("%(name)s has been asked already.") % {"name": person})
    if not asking.ask_by_hand(routing, thread, person, now or timezone.now()):
        raise NotNow(_("%(name)s can't be asked now. Choose somebody else.") % {"name": person})
    routing.save()
    _note("asked by name", thread, person, by)


@transaction.atomic
def assign(thread: Thread, person: User, *, by: User, now: datetime | None = None) -> Ask:
    """The expert of a clinic has it for three days; who had it before is free again."""
    now = now or timezone.now()
    thread = _decidable(thread, by)
    if thread.kind != Thread.Kind.CLINIC:
        raise NotNow(_("Only a clinic has an expert."))
    if not permissions.may_take_on(person, thread):
        raise NotNow(_("%(name)s can't answer there. Choose somebody else.") % {"name": person})
    others = Ask.objects.filter(thread=thread, state=Ask.State.TAKEN).exclude(person=person)
    others.update(state=Ask.State.SETTLED, due_at=None)
    ask = claims.hold(thread, person, now, claims.EXPERT_HOLDS, {"expert": True})
    Thread.objects.filter(pk=thread.pk).update(expert=person)
    happening = Happening(f"expert:{thread.pk}:{ask.taken_at.timestamp():.0f}", None, {"thread": thread})
    tell([person.pk], Notification.Reason.ASKED, happening)
    _note("expert assigned", thread, person, by)
    return ask


@transaction.atomic
def still_matters(thread: Thread, *, by: User, languages: list[str] = (), now: datetime | None = None) -> None:
    """Its author still needs an answer, perhaps in further languages too: the next people are asked."""
    thread = _own(thread, by)
    further = [code for code in languages if code in CODES and code != thread.language]
    routing = _routing(thread)
    routing.languages, routing.given_up_at, routing.look_at = further, None, now or timezone.now()
    routing.save()


@transaction.atomic
def give_up(thread: Thread, *, by: User, now: datetime | None = None) -> None:
    """She needs no answer any more: nobody else is asked, and it no longer stands first in lists."""
    thread = _own(thread, by)
    claims.settle(thread)
    routing = _routing(thread)
    routing.given_up_at, routing.look_at = now or timezone.now(), None
    routing.save()


@transaction.atomic
def record_outcome(thread: Thread, text: str, *, by: User) -> None:
    """What became of a clinic, in its author's words."""
    if not permissions.may_decide_on(by, thread) or thread.kind != Thread.Kind.CLINIC:
        raise NotNow(_("Only who began the clinic records its outcome."))
    thread.clinic_outcome = text
    thread.save(update_fields=["clinic_outcome", "changed_at"])


def _decidable(thread: Thread, by: User) -> Thread:
    thread = Thread.objects.select_for_update(of=("self",)).select_related("group").get(pk=thread.pk)
    if not permissions.may_ask_others(by, thread):
        raise NotNow(_("Only moderators ask somebody by name."))
    if not claims.waits(thread):
        raise NotNow(_("This question has been answered or closed already."))
    return thread


def _own(thread: Thread, by: User) -> Thread:
    thread = Thread.objects.select_for_update(of=("self",)).select_related("group").get(pk=thread.pk)
    if not permissions.may_decide_on(by, thread) or not thread_permissions.may_see(by, thread):
        raise NotNow(_("Only who asked decides that."))
    if not claims.waits(thread):
        raise NotNow(_("This question has been answered or closed already."))
    return thread


def _routing(thread: Thread) -> Routing:
    now = timezone.now()
    Routing.objects.get_or_create(thread=thread, defaults={"opened_at": thread.created_at, "look_at": now})
    return Routing.objects.select_for_update().get(thread=thread)


def _note(action: str, thread: Thread, person: User, by: User) -> None:
    logbook.note(action, thread, by=by, group=thread.group, person=person.pk)
