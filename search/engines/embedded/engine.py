"""The embedded engine: many readers, one writer, a pointer to the folder in use."""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import tantivy

from search import analysis, facets, hits, wording
from search.contract import Audience, Bucket, Busy, Entry, Relaxation, Results, Suggestion, Unavailable
from search.engines.embedded import documents, integrity
from search.engines.embedded.documents import column
from search.engines.embedded.home import CURRENT, FOREVER, Home
from search.engines.embedded.questions import Questions
from search.query import PAGE_SIZE, Query

log = logging.getLogger(__name__)
RELOAD_EVERY = 0.5  # seconds
HEAP = 64_000_000  # bytes the writer may hold before it writes a segment
MANY = 1000  # values of one facet that are counted
EARLY = 1000  # entries of a first index that are shown before the others; then twice as many, and so on


class EmbeddedEngine:
    def __init__(self, url: str, data_dir: str):
        self.home = Home(Path(data_dir) / "index")
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
        with self.home.turn(FOREVER):
            folder = self.home.new_folder()
            (folder / integrity.BUILDING).touch()
            count = self._fill(folder, entries)
            integrity.seal(folder)
            (folder / integrity.BUILDING).unlink()
            old = self.home.folder()
            self.home.point_to(folder)
            self.home.sweep(keep={folder.name, old.name if old else ""})
            self.home.settle_doubt()
        return count

    def _fill(self, folder: Path, entries: Iterable[Entry]) -> int:
        """Where no index serves, what is done is shown early; the mark of building stays until all of it is."""
        writer = tantivy.Index(documents.schema(), str(folder)).writer(HEAP, 1)
        show_at = None if self.ready() else EARLY
        count = 0
        for entry in entries:
            writer.add_document(documents.document(entry))
            count += 1
            if count == show_at:
                writer.commit()
                self.home.point_to(folder)
                show_at *= 2
        writer.commit()
        writer.wait_merging_threads()
        return count

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        with self.home.turn(), self._guarded():
            folder = self._fit_for_writing()
            with integrity.writing(folder):
                writer = tantivy.Index(documents.schema(), str(folder)).writer(HEAP, 1)
                yield writer
                writer.commit()
                writer.wait_merging_threads()

    def _fit_for_writing(self) -> Path:
        """A merge would copy damage into new files under new checksums, and a lost index would begin again as an empty one."""
        folder = self._folder()
        if integrity.glance(folder):
            if faults := integrity.check(folder):
                raise integrity.Damaged("; ".join(map(str, faults)))
            integrity.settle(folder)
        return folder

    # --- what is kept: looking for damage ----------------------------------------------------------

    def doubts(self) -> list[str]:
        with contextlib.suppress(Busy), self.home.turn(patience=0):
            folder, why_not = self.home.pointed_to()
            noted = self.home.doubt()
            found = integrity.glance(folder) if folder else [integrity.Fault(CURRENT, why_not)]
            return [*([noted] if noted else []), *map(str, found)]
        return []  # while it is written nobody can tell

    def faults(self) -> list[str]:
        with contextlib.suppress(Busy), self.home.turn(patience=0):
            folder, why_not = self.home.pointed_to()
            if folder is None:
                return [f"{CURRENT}: {why_not}"]
            noted = self.home.doubt()
            if found := integrity.check(folder) or (self._unreadable(folder) if noted else []):
                return [str(fault) for fault in found]
            if noted:
                log.warning("A reader of the index met this, but the index is sound: %s", noted)
            integrity.settle(folder)
            self.home.settle_doubt()
            self.home.sweep_leftovers()
        return []

    @staticmethod
    def _unreadable(folder: Path) -> list[integrity.Fault]:
        """Read every entry: its bytes may be those that were written, and yet be none."""
        try:
            searcher = tantivy.Index.open(str(folder)).searcher()
            for _score, address in searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits:
                documents.entry_of(searcher.doc(address))
        except BaseException as error:
            if not _is_damage(error):
                raise
            return [integrity.Fault(folder.name, str(error))]
        return []

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Whatever damage does to who reads or writes becomes one thing, noted for the worker to look into."""
        try:
            yield
        except BaseException as error:
            if not _is_damage(error):
                raise
            with self._lock:
                self._opened = None
            log.warning("The index can't be read or written: %s", error)
            self.home.note_doubt(f"{type(error).__name__}: {error}")
            raise Unavailable(f"The index can't be read or written: {error}") from error

    # --- reading -----------------------------------------------------------------------------------

    def _folder(self) -> Path:
        folder, why_not = self.home.pointed_to()
        if folder is None:
            raise Unavailable(f"There is no index to search: {why_not}. Run: manage.py rebuild_index")
        return folder

    def _index(self) -> tantivy.Index:
        """Opened after a fork, never before; reloaded at most twice a second."""
        now = time.monotonic()
        with self._lock:
            if self._opened and self._opened[0] == os.getpid() and now - self._reloaded < RELOAD_EVERY:
                return self._opened[2]
            folder = self._folder()
            if cut := integrity.shortened(folder):
                raise integrity.Damaged("; ".join(map(str, cut)))
            if not self._opened or self._opened[:2] != (os.getpid(), folder.name):
                self._opened = (os.getpid(), folder.name, tantivy.Index.open(str(folder)))
            self._opened[2].reload()
            self._reloaded = now
            return self._opened[2]

    def ready(self) -> bool:
        try:
            with self._guarded():
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
        known = questions.known(asking.seen_by(audience))
        asked = asking.asked(words, audience, known)
        found = self._page(searcher, questions.build(asking.filtered(asked.node, query)), query)
        shown = self._hits(searcher, found, query, words)
        nearest = ()
        if not found.count and not words.is_empty:
            near = searcher.search(questions.build(asking.loosely(words, audience, known)), limit=NEAREST)
            nearest = self._hits(searcher, near, query, words)
        return Results(
            query=query,
            hits=shown,
            total=found.count,
            facets=self._facets(searcher, questions, asked.node, query),
            relaxations=() if found.count else self._relaxations(searcher, questions, asked.node, query),
            nearest=nearest,
            instead=spelling.instead(query.text, asked.unknown, query.language, shown or nearest),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    @staticmethod
    def _hits(searcher: tantivy.Searcher, found, query: Query, words: wording.Wording) -> tuple[Hit, ...]:
        ranked = query.order == "relevance"
        return tuple(
            hits.hit(documents.entry_of(searcher.doc(address)), query.language, words, score if ranked else 0.0)
            for score, address in found.hits
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
        counts = self._counts(searcher, questions.build(asking.filtered(asked, query)), free)
        for name in selected:
            counts |= self._counts(searcher, questions.build(asking.filtered(asked, query, leave_out=name)), [name])
        return {name: facets.buckets(counts[name], selected.get(name, ())) for name in facets.names()}

    @staticmethod
    def _counts(searcher, question: tantivy.Query, names: list[str]) -> dict[str, dict[str, int]]:
        if not names:
            return {}
        request = {
            name: {"terms": {"field": documents.column(name), "size": MANY, "segment_size": MANY}} for name in names
        }
        answer = searcher.aggregate(question, request)
        return {name: {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names}

    def _relaxations(self, searcher, questions: Questions, asked, query: Query) -> tuple[Relaxation, ...]:
        found = []
        for name, values in query.selected:
            for value in values:
                fewer = query.without(name, value)
                count = searcher.search(questions.build(asking.filtered(asked, fewer)), limit=1).count
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
        asked = asking.asked(words, audience, questions.known(asking.seen_by(audience)))
        found = [] if words.is_empty else searcher.search(questions.build(asked.node), limit=limit * 3).hits
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
        words = wording.read(query.text, query.language)
        asked = asking.asked(words, audience, questions.known(asking.seen_by(audience)))
        wanted = asking.Bool(must=(asking.filtered(asked.node, query), asking.any_of("key", keys)))
        found = searcher.search(questions.build(wanted), limit=max(1, len(keys))).hits if keys else []
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


def _is_damage(error: BaseException) -> bool:
    """tantivy's own errors are ValueErrors; where it trusted a byte it should not have, it panics, which is no Exception."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"
