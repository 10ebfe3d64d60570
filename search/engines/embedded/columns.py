"""Facet values as columns to count: numbers, one column for each place a value may stand in, always filled, so that counting is one quick pass.

Measured in docs/benchmarks.md: a column with one value for every entry is counted some sixty times as fast as one with several or none.
Values beyond the places lie in a column of their own, which is slow only for who uses it.
"""

from collections import Counter
from collections.abc import Iterable

import tantivy

from search import facets
from search.documents import column
from search.facets import Facet

NOBODY = 0  # fills a place without a value
NUMBERED = "numbered"  # terms of every entry: which numbers stand for its values
BETWEEN = "\t"
MANY = 1000  # kinds there may be
ALL = 1_000_000

Counts = dict[str, dict[str, int]]  # facet -> value -> entries


def places(facet: Facet) -> list[str]:
    return [f"{column(facet.name)}_{number}" for number in range(facet.places)]


def overflow(facet: Facet) -> str:
    return f"{column(facet.name)}_more"


def add_to(builder: tantivy.SchemaBuilder) -> None:
    builder.add_text_field(NUMBERED, tokenizer_name="raw", index_option="basic")
    for facet in facets.kept():
        builder.add_text_field(column(facet.name), tokenizer_name="raw", index_option="basic")
        for name in (*places(facet), overflow(facet)):
            builder.add_unsigned_field(name, fast=True, indexed=True)


def kinds(searcher: tantivy.Searcher) -> dict[str, int]:
    """{kind: entries}, those that are gone and not yet merged away among them."""
    return dict(searcher.terms_with_prefix(column(facets.KIND.name), "", limit=MANY))


class Unreadable(ValueError):
    """The index gives numbers that stand for nothing."""


class Numbers:
    """The values of each facet, numbered from 1 on as they come. The index keeps the numbers as terms: nothing can part them from it."""

    def __init__(self, searcher: tantivy.Searcher | None = None):
        self._numbers: dict[str, dict[str, int]] = {facet.name: {} for facet in facets.kept()}
        for term, _count in searcher.terms_with_prefix(NUMBERED, "", limit=ALL) if searcher else ():
            facet, _between, numbered = term.partition(BETWEEN)
            number, _between, value = numbered.partition(BETWEEN)
            if facet not in self._numbers or not number.isdecimal():
                raise Unreadable(f"No number of a facet's value: {term[:80]!r}")
            self._numbers[facet][value] = int(number)
        self._last = {facet: max(known.values(), default=NOBODY) for facet, known in self._numbers.items()}

    def of(self, facet: str, values: Iterable[str]) -> set[int]:
        """Of those no entry has, none."""
        known = self._numbers[facet]
        return {known[value] for value in values if value in known}

    def values(self, facet: str) -> dict[int, str]:
        return {number: value for value, number in self._numbers[facet].items()}

    def fill(self, document: tantivy.Document, values: dict[str, tuple[str, ...]]) -> None:
        for facet in facets.kept():
            numbers = [self._add(document, facet.name, value) for value in values.get(facet.name, ())]
            for place, name in enumerate(places(facet)):
                document.add_unsigned(name, numbers[place] if place < len(numbers) else NOBODY)
            for number in numbers[facet.places :] or [NOBODY]:
                document.add_unsigned(overflow(facet), number)

    def _add(self, document: tantivy.Document, facet: str, value: str) -> int:
        known = self._numbers[facet]
        if value not in known:
            known[value] = self._last[facet] = self._last[facet] + 1
        document.add_text(column(facet), value)
        document.add_text(NUMBERED, BETWEEN.join((facet, str(known[value]), value)))
        return known[value]


class Columns:
    """Those of one state of the index that hold a value of any entry: the others needn't be counted."""

    def __init__(self, searcher: tantivy.Searcher):
        self.numbers = Numbers(searcher)
        self._searcher = searcher
        entries = sum(kinds(searcher).values())
        self._used = {
            facet.name: [
                name for name in (*places(facet), overflow(facet)) if searcher.doc_freq(name, NOBODY) < entries
            ]
            for facet in facets.kept()
        }
        self._overflowing = {facet.name for facet in facets.kept() if overflow(facet) in self._used[facet.name]}
        self._values = {facet: self.numbers.values(facet) for facet in self._used}

    def overflow(self, facets: Iterable[str]) -> bool:
        """Some entry has more values of one of them than there are places for."""
        return not self._overflowing.isdisjoint(facets)

    def read(self, facet: str, addresses: list[tantivy.DocAddress]) -> list[list[int]]:
        """Column by column the numbers of these entries' values, those that overflow left out."""
        read = [self._searcher.fast_field_values(name, addresses) for name in self._used[facet]]
        return read or [[NOBODY] * len(addresses)]

    def counts(self, question: tantivy.Query, names: list[str]) -> Counts:
        """Of what the question finds, in one pass."""
        columns = {column: facet for facet in names for column in self._used[facet]}
        found: dict[str, Counter] = {facet: Counter() for facet in names}
        if columns:
            request = {column: {"terms": self._terms(column, facet)} for column, facet in columns.items()}
            answer = self._searcher.aggregate(question, request)
            for column, facet in columns.items():
                for bucket in answer[column]["buckets"]:
                    found[facet][bucket["key"]] += int(bucket["doc_count"])
        return {facet: self.told(facet, counted) for facet, counted in found.items()}

    def _terms(self, column: str, facet: str) -> dict:
        """As many as there are values, and nobody."""
        every = len(self._values[facet]) + 1
        return {"field": column, "size": every, "segment_size": every}

    def told(self, facet: str, counted: dict[int, int]) -> dict[str, int]:
        """The values' own names."""
        values = self._values[facet]
        try:
            return {values[number]: count for number, count in counted.items() if number != NOBODY}
        except KeyError as error:
            raise Unreadable(f"No value of {facet} has the number {error}.") from error
