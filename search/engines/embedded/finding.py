"""What the words of a question find, under any filters: asked of the index, or, where they find few, filtered, sorted and counted here."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, compress
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
        self._read: dict[str, list[list[int]]] = {}
        self._masks: dict[tuple[str, tuple[str, ...]], list[bool]] = {}

    def tells(self, facets: Iterable[str]) -> bool:
        """Of values beyond the places only the index knows."""
        return not any(self._columns.overflow(facet) for facet in facets)

    def page(self, filters: Filters, order: str, offset: int) -> Found:
        hits = self._all_of(filters)
        if order:
            addresses = [address for _worth, address in hits]
            values = (value or 0 for value in self._searcher.fast_field_values(order, addresses))
            hits = sorted(zip(values, addresses, strict=True), key=itemgetter(0), reverse=True)
        return Found(len(hits), hits[offset : offset + PAGE_SIZE])

    def count(self, filters: Filters) -> int:
        return len(self._all_of(filters))

    def counts(self, filters: Filters, facets: list[str]) -> Counts:
        met = self._met(filters) if filters else None
        return {facet: self._columns.told(facet, Counter(self._numbers(facet, met))) for facet in facets}

    def _numbers(self, facet: str, met: list[bool] | None) -> Iterable[int]:
        """Of the values of those hits, of all where nothing need be met."""
        columns = self._values(facet)
        return chain.from_iterable(columns if met is None else (compress(column, met) for column in columns))

    def _all_of(self, filters: Filters) -> list[tuple[float, tantivy.DocAddress]]:
        return list(compress(self._hits, self._met(filters))) if filters else self._hits

    def _met(self, filters: Filters) -> list[bool]:
        """Whether each hit meets them all."""
        return list(map(all, zip(*(self._mask(*one) for one in filters), strict=True)))

    def _mask(self, facet: str, values: tuple[str, ...]) -> list[bool]:
        if (facet, values) not in self._masks:
            wanted = self._columns.numbers.of(facet, values)
            met = ([number in wanted for number in column] for column in self._values(facet))
            self._masks[facet, values] = list(map(any, zip(*met, strict=True)))
        return self._masks[facet, values]

    def _values(self, facet: str) -> list[list[int]]:
        if facet not in self._read:
            self._read[facet] = self._columns.read(facet, self._addresses)
        return self._read[facet]
