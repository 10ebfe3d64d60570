"""The embedded engine: many readers, one writer, a pointer to the folder in use."""

import contextlib
import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy

from search import analysis, facets, hits, wording
from search.contract import Audience, Bucket, Entry, Relaxation, Results, Suggestion, Unavailable
from search.engines.embedded import documents
from search.engines.embedded.documents import column
from search.engines.embedded.questions import Questions
from search.query import PAGE_SIZE, Query

RELOAD_EVERY = 0.5  # seconds
HEAP = 64_000_000  # bytes the writer may hold before it writes a segment
MANY = 1000  # values of one facet that are counted


class EmbeddedEngine:
    def __init__(self, url: str, data_dir: str):
        self.home = Path(data_dir) / "index"
        self._lock = threading.Lock()
        self._opened: tuple[int, str, tantivy.Index] | None = None  # process, folder, index
        self._reloaded = 0.0

    # --- writing: one process at a time ------------------------------------------------------------

    def put(self, entries: list[Entry]) -> None:
        with self._writer() as writer:
            for entry in entries:
                writer.delete_documents_by_term("key", entry.key)
                writer.add_document(documents.document(entry))

    def drop(self, keys: list[str]) -> None:
        with self._writer() as writer:
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def replace(self, entries: Iterable[Entry]) -> int:
        """Fill a new folder, then point to it: the old index serves until then, and for good if this is interrupted."""
        with self._locked():
            folder = self.home / f"{documents.schema_digest()}-{time.time_ns():x}"
            folder.mkdir(parents=True)
            writer = tantivy.Index(documents.schema(), str(folder)).writer(HEAP, 1)
            count = 0
            for entry in entries:
                writer.add_document(documents.document(entry))
                count += 1
            writer.commit()
            writer.wait_merging_threads()
            old = self._folder()
            self._point_to(folder.name)
            self._sweep(keep={folder.name, old.name if old else ""})
        return count

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        with self._locked():
            folder = self._folder()
            if folder is None:
                folder = self.home / f"{documents.schema_digest()}-{time.time_ns():x}"
                folder.mkdir(parents=True)
                tantivy.Index(documents.schema(), str(folder))
                self._point_to(folder.name)
            writer = tantivy.Index(documents.schema(), str(folder)).writer(HEAP, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """The operating system frees the lock when a process dies, however it dies."""
        self.home.mkdir(parents=True, exist_ok=True)
        with open(self.home / "lock", "a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _point_to(self, name: str) -> None:
        new = self.home / "current.new"
        new.write_text(name)
        os.replace(new, self.home / "current")

    def _sweep(self, keep: set[str]) -> None:
        for folder in self.home.iterdir():
            if folder.is_dir() and folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    # --- reading -----------------------------------------------------------------------------------

    def _folder(self) -> Path | None:
        try:
            folder = self.home / (self.home / "current").read_text().strip()
        except FileNotFoundError:
            return None
        made_for = folder.name.partition("-")[0]
        return folder if folder.is_dir() and made_for == documents.schema_digest() else None

    def _index(self) -> tantivy.Index:
        """Opened after a fork, never before; reloaded at most twice a second."""
        now = time.monotonic()
        with self._lock:
            if self._opened and self._opened[0] == os.getpid() and now - self._reloaded < RELOAD_EVERY:
                return self._opened[2]
            folder = self._folder()
            if folder is None:
                raise Unavailable("There is no index yet. Run: manage.py rebuild_index")
            try:
                if not self._opened or self._opened[:2] != (os.getpid(), folder.name):
                    self._opened = (os.getpid(), folder.name, tantivy.Index.open(str(folder)))
                self._opened[2].reload()
            except ValueError as error:
                raise Unavailable(f"The index can't be read: {error}. Run: manage.py rebuild_index") from error
            self._reloaded = now
            return self._opened[2]

    def ready(self) -> bool:
        try:
            self._index()
        except Unavailable:
            return False
        return True

    def refresh(self) -> None:
        """Show what was just written without waiting for the next reload."""
        self._reloaded = 0.0

    def find(self, query: Query, audience: Audience) -> Results:
        started = time.perf_counter()
        index = self._index()
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        words = wording.read(query.text, query.language)
        asked = questions.asked(words, audience)
        found = self._page(searcher, questions.filtered(asked, query), query)
        entries = [documents.entry_of(searcher.doc(address)) for _score, address in found.hits]
        total = found.count
        return Results(
            query=query,
            hits=tuple(hits.hit(entry, query.language, words) for entry in entries),
            total=total,
            facets=self._facets(searcher, questions, asked, query),
            relaxations=() if total else self._relaxations(searcher, questions, asked, query),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    @staticmethod
    def _page(searcher: tantivy.Searcher, question: tantivy.Query, query: Query):
        order = {"newest": "newest", "evidence": "evidence"}.get(query.order)
        offset = (query.page - 1) * PAGE_SIZE
        return searcher.search(question, limit=PAGE_SIZE, offset=offset, order_by_field=order)

    def _facets(self, searcher, questions: Questions, asked, query: Query) -> dict[str, tuple[Bucket, ...]]:
        """One pass for all unselected facets, one more for each selected one, which ignores its own selection."""
        selected = query.facets
        free = [name for name in facets.names() if name not in selected]
        counts = self._counts(searcher, questions.filtered(asked, query), free)
        for name in selected:
            counts |= self._counts(searcher, questions.filtered(asked, query, leave_out=name), [name])
        return {name: _buckets(counts[name], selected.get(name, ())) for name in facets.names()}

    @staticmethod
    def _counts(searcher, question: tantivy.Query, names: list[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        request = {name: {"terms": {"field": column(name), "size": MANY, "segment_size": MANY}} for name in names}
        answer = searcher.aggregate(question, request)
        return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}

    def _relaxations(self, searcher, questions: Questions, asked, query: Query) -> tuple[Relaxation, ...]:
        found = []
        for name, values in query.selected:
            for value in values:
                fewer = query.without(name, value)
                count = searcher.search(questions.filtered(asked, fewer), limit=1).count
                if count:
                    found.append(Relaxation(name, value, count))
        return tuple(sorted(found, key=lambda one: -one.count))

    def suggest(self, prefix: str, language: str, audience: Audience, limit: int) -> list[Suggestion]:
        """Titles that begin with what is typed, of what the asker may see."""
        folded = analysis.fold(analysis.normalise(prefix)).strip()
        if len(folded) < 2:
            return []
        index = self._index()
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        words = wording.read(prefix, language)
        asked = questions.asked(words, audience)
        found = searcher.search(asked, limit=limit * 3).hits if words.units else []
        suggestions, seen = [], set()
        for _score, address in found:
            text = hits.best_text(documents.entry_of(searcher.doc(address)), language, words)
            if text.title not in seen:
                seen.add(text.title)
                suggestions.append(Suggestion(text.title, "title", text.url, text.language))
        return suggestions[:limit]

    def matching(self, query: Query, audience: Audience, keys: list[str]) -> list[str]:
        index = self._index()
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        asked = questions.filtered(questions.asked(wording.read(query.text, query.language), audience), query)
        found = searcher.search(questions.among(asked, keys), limit=max(1, len(keys))).hits if keys else []
        held = {searcher.doc(address).get_first("key") for _score, address in found}
        return [key for key in keys if key in held]

    def digests(self) -> dict[str, str]:
        """{key: digest} of everything held, to compare with the database."""
        index = self._index()
        searcher = index.searcher()
        if not searcher.num_docs:
            return {}
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        held = (searcher.doc(address) for _score, address in found)
        return {document.get_first("key"): document.get_first("digest") for document in held}


def _buckets(counts: dict[str, int], selected: tuple[str, ...]) -> tuple[Bucket, ...]:
    """All values with hits and all selected ones; the most frequent first."""
    values = {**dict.fromkeys(selected, 0), **counts}
    rows = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bucket(value, count, value in selected) for value, count in rows)
