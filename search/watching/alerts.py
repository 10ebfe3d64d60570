"""When people are told: rounds over everybody whose searches are due, in short turns between which the worker goes on indexing."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from people.mailing import NotSent, Postponed, Refused, ServerDown
from search import runs, turns
from search.contract import Busy
from search.engines import engine
from search.models import IndexRun
from search.watching import changes, querysets
from search.watching.querysets import OVERLAP
from search.watching.telling import Telling

log = logging.getLogger(__name__)
LOOK_EVERY = 60.0  # seconds; at once where something changed
TURN = 1.0  # seconds the worker gives away at a time
SERVER_PAUSE = 60.0, 15 * 60.0  # first and longest, while the mail server fails
PERSON_PAUSE = 5 * 60.0, 24 * 3600.0  # of a person whose mail was refused or postponed


class Alerts:
    """What the worker holds: the round it is in, and what to leave alone for a while."""

    def __init__(self):
        self._round: Iterator[bool] | None = None
        self._look_at = self._resume_at = 0.0
        self._server_pause = 0.0
        self._waits: dict[int, tuple[float, float]] = {}  # person -> (how long, until when)

    @property
    def is_resting(self) -> bool:
        """Between rounds."""
        return self._round is None

    def turn(self, changed: bool = False) -> int:
        """Serve people for about a second; the number of mails handed over."""
        now = time.monotonic()
        if self.is_resting and (now < self._resume_at or (now < self._look_at and not changed)):
            return 0
        self._look_at = now + LOOK_EVERY
        try:
            with turns.turn(settings.DATA_DIR / "alerts.lock", patience=0):
                return self._serve(until=now + TURN)
        except Busy:  # another worker serves the same people
            return 0

    def _serve(self, until: float) -> int:
        sent = 0
        if not _index_is_whole():
            self._round = None
            return sent
        self._round = self._round or self._people()
        try:
            for was_sent in self._round:
                sent += was_sent
                if time.monotonic() > until:
                    return sent
            self._server_pause = 0.0
        except ServerDown:
            self._server_pause = _longer(self._server_pause, SERVER_PAUSE)
            self._resume_at = time.monotonic() + self._server_pause
            log.exception("The mail server fails; alerts are tried again in %.0f s.", self._server_pause)
        except Exception:
            self._resume_at = time.monotonic() + LOOK_EVERY
            log.exception("Alerts failed; nobody is told of what she has not been told, and it is tried again.")
        self._round = None
        return sent

    def _people(self) -> Iterator[bool]:
        """One round over everybody with a search that is due: whether she got a mail."""
        now = timezone.now()
        due = querysets.due(now)
        first = due.aggregate(first=Min("asked_until"))["first"]
        if first is None:
            return
        people = list(due.order_by("person_id").values_list("person_id", flat=True).distinct())
        with closing(Telling(now, due, changes.since(first - OVERLAP))) as telling:
            for person_id in people:
                yield self._tell(telling, person_id)

    def _tell(self, telling: Telling, person_id: int) -> bool:
        pause, until = self._waits.get(person_id, (0.0, 0.0))
        if time.monotonic() < until:
            return False
        try:
            sent = telling.tell(person_id)
        except (Postponed, Refused):
            pause = _longer(pause, PERSON_PAUSE)
            self._waits[person_id] = (pause, time.monotonic() + pause)
            log.exception("The mail to member %s was not sent; tried again in %.0f s.", person_id, pause)
            return False
        except NotSent:
            return False  # tried again in the next round
        self._waits.pop(person_id, None)
        return sent


def _index_is_whole() -> bool:
    """While it is built anew it may lack what is to be told; then nothing is asked, and nothing missed."""
    return engine().ready() and not engine().doubts() and not runs.under_way(IndexRun.Kind.REBUILD)


def _longer(pause: float, bounds: tuple[float, float]) -> float:
    first, longest = bounds
    return min(max(pause * 2, first), longest)
