"""The embedded engine: many readers, one writer, a pointer to the folder in use."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import tantivy

from search import asking, facets, hits, spelling, wording
from search.contract import Audience, Bucket, Entry, Relaxation, Results, Suggestion, Unavailable
from search.engines.embedded import columns, documents, integrity
from search.engines.embedded.questions import Questions
from search.engines.embedded.writing import Keeping, guarded, leaves_what_is_open
from search.query import NEAREST, PAGE_SIZE, Query

RELOAD_EVERY = 0.5  # seconds
MOST_KEPT = 200  # answers: those for so many audiences


class Kept:
    """Answers that nothing but a change of the index changes."""

    def __init__(self, state: tuple = ()):
        self.state = state
        self._answers: dict = {}

    def of(self, state: tuple) -> "Kept":
        return self if state == self.state else Kept(state)

    def once(self, question, answer: Callable):
        if question not in self._answers:
            if len(self._answers) >= MOST_KEPT:
                self._answers.clear()
            self._answers[question] = answer()
        return self._answers[question]


def _state(folder: Path) -> tuple:
    meta = (folder / "meta.json").stat()
    return (folder.name, meta.st_mtime_ns, meta.st_size)


def _needless(searcher: tantivy.Searcher, query: Query) -> tuple[str, ...]:
    """The filter by kind, where the index holds no other."""
    return (facets.KIND.name,) if columns.kinds(searcher).keys() <= set(query.kinds) else ()


class EmbeddedEngine(Keeping):
    def __init__(self, url: str, data_dir: str):
        super().__init__(Path(data_dir) / "index")
        self._reloaded = 0.0
        self._kept = Kept()

    def _index(self) -> tantivy.Index:
        """Opened after a fork, never before; renewed at most twice a second, or as it was where that fails."""
        now = time.monotonic()
        with self._lock:
            ours = self._opened and self._opened[0] == os.getpid()
            if ours and now - self._reloaded < RELOAD_EVERY:
                return self._opened[2]
            try:
                self._renew()
            except BaseException as error:
                if not ours or not leaves_what_is_open(error):
                    raise
                self._note(error)
            self._reloaded = now
            return self._opened[2]

    def _renew(self) -> None:
        folder = self._folder()
        if cut := integrity.shortened(folder):
            raise integrity.Damaged("; ".join(map(str, cut)))
        if not self._opened or self._opened[:2] != (os.getpid(), folder.name):
            self._opened = (os.getpid(), folder.name, tantivy.Index.open(str(folder)))
        self._kept = self._kept.of(_state(folder))
        self._opened[2].reload()

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

    @guarded
    def find(self, query: Query, audience: Audience) -> Results:
        started = time.perf_counter()
        index = self._index()
        kept = self._kept  # taken before the searcher, which is then never older
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        words = wording.read(query.text, query.language)
        known = questions.known(audience)
        asked = asking.asked(words, audience, known)
        questions.keep(asked.node)
        needless = _needless(searcher, query)
        found = self._page(searcher, questions.build(asking.filtered(asked.node, query, *needless)), query)
        shown, nearest = self._read(searcher, found), []
        if not found.count and not words.is_empty:
            near = asking.filtered(asking.loosely(words, audience, known), query.without_facets(), *needless)
            near = searcher.search(questions.build(near), limit=NEAREST)
            nearest = self._read(searcher, near)
        return Results(
            query=query,
            hits=hits.page(shown, query, words),
            total=found.count,
            facets=self._facets(searcher, questions, asked.node, query, needless, kept),
            relaxations=() if found.count else self._relaxations(searcher, questions, asked.node, query),
            nearest=hits.page(nearest, query, words),
            instead=spelling.instead(query.text, asked.unknown, query.language, hits.texts(shown or nearest)),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    @staticmethod
    def _read(searcher: tantivy.Searcher, found) -> list[tuple[Entry, float]]:
        return [(documents.entry_of(searcher.doc(address)), score) for score, address in found.hits]

    @staticmethod
    def _page(searcher: tantivy.Searcher, question: tantivy.Query, query: Query):
        order = {"newest": "newest", "evidence": "evidence"}.get(query.order)
        offset = (query.page - 1) * PAGE_SIZE
        return searcher.search(question, limit=PAGE_SIZE, offset=offset, order_by_field=order)

    def _facets(
        self, searcher, questions: Questions, asked, query: Query, needless: tuple[str, ...], kept: Kept
    ) -> dict[str, tuple[Bucket, ...]]:
        """One pass for all unselected facets, one more for each selected one, which ignores its own selection."""
        selected = dict(query.filters)
        names = [facet.name for facet in facets.kept()]
        own = [name for name in selected if name not in needless]
        used = kept.once("columns", lambda: columns.in_use(searcher))

        def counted(names: list[str], *leave_out: str) -> dict[str, dict[str, int]]:
            question = questions.build(asking.filtered(asked, query, *needless, *leave_out))
            return columns.counts(searcher, question, names, used)

        def all_counted() -> dict[str, dict[str, int]]:
            counts = counted([name for name in names if name not in own])
            for name in own:
                counts |= counted([name], name)
            return counts

        if query.selected or query.text:
            counts = all_counted()
        else:
            counts = kept.once((asked, query.kinds), all_counted)
        return {name: facets.buckets(counts[name], selected.get(name, ())) for name in names}

    def _relaxations(self, searcher, questions: Questions, asked, query: Query) -> tuple[Relaxation, ...]:
        found = []
        for name, values in query.selected:
            for value in values:
                fewer = query.without(name, value)
                count = searcher.search(questions.build(asking.filtered(asked, fewer)), limit=1).count
                if count:
                    found.append(Relaxation(name, value, count))
        return tuple(sorted(found, key=lambda one: -one.count))

    @guarded
    def suggest(self, prefix: str, language: str, audience: Audience, limit: int) -> list[Suggestion]:
        """Titles that begin with what is typed, of what the asker may see."""
        index = self._index()
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        words = wording.read(prefix, language)
        if words.is_empty or not hits.is_telling(prefix):
            return []
        asked = asking.asked(words, audience, questions.known(audience))
        found = searcher.search(questions.build(asked.node), limit=limit * 3).hits
        return hits.titles((documents.entry_of(searcher.doc(address)) for _score, address in found), language)[:limit]

    @guarded
    def matching(self, query: Query, audience: Audience, keys: list[str]) -> list[str]:
        index = self._index()
        searcher = index.searcher()
        questions = Questions(index.schema, searcher)
        words = wording.read(query.text, query.language)
        asked = asking.asked(words, audience, questions.known(audience))
        wanted = asking.Bool(must=(asking.filtered(asked.node, query), asking.any_of("key", keys)))
        found = searcher.search(questions.build(wanted), limit=max(1, len(keys))).hits if keys else []
        held = {searcher.doc(address).get_first("key") for _score, address in found}
        return [key for key in keys if key in held]

    @guarded
    def digests(self) -> dict[str, str]:
        """{key: digest} of everything held, to compare with the database."""
        index = self._index()
        searcher = index.searcher()
        if not searcher.num_docs:
            return {}
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        held = (searcher.doc(address) for _score, address in found)
        return {document.get_first("key"): document.get_first("digest") for document in held}
