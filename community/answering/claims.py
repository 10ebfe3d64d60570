"""Taking a question on, giving it back, passing it on, and what ends it: time or an answer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.answering import permissions
from community.models import Ask, Post, Routing, Thread
from people.models import User

State = Ask.State
HOLDS = timedelta(hours=48)
EXPERT_HOLDS = timedelta(hours=72)
OPEN = (State.ASKED, State.TAKEN)


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


def waits(thread: Thread) -> bool:
    is_open = thread.state == Thread.State.OPEN and thread.merged_into_id is None
    return thread.wants_an_answer and is_open and thread.first_answer_at is None


@transaction.atomic
def take_on(thread: Thread, *, by: User, now: datetime | None = None) -> Ask:
    """For two days it is hers; one person at a time. Taking on what one holds changes nothing."""
    now = now or timezone.now()
    thread = _locked(thread)
    if not waits(thread):
        raise NotNow(_("This question has been answered or closed already."))
    if not permissions.may_take_on(by, thread):
        raise NotNow(_("You can't answer this question."))
    _lapse(Ask.objects.filter(thread=thread, state=State.TAKEN, due_at__lte=now), now)
    holder = Ask.objects.filter(thread=thread, state=State.TAKEN).select_related("person").first()
    if holder and holder.person_id == by.pk:
        return holder
    if holder:
        raise NotNow(on_it(holder))
    return hold(thread, by, now, HOLDS, {"volunteer": True})


def hold(thread: Thread, person: User, now: datetime, time: timedelta, reasons: dict) -> Ask:
    """The thread is locked and nobody has it."""
    ask, _is_new = Ask.objects.get_or_create(
        thread=thread, person=person, defaults={"asked_at": now, "reasons": reasons}
    )
    ask.state, ask.taken_at, ask.due_at = State.TAKEN, now, now + time
    ask.save()
    return ask


@transaction.atomic
def release(thread: Thread, *, by: User, now: datetime | None = None) -> None:
    """Others may take it; she can come back to it."""
    ask = _own(_locked(thread), by, (State.TAKEN,))
    ask.state, ask.taken_at, ask.due_at = State.ASKED, None, (now or timezone.now()) + HOLDS
    ask.save()
    _free_expert(ask)
    _look_again(thread, now)


@transaction.atomic
def pass_on(thread: Thread, *, by: User, now: datetime | None = None) -> None:
    """Not for her; somebody else is asked instead."""
    ask = _own(_locked(thread), by, OPEN)
    ask.state, ask.due_at = State.PASSED, None
    ask.save()
    _free_expert(ask)
    _look_again(thread, now)


@transaction.atomic
def lapse(now: datetime) -> int:
    """What was asked or taken on and not answered in time is free again."""
    return _lapse(Ask.objects.filter(state__in=OPEN, due_at__lte=now), now)


def _lapse(asks, now: datetime) -> int:
    rows = list(asks.select_for_update(of=("self",)).values_list("pk", "thread"))
    if not rows:
        return 0
    Ask.objects.filter(pk__in=[pk for pk, _thread in rows]).update(state=State.EXPIRED)
    threads = {thread for _pk, thread in rows}
    Routing.objects.filter(thread__in=threads, given_up_at=None).update(look_at=now)
    return len(rows)


def answered(post: Post) -> None:
    """Whoever answers settles it for all who were asked."""
    Ask.objects.filter(thread=post.thread_id, person=post.author_id).update(state=State.ANSWERED, due_at=None)
    settle(post.thread)
    Routing.objects.filter(thread=post.thread_id).update(look_at=None)


def settle(thread: Thread) -> None:
    Ask.objects.filter(thread=thread, state__in=OPEN).update(state=State.SETTLED, due_at=None)


def on_it(holder: Ask) -> str:
    until = date_format(timezone.localtime(holder.due_at), "DATETIME_FORMAT")
    return _("%(name)s is on it, until %(when)s") % {"name": holder.person, "when": until}


def _free_expert(ask: Ask) -> None:
    Thread.objects.filter(pk=ask.thread_id, expert=ask.person_id).update(expert=None)


def _look_again(thread: Thread, now: datetime | None) -> None:
    Routing.objects.filter(thread=thread, given_up_at=None).update(look_at=now or timezone.now())


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).select_related("group").get(pk=thread.pk)


def _own(thread: Thread, person: User, states: tuple[str, ...]) -> Ask:
    ask = Ask.objects.filter(thread=thread, person=person, state__in=states).first()
    if ask is None:
        raise NotNow(_("This question isn't with you any more."))
    return ask
