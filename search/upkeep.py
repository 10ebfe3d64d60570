"""What the worker does for the index beside the outbox: looks for damage and mends it, compares it with the database once a day."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.utils import timezone

from search import indexer, reconciling, runs
from search.contract import Busy, Unavailable
from search.engines import engine
from search.models import IndexRun

log = logging.getLogger(__name__)
GLANCE_EVERY = 5.0  # seconds
CHECK_EVERY = 3600.0
AGAIN_AFTER = 60.0  # where looking into a doubt didn't settle it
RECONCILE_EVERY = timedelta(hours=24)
BETWEEN = 100  # entries compared before changes have their turn
NEVER = float("-inf")


class Stopped(Exception):
    """The worker is to end; what it was building is thrown away by the next one."""


class Upkeep:
    """`meanwhile`: what goes on while the index is built anew or compared, a moment after each entry."""

    def __init__(self, stopping: Callable[[], bool] = lambda: False, meanwhile: Callable[[], object] = lambda: None):
        self.stopping, self.meanwhile = stopping, meanwhile
        self.glanced = self.checked = self.doubted = self.built = self.compared = NEVER

    def turn(self) -> None:
        """Whatever is due now. Its failures are its own: the outbox goes on."""
        for duty in (self._look, self._build, self._compare):
            try:
                duty()
            except Busy:
                log.debug("Another process writes the index; it is looked at after that.")
            except Stopped:
                log.info("Stopped; the next start takes it up again.")
            except Exception:
                log.exception("The upkeep of the index failed; it is tried again in %.0f s.", AGAIN_AFTER)

    # --- damage -------------------------------------------------------------------------------------

    def _look(self) -> None:
        now = time.monotonic()
        if now - self.glanced < GLANCE_EVERY:
            return
        self.glanced = now
        if now - self.checked >= CHECK_EVERY:
            self.checked = now - CHECK_EVERY + AGAIN_AFTER  # where it doesn't come to its end
            self.mend()
            self.checked = now
        elif now - self.doubted >= AGAIN_AFTER and engine().doubts():
            self.doubted = now
            self.mend()

    def mend(self) -> None:
        """Look at every byte; where something is wrong, build anew beside."""
        faults = engine().faults()
        if not faults:
            return
        log.error(
            "The index is damaged: %s. It is built anew; the old one serves as far as it can.", "; ".join(faults[:5])
        )
        count = indexer.rebuild(self._until_stopped)
        log.warning("The index is whole again: %d entries.", count)

    def _build(self) -> None:
        """An operator asked for it, and goes on asking until it is done."""
        now = time.monotonic()
        if now - self.built < AGAIN_AFTER or not runs.asked_for(IndexRun.Kind.REBUILD):
            return
        self.built = now
        count = indexer.rebuild(self._until_stopped)
        runs.settle(IndexRun.Kind.REBUILD)
        self.built = NEVER
        log.info("The index was built anew as asked: %d entries.", count)

    # --- the database -------------------------------------------------------------------------------

    def _compare(self) -> None:
        now = time.monotonic()
        if now - self.compared < AGAIN_AFTER:
            return
        self.compared = now
        last = runs.last_success(IndexRun.Kind.RECONCILE)
        if last is None or timezone.now() - last.finished_at >= RECONCILE_EVERY:
            self._reconcile()

    def _reconcile(self) -> None:
        try:
            found = reconciling.reconcile(self._in_between)
        except Unavailable as error:
            log.warning("The index can't be compared with the database now: %s", error)
            return
        if found.keys:
            log.warning("The index differed from the database; it follows now. %s", found.figures())

    def _until_stopped(self, items: Iterable, total: int) -> Iterator:
        for item in items:
            if self.stopping():
                raise Stopped
            yield item
            self.meanwhile()

    def _in_between(self, items: Iterable, total: int) -> Iterator:
        """A comparison may take minutes; changes don't wait for its end."""
        for number, item in enumerate(self._until_stopped(items, total), 1):
            yield item
            if number % BETWEEN == 0:
                indexer.step()
