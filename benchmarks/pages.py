"""Pages of a Django site asked for by its test client: how long, and with how many queries. Used for ours and for its peers."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from benchmarks.measuring import times


@dataclass(frozen=True)
class Answered:
    """Milliseconds, and queries of one answer."""

    p50: float
    p95: float
    queries: int
    kilobytes: float = 0.0  # before compression

    def __str__(self) -> str:
        return f"{self.p50:7.1f} {self.p95:7.1f} {self.queries:4}"


def client(person=None):
    from django.test import Client

    it = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    if person is not None:
        it.force_login(person)
    return it


def answered(ask: Callable[[], object], repeat: int) -> Answered:
    """`ask` gives a response; it is called some more times than measured."""
    import gzip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    queries = len(captured)  # before the next request forgets them
    assert response.status_code in (200, 204, 302), response.status_code
    body = response.content
    size = len(gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body) / 1024
    taken = times(ask, repeat)
    return Answered(taken.p50, taken.p95, queries, size)


def as_json(rows: dict[str, Answered]) -> dict:
    return {name: asdict(row) for name, row in rows.items()}
