"""What the worker does beside the index, registered by who brings it: each duty at its own pace, its failures its own."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)
_duties: list[tuple[str, float, Callable[[], object]]] = []


def register(name: str, every: float, duty: Callable[[], object]) -> None:
    """`every`: seconds between two turns. A duty is safe to repeat and to run in two processes at once."""
    _duties.append((name, every, duty))


class Duties:
    def __init__(self):
        self._done: dict[str, float] = {}

    def turn(self) -> None:
        for name, every, duty in _duties:
            if time.monotonic() - self._done.get(name, float("-inf")) < every:
                continue
            self._done[name] = time.monotonic()
            try:
                duty()
            except Exception:
                log.exception("%s failed; it is tried again in %.0f s.", name, every)
