"""Complaints against decisions: another moderator looks at it anew, and may take it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook, signals
from community.models import Decision, Flag
from community.moderation import mails, measures, permissions, suspending, things
from community.moderation.deciding import RESTRICTING, Measure, NotNow, Reasons
from people.models import User

Complaint = Decision.Complaint
UNDO = {Measure.HIDE: measures.restore, Measure.CLOSE: measures.reopen, Measure.SUSPEND: suspending.lift}


def may_complain(decision: Decision) -> bool:
    return decision.measure in RESTRICTING and decision.complaint_state == Complaint.NONE


@transaction.atomic
def complain(decision: Decision, text: str) -> None:
    """By whom it affects, signed in or by the link in her mail; once."""
    decision = _locked(decision)
    if not may_complain(decision):
        raise NotNow(_("There is a complaint about this decision already."))
    decision.complaint, decision.complaint_state = text, Complaint.WAITING
    decision.complained_at = timezone.now()
    decision.save()
    _note("complaint", decision, by=decision.affects)


@transaction.atomic
def uphold(decision: Decision, answer: str, *, by: User) -> None:
    """The decision was wrong: what it did is undone."""
    decision = _answered(decision, Complaint.UPHELD, answer, by)
    thing = decision.target
    if thing is not None:
        try:
            UNDO[decision.measure](thing, Reasons(decision.ground, answer, decision.rule), by=by)
        except NotNow:
            pass  # undone already, in another way
        _clear_name(decision)
    _conclude(decision)


@transaction.atomic
def reject(decision: Decision, answer: str, *, by: User) -> None:
    _conclude(_answered(decision, Complaint.REJECTED, answer, by))


def _answered(decision: Decision, state: str, answer: str, by: User) -> Decision:
    decision = _locked(decision)
    if decision.complaint_state != Complaint.WAITING:
        raise NotNow(_("No complaint is waiting here."))
    if not permissions.may_answer_complaint(by, decision):
        raise NotNow(_("Another moderator than who decided answers the complaint."))
    decision.complaint_state, decision.complaint_answer, decision.complaint_by = state, answer, by
    decision.save()
    return decision


def _clear_name(decision: Decision) -> None:
    """Flags that led to it count no more against her."""
    Flag.objects.filter(decision=decision).update(state=Flag.State.DISMISSED)


def _conclude(decision: Decision) -> None:
    _note(f"complaint {decision.complaint_state}", decision, by=decision.complaint_by)
    mails.tell_of_complaint(decision)
    signals.decided.send(Decision, decision=decision)


def _note(action: str, decision: Decision, *, by: User | None) -> None:
    thing = decision.target
    logbook.note(action, decision, by=by, group=things.group_of(thing) if thing else None)


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update().get(pk=decision.pk)
