"""A question on its way to people: asked in waves, and gently brought further up while nobody answers.

Everything is computed from the rows and the time, so a worker that stood still catches up, one step a day for each question.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.answering import asking, claims, escalating
from community.answering.candidates import Pool
from community.models import Ask, Routing, Thread

log = logging.getLogger(__name__)
BATCH = 100  # questions in one turn
AGAIN = timedelta(hours=1)  # too few were found: somebody may be free by then; later ever more seldom
AFTER_FAILURE = timedelta(minutes=10)
FORGOTTEN = timedelta(days=60)


def mark(thread: Thread) -> None:
    """It waits to be routed; a worker does it a moment later."""
    now = timezone.now()
    Routing.objects.get_or_create(thread=thread, defaults={"opened_at": now, "look_at": now})


def turn(now: datetime | None = None, pool: Pool | None = None) -> int:
    """How many questions were looked after. `pool` is read once for all of them."""
    now = now or timezone.now()
    claims.lapse(now)
    due = list(Routing.objects.filter(look_at__lte=now).order_by("look_at").values_list("pk", flat=True)[:BATCH])
    pool = pool or (Pool(now) if due else None)
    for pk in due:
        _look_safely(pk, now, pool)
    return len(due)


def _look_safely(pk: int, now: datetime, pool: Pool) -> None:
    """One question that can't be routed must not keep the others waiting."""
    try:
        look_after(pk, now, pool)
    except Exception:
        log.exception("Question %s could not be routed; it is tried again.", pk)
        Routing.objects.filter(pk=pk).update(look_at=now + AFTER_FAILURE)


@transaction.atomic
def look_after(pk: int, now: datetime, pool: Pool) -> None:
    """Two workers may come at once: the second finds it looked after."""
    row = Routing.objects.select_for_update(of=("self",)).filter(pk=pk, look_at__lte=now)
    routing = row.select_related("thread__group", "thread__author").first()
    if routing is None:
        return
    thread = routing.thread
    if not claims.waits(thread) or routing.given_up_at:
        claims.settle(thread)
        _rest(routing, now)
        return
    holder = Ask.objects.filter(thread=thread, state=Ask.State.TAKEN).first()
    if holder is None:
        _go_on(routing, thread, now, pool)
    else:
        routing.look_at = holder.due_at
    routing.save()


def _go_on(routing: Routing, thread: Thread, now: datetime, pool: Pool) -> None:
    step = escalating.due_step(routing, now)
    more = asking.WAVE if step == escalating.ASK_AGAIN else asking.missing(thread)
    enough = asking.ask_more(routing, thread, now, pool, more)
    if step:
        escalating.take(step, routing, thread, now)
    ahead = [at for at in (escalating.next_at(routing), None if enough else _again_at(routing, now)) if at]
    young = now < routing.opened_at + FORGOTTEN
    routing.look_at = min(ahead) if ahead and young else None


def _again_at(routing: Routing, now: datetime) -> datetime:
    return now + max(AGAIN, (now - routing.opened_at) / 2)


def _rest(routing: Routing, now: datetime) -> None:
    """Closed or hidden it may come back; answered it is done until its answer goes."""
    thread = routing.thread
    returns = thread.first_answer_at is None and not routing.given_up_at and not thread.merged_into_id
    young = now < routing.opened_at + FORGOTTEN
    routing.look_at = now + timedelta(days=1) if returns and young else None
    routing.save(update_fields=["look_at"])


def look_again(thread: Thread, now: datetime | None = None) -> None:
    """Something changed: it is looked after at the next turn."""
    Routing.objects.filter(Q(thread=thread), given_up_at=None).update(look_at=now or timezone.now())
