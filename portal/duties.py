"""What the worker does: each duty at its own pace, its failures its own. What has nothing to do with the index is registered by who brings it."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, after a failure
_duties: list[tuple[str, float, Callable[[], object]]] = []


def register(name: str, every: float, duty: Callable[[], object]) -> None:
    """`every`: seconds between two turns. A duty is safe to repeat and to run in two processes at once."""
    _duties.append((name, every, duty))


class Duty:
    """After a failure it rests, longer each time, and keeps nothing else waiting."""

    def __init__(self, name: str, every: float, do: Callable[[], object]):
        self._name, self._every, self._do = name, every, do
        self._next, self._pause = float("-inf"), 0.0

    def turn(self) -> None:
        began = time.monotonic()
        if began < self._next:
            return
        try:
            self._do()
        except Exception:
            self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
            rest = max(self._pause, self._every)
            self._next = time.monotonic() + rest
            log.exception("%s failed; it is tried again in %.0f s.", self._name, rest)
        else:
            self._pause, self._next = 0.0, began + self._every


class Duties:
    """Those registered."""

    def __init__(self):
        self._all = [Duty(*registered) for registered in _duties]

    def turn(self) -> None:
        for duty in self._all:
            duty.turn()
