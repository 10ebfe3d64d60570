"""A second kind of thing to search, beside case studies."""

from datetime import UTC, datetime

from search import indexer, outbox, sources
from search.contract import Entry, Text

STARTED = datetime(2026, 1, 1, tzinfo=UTC)


class Threads:
    """Entries kept in a list, which name no facet but those given."""

    kind = "thread"
    label = "Threads"

    def __init__(self):
        self.held: dict[str, Entry] = {}

    def count(self) -> int:
        return len(self.held)

    def entries(self, keys=None):
        yield from self.held.values() if keys is None else (self.held[key] for key in keys if key in self.held)

    def add(self, title: str, *, language: str = "en", audience=("public",), **facets) -> Entry:
        key = f"{self.kind}:{len(self.held) + 1}"
        text = Text(language, title, "", "", f"/{language}/threads/{len(self.held) + 1}/")
        entry = Entry(key, self.kind, language, (text,), facets, frozenset(audience), STARTED, STARTED)
        self.held[key] = entry
        outbox.touch(key)
        indexer.drain()
        return entry


def registered(monkeypatch, source=None) -> Threads:
    """For one test."""
    source = source or Threads()
    sources.all_sources()
    monkeypatch.setitem(sources._sources, source.kind, source)
    return source


def only_kind(monkeypatch, kind: str) -> None:
    """For one test: as if no other were offered."""
    monkeypatch.setattr(sources, "_sources", {kind: sources.all_sources()[kind]})
