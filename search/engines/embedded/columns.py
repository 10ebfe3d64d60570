"""Facet values as columns to count: one column for each place a value may stand in, always filled, so that counting is one quick pass.

Measured in docs/benchmarks.md: a column with one value for every entry is counted some sixty times as fast as one with several or none.
Values beyond the places lie in a column of their own, which is slow only for who uses it.
"""

import tantivy

from search import facets
from search.documents import column
from search.facets import Facet

NOBODY = "-"  # fills a place without a value; no notation is written so
MANY = 1000  # values of one facet that are counted

Counts = dict[str, dict[str, int]]  # facet -> value -> entries


def places(facet: Facet) -> list[str]:
    return [f"{column(facet.name)}_{number}" for number in range(facet.places)]


def overflow(facet: Facet) -> str:
    return f"{column(facet.name)}_more"


def add_to(builder: tantivy.SchemaBuilder) -> None:
    for facet in facets.kept():
        builder.add_text_field(column(facet.name), tokenizer_name="raw", index_option="basic")
        for name in (*places(facet), overflow(facet)):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)


def fill(document: tantivy.Document, values: dict[str, tuple[str, ...]]) -> None:
    for facet in facets.kept():
        held = values.get(facet.name, ())
        for value in held:
            document.add_text(column(facet.name), value)
        names = places(facet)
        for number, name in enumerate(names):
            document.add_text(name, held[number] if number < len(held) else NOBODY)
        for value in held[len(names) :]:
            document.add_text(overflow(facet), value)


def in_use(searcher: tantivy.Searcher) -> frozenset[str]:
    """Columns that hold a value of any entry: the others needn't be counted."""
    names = (name for facet in facets.kept() for name in (*places(facet), overflow(facet)))
    return frozenset(name for name in names if any(term != NOBODY for term, _count in _most(searcher, name)))


def kinds(searcher: tantivy.Searcher) -> dict[str, int]:
    """{kind: entries}, those that are gone and not yet merged away among them."""
    return dict(searcher.terms_with_prefix(column(facets.KIND.name), "", limit=MANY))


def _most(searcher: tantivy.Searcher, name: str) -> list[tuple[str, int]]:
    return searcher.terms_with_prefix(name, "", limit=2)


def counts(searcher: tantivy.Searcher, question: tantivy.Query, names: list[str], used: frozenset[str]) -> Counts:
    """Of what the question finds, in one pass."""
    found: Counts = {name: {} for name in names}
    asked = [facet for facet in facets.kept() if facet.name in found]
    columns = {name: facet for facet in asked for name in (*places(facet), overflow(facet)) if name in used}
    if not columns:
        return found
    request = {name: {"terms": {"field": name, "size": MANY, "segment_size": MANY}} for name in columns}
    answer = searcher.aggregate(question, request)
    for name, facet in columns.items():
        counted = found[facet.name]
        for bucket in answer[name]["buckets"]:
            counted[bucket["key"]] = counted.get(bucket["key"], 0) + int(bucket["doc_count"])
    for counted in found.values():
        counted.pop(NOBODY, None)
    return found
