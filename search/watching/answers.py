"""Which of the things that changed answer a question. Equal questions of equal eyes are asked once."""

from datetime import datetime

from search.contract import Audience, Entry
from search.engines import engine
from search.query import Query
from search.watching import changes, entries, questions

CHUNK = 500  # keys in one question to the engine


class Answers:
    """Over the changes of one look: {key: when}, the latest first."""

    def __init__(self, changes: dict[str, datetime]):
        self._changes = changes
        self._held: dict[tuple, tuple[datetime | None, list[str]]] = {}

    def to(self, query: Query, audience: Audience, since: datetime) -> list[str]:
        """Keys of what changed since then and answers the question, the latest first."""
        identity = (questions.canonical(query), query.language, audience)
        until, found = self._held.get(identity, (None, []))
        if until is None or since < until:
            older = [key for key, at in self._changes.items() if at > since and (until is None or at <= until)]
            found = [*found, *ask(query, audience, older)]
            self._held[identity] = (since, found)
        return [key for key in found if self._changes[key] > since]


def latest(query: Query, audience: Audience, count: int, since: datetime | None = None) -> list[tuple[Entry, datetime]]:
    """So many answers at most that changed (since then), and when; the latest first, and only what the database lets this audience see."""
    found: list[tuple[Entry, datetime]] = []
    for page in changes.latest(query.kinds, since):
        keys = ask(query, audience, list(page))
        seen = entries.first_seen(audience, keys, count - len(found))
        found += [(entry, page[entry.key]) for entry in seen]
        if len(found) == count:
            break
    return found


def ask(query: Query, audience: Audience, keys: list[str]) -> list[str]:
    current = engine()
    chunks = (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))
    return [key for chunk in chunks for key in current.matching(query, audience, chunk)]
