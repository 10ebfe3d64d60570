"""Taking turns: of several processes on one machine one at a time does a thing."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

from search.contract import Busy

PATIENCE = 1.0  # seconds to wait for one's turn; what waits is tried again later
FOREVER = float("inf")


@contextlib.contextmanager
def turn(lock: Path, patience: float = PATIENCE) -> Iterator[None]:
    """The operating system ends the turn of a process that dies, however it dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with open(lock, "a") as handle:
        _wait(handle, patience)
        yield


def _wait(handle, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy("Another process writes the index now.") from None
            time.sleep(0.02)
