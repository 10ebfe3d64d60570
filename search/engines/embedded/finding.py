"""What the words of a question find, under any filters: asked of the index, or, where they find few, filtered, sorted and counted here."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, compress, repeat
from operator import itemgetter
from typing import NamedTuple

import tantivy

from search import asking
from search.engines.embedded.columns import Columns, Counts
from search.query import PAGE_SIZE, Filters

FEW = 200  # entries: so many are sooner read and counted here than counted in the index, once more for each filter


class Found(NamedTuple):
    count: int
    hits: list[tuple[float, tantivy.DocAddress]]  # one page of them


class Many:
    """Asks the index each time."""

    def __init__(self, node: asking.Bool, build: Callable[[asking.Node], tantivy.Query], searcher, columns: Columns):
        self._node, self._build, self._searcher, self._columns = node, build, searcher, columns

    def tells(self, facets: Iterable[str]) -> bool:
        return True

    def page(self, filters: Filters, order: str, offset: int) -> Found:
        """`order`: a column, the greatest first; empty: by worth."""
        found = self._searcher.search(self._asked(filters), PAGE_SIZE, offset=offset, order_by_field=order or None)
        return Found(found.count, found.hits)

    def count(self, filters: Filters) -> int:
        return self._searcher.search(self._asked(filters), 1).count

    def counts(self, filters: Filters, facets: list[str]) -> Counts:
        return self._columns.counts(self._asked(filters), facets)

    def _asked(self, filters: Filters) -> tantivy.Query:
        return self._build(asking.filtered(self._node, filters))


class Few:
    """Asked the index once."""

    def __init__(self, hits: list[tuple[float, tantivy.DocAddress]], searcher: tantivy.Searcher, columns: Columns):
        self._hits, self._searcher, self._columns = hits, searcher, columns
        self._addresses = [address for _worth, address in hits]
        self._rows: dict[str, list[tuple[int, ...]]] = {}
        self._masks: dict[tuple[str, tuple[str, ...]], list[bool]] = {}

    def tells(self, facets: Iterable[str]) -> bool:
        """Of values beyond the places only the index knows."""
        return not any(self._columns.overflow(facet) for facet in facets)

    def page(self, filters: Filters, order: str, offset: int) -> Found:
        hits = list(compress(self._hits, self._met(filters)))
        if order:
            addresses = [address for _worth, address in hits]
            values = (value or 0 for value in self._searcher.fast_field_values(order, addresses))
            hits = sorted(zip(values, addresses, strict=True), key=itemgetter(0), reverse=True)
        return Found(len(hits), hits[offset : offset + PAGE_SIZE])

    def count(self, filters: Filters) -> int:
        return sum(compress(repeat(1, len(self._hits)), self._met(filters)))

    def counts(self, filters: Filters, facets: list[str]) -> Counts:
        met = list(self._met(filters))
        return {facet: self._counted(facet, met) for facet in facets}

    def _counted(self, facet: str, met: list[bool]) -> dict[str, int]:
        return self._columns.told(facet, Counter(chain.from_iterable(compress(self._values(facet), met))))

    def _met(self, filters: Filters) -> Iterable[bool]:
        """Which of the hits meet them all."""
        masks = [self._mask(*one) for one in filters]
        return map(all, zip(*masks, strict=True)) if masks else repeat(True, len(self._hits))

    def _mask(self, facet: str, values: tuple[str, ...]) -> list[bool]:
        if (facet, values) not in self._masks:
            wanted = self._columns.numbers.of(facet, values)
            self._masks[facet, values] = [not wanted.isdisjoint(row) for row in self._values(facet)]
        return self._masks[facet, values]

    def _values(self, facet: str) -> list[tuple[int, ...]]:
        if facet not in self._rows:
            self._rows[facet] = self._columns.rows(facet, self._addresses)
        return self._rows[facet]
