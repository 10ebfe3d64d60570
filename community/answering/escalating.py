"""What happens to a question nobody answers, step by step; each step once, and never two on one day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.answering import moderators
from community.attention.telling import Happening, tell
from community.models import Notification, Routing, Thread

Kind = Thread.Kind
BETWEEN = timedelta(days=1)  # two steps: a worker that stood still doesn't do all of them at once


@dataclass(frozen=True)
class Step:
    done: str  # the field that says when
    after: dict[str, timedelta]  # by kind, since it can be seen


ASK_AGAIN = Step("asked_again_at", {Kind.QUESTION: timedelta(days=3), Kind.CLINIC: timedelta(days=2)})
TELL_MODERATORS = Step("moderators_told_at", {Kind.QUESTION: timedelta(days=7), Kind.CLINIC: timedelta(hours=72)})
ASK_AUTHOR = Step("author_asked_at", {Kind.QUESTION: timedelta(days=14), Kind.CLINIC: timedelta(days=14)})
STEPS = (ASK_AGAIN, TELL_MODERATORS, ASK_AUTHOR)


def due_step(routing: Routing, now: datetime) -> Step | None:
    step = _next(routing)
    return step if step and _at(step, routing) <= now else None


def next_at(routing: Routing) -> datetime | None:
    step = _next(routing)
    return _at(step, routing) if step else None


def take(step: Step, routing: Routing, thread: Thread, now: datetime) -> None:
    """Inside the transaction that holds the row."""
    setattr(routing, step.done, now)
    routing.last_step_at = now
    if step is TELL_MODERATORS:
        tell_moderators(thread, f"unanswered:{thread.pk}")
    if step is ASK_AUTHOR and thread.author_id:
        happening = Happening(f"still-needed:{thread.pk}", None, {"thread": thread})
        tell([thread.author_id], Notification.Reason.ESCALATED, happening)


def tell_moderators(thread: Thread, key: str) -> None:
    people = [pk for pk in moderators.of(thread) if pk != thread.author_id]
    tell(people, Notification.Reason.ESCALATED, Happening(key, None, {"thread": thread}))


def _next(routing: Routing) -> Step | None:
    return next((step for step in STEPS if getattr(routing, step.done) is None), None)


def _at(step: Step, routing: Routing) -> datetime:
    at = routing.opened_at + step.after[routing.thread.kind]
    return max(at, routing.last_step_at + BETWEEN) if routing.last_step_at else at
