"""A decision on record: what was done, why, whom it affects; it settles what waited about the same thing."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from community import logbook, signals
from community.models import Decision, Flag, LogEntry, Notice, Thread
from community.moderation import mails, things
from people.models import User

Measure = Decision.Measure
RESTRICTING = (Measure.HIDE, Measure.CLOSE, Measure.SUSPEND)  # with a statement of reasons and a way to complain
OPEN = (Flag.State.WAITING, Flag.State.TAKEN)


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


@dataclass(frozen=True)
class Reasons:
    ground: str
    facts: str
    rule: str = ""


def decide(thing, measure: str, reasons: Reasons, *, by: User | None, **data) -> Decision:
    """Call it inside the transaction of the measure. `data` goes to the log: what it was before, where it went."""
    decision = Decision.objects.create(
        **things.about(thing),
        measure=measure,
        ground=reasons.ground,
        facts=reasons.facts,
        rule=reasons.rule,
        is_automatic=_waiting(Flag, thing).filter(is_automatic=True).exists(),
        by=by,
        affects=things.author_of(thing),
    )
    logbook.note(measure, thing, by=by, group=things.group_of(thing), decision=decision.pk, **data)
    if measure in RESTRICTING:
        settle(thing, decision, Flag.State.UPHELD)
    signals.decided.send(Decision, decision=decision)
    return decision


def settle(thing, decision: Decision, state: str) -> None:
    """Flags and notices about it get their answer."""
    for flag in _waiting(Flag, thing).select_for_update():
        conclude(flag, decision, state)
    for notice in _waiting(Notice, thing).select_for_update():
        notice.answer = decision.facts
        conclude(notice, decision, state)
        mails.tell_notifier(notice)


def _waiting(model, thing) -> QuerySet:
    """A thread's opening post stands for the thread."""
    meant = Q(**things.about(thing))
    if isinstance(thing, Thread):
        meant |= Q(post__in=thing.posts.filter(number=1).values("pk"))
    return model.objects.filter(meant, state__in=OPEN)


def conclude(case, decision: Decision | None, state: str) -> None:
    case.state, case.decision, case.settled_at = state, decision, timezone.now()
    if decision is not None:
        case.handler = decision.by
    case.save()


def remembered(thing, measure: str) -> dict:
    """What the log noted when it was last hidden or closed: its state before, whether it was the accepted answer."""
    key = getattr(thing, "search_key", None) or f"{thing._meta.model_name}:{thing.pk}"
    entry = LogEntry.objects.filter(action=measure, about=key).first()
    return entry.data if entry else {}
