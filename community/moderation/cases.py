"""Flags of members, and the work on flags and notices: taking one on, dismissing it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook, signals
from community.models import Decision, Flag, Notice
from community.moderation import mails, permissions, things
from community.moderation.deciding import OPEN, Measure, NotNow, Reasons, conclude, decide
from people.models import User

A_DAY = 20  # flags of one person in 24 hours


@transaction.atomic
def flag(thing, ground: str, text: str, *, by: User) -> Flag:
    """Once for a person and a thing."""
    User.objects.select_for_update().get(pk=by.pk)
    author = things.author_of(thing)
    if author and author.pk == by.pk:
        raise NotNow(_("This is your own. You can change or delete it yourself."))
    before = flagged_before(thing, by)
    if before:
        return before
    since = timezone.now() - timedelta(days=1)
    if Flag.objects.filter(by=by, at__gt=since).count() >= A_DAY:
        raise NotNow(_("You have reported a lot today. Go on tomorrow, or write to the operator."))
    return Flag.objects.create(**things.about(thing), by=by, ground=ground, text=text)


def flagged_before(thing, by: User) -> Flag | None:
    return Flag.objects.filter(**things.about(thing), by=by).first()


@transaction.atomic
def take(case: Flag | Notice, *, by: User) -> None:
    """Others see who is at it. It can be taken over."""
    case = _locked(case)
    if case.state not in OPEN:
        raise NotNow(_("It is settled already."))
    case.state, case.handler = Flag.State.TAKEN, by
    case.save(update_fields=["state", "handler"])


@transaction.atomic
def give_back(case: Flag | Notice, *, by: User) -> None:
    case = _locked(case)
    if case.state == Flag.State.TAKEN and case.handler_id == by.pk:
        case.state, case.handler = Flag.State.WAITING, None
        case.save(update_fields=["state", "handler"])


@transaction.atomic
def dismiss(case: Flag | Notice, reasons: Reasons, *, by: User) -> Decision | None:
    """Nothing is done. A notice gets a decision and an answer; all flags about the same thing are settled by a line in the log."""
    case = _locked(case)
    if case.state not in OPEN:
        raise NotNow(_("It is settled already."))
    if not permissions.may_settle(by, case):
        raise NotNow(_("Another moderator decides about what is yours."))
    case.handler = by
    if isinstance(case, Notice):
        return answer(case, Measure.NONE, reasons, by=by)
    thing = case.target
    same = Flag.objects.filter(**things.about(thing), state__in=OPEN) if thing else []
    for one in same or [case]:
        one.handler = by
        conclude(one, None, Flag.State.DISMISSED)
    group = things.group_of(thing) if thing else None
    logbook.note("dismissed", thing or case, by=by, group=group, flag=case.pk, why=reasons.facts)
    return None


@transaction.atomic
def answer(notice: Notice, measure: str, reasons: Reasons, *, by: User) -> Decision:
    """A decision about a page moderators have no verb for (a case study editors withdraw), or that it stays."""
    notice = _locked(notice)
    if notice.state not in OPEN:
        raise NotNow(_("It is settled already."))
    if measure == Measure.NONE and notice.target:
        decision = decide(notice.target, Measure.NONE, reasons, by=by, notice=notice.pk)
    else:
        decision = Decision.objects.create(
            measure=measure,
            ground=reasons.ground,
            facts=reasons.facts,
            rule=reasons.rule,
            by=by,
            affects=things.writer_at(notice.address),
        )
        logbook.note(measure, notice, by=by, decision=decision.pk, address=notice.address)
    notice.answer = reasons.facts
    conclude(notice, decision, Flag.State.DISMISSED if measure == Measure.NONE else Flag.State.UPHELD)
    mails.tell_notifier(notice)
    if decision.target is None:
        signals.decided.send(Decision, decision=decision)
    return decision


def _locked(case):
    return type(case).objects.select_for_update().get(pk=case.pk)
