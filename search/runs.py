"""How far a long task of the search is, and how it ended: for the operator, who may not see its terminal."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from search.keepable import what_went_wrong
from search.models import IndexRun

BEAT_ENTRIES, BEAT_SECONDS = 500, 1.0
DEAD_AFTER = timedelta(minutes=10)  # without a sign of life
BROKEN_OFF = {"error": "It broke off."}
ASKED = {"asked": True}


@contextmanager
def recorded(kind: IndexRun.Kind, total: int) -> Iterator[IndexRun]:
    """Notes the beginning and the end, a failure too; what fails goes on failing."""
    _close_the_dead(kind)
    run = IndexRun.objects.create(kind=kind, total=total)
    try:
        yield run
    except BaseException as error:
        run.outcome = {**run.outcome, "error": what_went_wrong(error)}
        raise
    finally:
        run.finished_at = timezone.now()
        run.save()


def counted(run: IndexRun, items: Iterable) -> Iterator:
    """The same items; how many are done is written down now and then."""
    beat = time.monotonic()
    for item in items:
        yield item
        run.done += 1
        if run.done % BEAT_ENTRIES == 0 or time.monotonic() - beat >= BEAT_SECONDS:
            beat = time.monotonic()
            run.save(update_fields=["done", "beat_at"])


def ask_for(kind: IndexRun.Kind) -> None:
    """The worker takes it up; asking twice is asking once."""
    if not asked_for(kind) and not under_way(kind):
        IndexRun.objects.create(kind=kind, outcome=ASKED)


def asked_for(kind: IndexRun.Kind) -> IndexRun | None:
    return IndexRun.objects.filter(kind=kind, finished_at=None, outcome=ASKED).first()


def settle(kind: IndexRun.Kind) -> None:
    """What was asked for is done."""
    IndexRun.objects.filter(kind=kind, finished_at=None, outcome=ASKED).delete()


def last_ended(kind: IndexRun.Kind) -> IndexRun | None:
    return IndexRun.objects.filter(kind=kind, finished_at__isnull=False).order_by("-finished_at").first()


def under_way(kind: IndexRun.Kind) -> IndexRun | None:
    alive = IndexRun.objects.filter(kind=kind, finished_at=None, beat_at__gt=timezone.now() - DEAD_AFTER)
    return alive.exclude(outcome=ASKED).first()


def last_success(kind: IndexRun.Kind) -> IndexRun | None:
    runs = IndexRun.objects.filter(kind=kind, finished_at__isnull=False).exclude(outcome__has_key="error")
    return runs.order_by("-finished_at").first()


def _close_the_dead(kind: IndexRun.Kind) -> None:
    dead = IndexRun.objects.filter(kind=kind, finished_at=None, beat_at__lte=timezone.now() - DEAD_AFTER)
    dead.exclude(outcome=ASKED).update(finished_at=timezone.now(), outcome=BROKEN_OFF)
