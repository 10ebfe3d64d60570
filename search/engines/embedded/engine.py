"""The embedded engine: many readers, one writer, a pointer to the folder in use."""

import os
import time
from pathlib import Path

import tantivy

from search import concepts, hits, spelling
from search.contract import Audience, Results, Suggestion, Unavailable, relaxations
from search.engines.embedded import integrity
from search.engines.embedded.reading import About, Reading
from search.engines.embedded.remembered import Remembered, state_of
from search.engines.embedded.writing import Keeping, Opened, guarded, leaves_what_is_open
from search.query import Query
from search.translations import tables

RELOAD_EVERY = 0.5  # seconds


class EmbeddedEngine(Keeping):
    def __init__(self, url: str, data_dir: str):
        super().__init__(Path(data_dir) / "index")
        self._reloaded = 0.0

    def _current(self) -> Opened:
        """Opened after a fork, never before; renewed at most twice a second, or as it was where that fails."""
        now = time.monotonic()
        with self._lock:
            ours = self._opened and self._opened.process == os.getpid()
            if ours and now - self._reloaded < RELOAD_EVERY:
                return self._opened
            try:
                self._opened = self._renewed(self._opened if ours else None)
            except BaseException as error:
                if not ours or not leaves_what_is_open(error):
                    raise
                self._note(error)
            self._reloaded = now
            return self._opened

    def _renewed(self, opened: Opened | None) -> Opened:
        folder = self._folder()
        if cut := integrity.shortened(folder):
            raise integrity.Damaged("; ".join(map(str, cut)))
        is_open, state = opened and opened.folder == folder.name, state_of(folder)
        if is_open and opened.remembered.state == state:
            return opened
        index = opened.index if is_open else tantivy.Index.open(str(folder))
        index.reload()  # after its state was taken: what is remembered under it is never older
        return Opened(os.getpid(), folder.name, index, Remembered(folder, state, index.searcher()))

    def ready(self) -> bool:
        try:
            with self._guarded():
                self._current()
        except Unavailable:
            return False
        return True

    def refresh(self) -> None:
        """Show what was just written without waiting for the next reload."""
        self._reloaded = 0.0

    @guarded
    def find(self, query: Query, audience: Audience) -> Results:
        started = time.perf_counter()
        reading = self._read(query.text, query.language, audience)
        found = reading.page(query)
        shown = reading.entries(found.hits)
        nearest = [] if found.count or reading.words.is_empty else reading.entries(reading.nearest(query))
        return Results(
            query=query,
            hits=hits.page(shown, query, reading.words),
            total=found.count,
            facets=reading.facets(query),
            relaxations=() if found.count else relaxations(query, reading.loosened(query)),
            nearest=hits.page(nearest, query, reading.words),
            instead=spelling.instead(query.text, reading.unknown, query.language, hits.texts(shown or nearest, query)),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _read(self, text: str, language: str, audience: Audience) -> Reading:
        """Once until the index changes, or what is known of words: other pages and other filters ask the same."""
        opened = self._current()
        about = About(text, language, audience, (concepts.edition(), tables.edition()))
        return opened.remembered.readings.once(about, lambda: Reading(about, opened.index.schema, opened.remembered))

    @guarded
    def suggest(self, prefix: str, language: str, audience: Audience, limit: int) -> list[Suggestion]:
        """Titles that begin with what is typed, of what the asker may see."""
        if not hits.is_telling(prefix):
            return []
        reading = self._read(prefix, language, audience)
        if reading.words.is_empty:
            return []
        found = reading.entries(reading.best(limit * 3))
        return hits.titles((entry for entry, _score in found), language)[:limit]

    @guarded
    def matching(self, query: Query, audience: Audience, keys: list[str]) -> list[str]:
        if not keys:
            return []
        held = self._read(query.text, query.language, audience).keys(query, keys)
        return [key for key in keys if key in held]

    @guarded
    def digests(self) -> dict[str, str]:
        """{key: digest} of everything held, to compare with the database."""
        searcher = self._current().remembered.searcher
        if not searcher.num_docs:
            return {}
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        held = (searcher.doc(address) for _score, address in found)
        return {document.get_first("key"): document.get_first("digest") for document in held}
