"""What the words of a question find, under any filters: asked of the index, or, where they find few, filtered, sorted and counted here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, compress
from operator import itemgetter
from typing import NamedTuple

import tantivy

from search import asking
from search.engines.embedded.columns import Columns, Counts
from search.engines.embedded.questions import Questions
from search.query import PAGE_SIZE, Filters

TIED = 300  # hits among which the equally good stand newest first; beyond, as they lie in the index
FEW = 200  # entries: so many are sooner read and counted here than counted in the index, once more for each filter


Hits = list[tuple[float, tantivy.DocAddress]]  # what each is worth, the best first


class Found(NamedTuple):
    count: int
    hits: Hits  # some of them


def newest_first(hits: Hits, searcher: tantivy.Searcher) -> Hits:
    """The equally good among them; so it doesn't show when they were written."""
    if len(hits) < 2:
        return hits
    worths, addresses = zip(*hits, strict=True)
    moments = searcher.fast_field_values("newest", list(addresses))
    ranks = sorted(zip(worths, moments, range(len(hits)), strict=True), reverse=True)
    return [hits[place] for _worth, _moment, place in ranks]


class Many:
    """Asks the index each time."""

    def __init__(self, node: asking.Node, questions: Questions, columns: Columns):
        self._node, self._questions, self._columns = node, questions, columns
        self._searcher = questions.searcher
        self._best: tuple[Filters | None, Found] = None, Found(0, [])  # of the filters asked last

    def tells(self, facets: Iterable[str]) -> bool:
        return True

    def page(self, filters: Filters, order: str, offset: int) -> Found:
        """`order`: a column, the greatest first; empty: by worth."""
        asked, end = self._asked(filters), offset + PAGE_SIZE
        if order or end > TIED:
            found = self._searcher.search(asked, PAGE_SIZE, offset=offset, order_by_field=order or None)
            return Found(found.count, found.hits)
        before, best = self._best
        if before != filters:
            found = self._searcher.search(asked, TIED)
            best = Found(found.count, newest_first(found.hits, self._searcher))
            self._best = filters, best
        return Found(best.count, best.hits[offset:end])

    def count(self, filters: Filters) -> int:
        return self._searcher.search(self._asked(filters), 1).count

    def counts(self, filters: Filters, facets: list[str]) -> Counts:
        return self._columns.counts(self._asked(filters), facets)

    def _asked(self, filters: Filters) -> tantivy.Query:
        return self._questions.build(asking.filtered(self._node, filters)).query


class Few:
    """Asked the index once."""

    def __init__(self, hits: Hits, searcher: tantivy.Searcher, columns: Columns):
        self._hits, self._searcher, self._columns = hits, searcher, columns
        self._addresses = [address for _worth, address in hits]
        self._all = range(len(hits))
        self._read: dict[str, list[list[int]]] = {}
        self._places: dict[tuple[str, tuple[str, ...]], set[int]] = {}

    def tells(self, facets: Iterable[str]) -> bool:
        """Of values beyond the places only the index knows."""
        return not self._columns.overflow(facets)

    def page(self, filters: Filters, order: str, offset: int) -> Found:
        hits = [self._hits[place] for place in self._met(filters)]
        if order:
            addresses = [address for _worth, address in hits]
            values = (value or 0 for value in self._searcher.fast_field_values(order, addresses))
            hits = sorted(zip(values, addresses, strict=True), key=itemgetter(0), reverse=True)
        else:
            hits = newest_first(hits, self._searcher)
        return Found(len(hits), hits[offset : offset + PAGE_SIZE])

    def count(self, filters: Filters) -> int:
        return len(self._met(filters))

    def counts(self, filters: Filters, facets: list[str]) -> Counts:
        met = self._met(filters)
        return {facet: self._columns.told(facet, Counter(self._numbers(facet, met))) for facet in facets}

    def _numbers(self, facet: str, met: Sequence[int]) -> Iterable[int]:
        """Of the values of those hits."""
        if met is self._all:
            return chain.from_iterable(self._values(facet))
        return (column[place] for column in self._values(facet) for place in met) if met else ()

    def _met(self, filters: Filters) -> Sequence[int]:
        """The places of those hits that meet them all, in order."""
        places = [self._meeting(*one) for one in filters]
        return sorted(set.intersection(*places)) if places else self._all

    def _meeting(self, facet: str, values: tuple[str, ...]) -> set[int]:
        if (facet, values) not in self._places:
            wanted = self._columns.numbers.of(facet, values)
            columns = self._values(facet) if wanted else ()
            met = (compress(self._all, map(wanted.__contains__, column)) for column in columns)
            self._places[facet, values] = set(chain.from_iterable(met))
        return self._places[facet, values]

    def _values(self, facet: str) -> list[list[int]]:
        if facet not in self._read:
            self._read[facet] = self._columns.read(facet, self._addresses)
        return self._read[facet]
