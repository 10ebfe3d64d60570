"""What was found out of an index, for as long as nothing in it changes."""

from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from pathlib import Path

import tantivy

from search.contract import Audience
from search.engines.embedded import columns, totals
from search.engines.embedded.columns import Columns, Counts

READINGS = 50  # questions: a long one, read in 24 languages and built, holds half a megabyte
COUNTS = 300  # of facets


class Latest:
    """The answers to what was asked last."""

    def __init__(self, most: int):
        self._place = lru_cache(maxsize=most)(lambda question: [])

    def once(self, question: Hashable, answer: Callable):
        place = self._place(question)
        if not place:
            place.append(answer())
        return place[0]


class Remembered:
    """Of one searcher only: what an older one counted means nothing to a newer one."""

    def __init__(self, folder: Path, state: tuple, searcher: tantivy.Searcher):
        self.folder, self.state, self.searcher = folder, state, searcher
        self._is_of_that_state = state == state_of(folder)
        self.forget_questions()

    @cached_property
    def totals(self) -> Counts | None:
        """Everybody's counts without words and filters, where the writer has told them."""
        return totals.read(self.folder, self.state) if self._is_of_that_state else None

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.searcher)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """{kind: entries}, those that are gone and not yet merged away among them."""
        return columns.kinds(self.searcher)

    def hidden(self, audience: Audience) -> int:
        """At most so many entries this audience can't see, those that are gone among them."""
        counted = sum(self.kinds.values())
        gone = counted - self.searcher.num_docs
        return counted - max((self.searcher.doc_freq("audience", one) for one in audience), default=0) + gone

    def forget_questions(self) -> None:
        self.readings, self.counts = Latest(READINGS), Latest(COUNTS)


def state_of(folder: Path) -> tuple:
    """Another one after each change."""
    meta = (folder / "meta.json").stat()
    return (folder.name, meta.st_ino, meta.st_mtime_ns, meta.st_size)
