"""Nobody waits long for a cluster that is silent: some time a question found out, the next are told at once."""

import contextlib
import threading
import time
from collections.abc import Iterator

from elasticsearch import ApiError, ConnectionTimeout, TransportError

from search.contract import Unavailable

ENOUGH = 2  # questions in a row without an answer; one alone may be slow by itself
PAUSE = 5.0  # seconds from one try to the next


class Silence:
    """What one process knows of it, over all its threads. What is refused at once, or answered by an error, is no silence."""

    def __init__(self):
        self._lock = threading.Lock()
        self._in_a_row, self._next_try = 0, 0.0

    @contextlib.contextmanager
    def minded(self) -> Iterator[None]:
        """Around a question; while there is silence one in PAUSE is asked."""
        self._pass()
        try:
            yield
        except TransportError as error:
            if _is_silent(error):
                self._note()
            raise
        except ApiError:
            self.end()
            raise
        self.end()

    def end(self) -> None:
        self._in_a_row = 0

    def _pass(self) -> None:
        with self._lock:
            if self._in_a_row < ENOUGH:
                return
            if time.monotonic() < self._next_try:
                raise Unavailable("Elasticsearch is silent; it is asked again in a few seconds.")
            self._next_try = time.monotonic() + PAUSE

    def _note(self) -> None:
        with self._lock:
            self._in_a_row += 1
            self._next_try = time.monotonic() + PAUSE


def _is_silent(error: TransportError) -> bool:
    """The last node may have refused after the first was silent."""
    return any(isinstance(one, ConnectionTimeout) for one in (error, *error.errors))
