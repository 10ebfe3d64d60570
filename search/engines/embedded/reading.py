"""One question to one state of the index."""

from typing import NamedTuple

import tantivy

from search import asking, facets, wording
from search.contract import Audience, Bucket, Entry
from search.engines.embedded import columns, documents
from search.engines.embedded.questions import Questions
from search.engines.embedded.remembered import Remembered
from search.query import NEAREST, PAGE_SIZE, Query


class About(NamedTuple):
    text: str
    language: str
    audience: Audience
    edition: tuple  # of what is known of words


class Reading:
    """What a text asks for among what an audience may see: read and built once, then asked under any filters."""

    def __init__(self, about: About, index: tantivy.Index, remembered: Remembered):
        self.words = wording.read(about.text, about.language)
        self._about, self._remembered = about, remembered
        self._searcher = index.searcher()
        self._questions = Questions(index.schema, self._searcher)
        self._known = self._questions.known(about.audience)
        asked = asking.asked(self.words, about.audience, self._known)
        self.unknown = asked.unknown
        self._node = asked.node
        self._questions.build_once(asked.node)
        self._kinds = columns.kinds(self._searcher).keys()

    def page(self, query: Query):
        offset, column = (query.page - 1) * PAGE_SIZE, None if query.order == "relevance" else query.order
        return self._found(self._filtered(query), PAGE_SIZE, offset=offset, order_by_field=column)

    def count(self, query: Query) -> int:
        return self._found(self._filtered(query), 1).count

    def nearest(self, query: Query):
        """What meets any one of the words, filters aside."""
        loosely = asking.loosely(self.words, self._about.audience, self._known)
        return self._found(self._with_filters(loosely, query.without_facets()), NEAREST)

    def best(self, most: int):
        return self._found(self._node, most)

    def keys(self, query: Query, among: list[str]) -> set[str]:
        """Those among these keys the question finds."""
        wanted = asking.Bool(must=(self._filtered(query), asking.any_of("key", among)))
        return {document.get_first("key") for document, _score in self._documents(self._found(wanted, len(among)))}

    def facets(self, query: Query) -> dict[str, tuple[Bucket, ...]]:
        """One pass for all unselected facets, one more for each selected one, which ignores its own selection."""
        names = [facet.name for facet in facets.kept()]
        counts, selected = self.counts(query, names), dict(query.filters)
        return {name: facets.buckets(counts[name], selected.get(name, ())) for name in names}

    def counts(self, query: Query, names: list[str]) -> columns.Counts:
        own = [name for name in dict(query.filters) if name in names and name not in self._needless(query)]
        counts = dict(self._counted(query, [name for name in names if name not in own]))
        for name in own:
            counts |= self._counted(query, [name], name)
        return counts

    def _counted(self, query: Query, names: list[str], *leave_out: str) -> columns.Counts:
        filters = tuple((name, values) for name, values in query.filters if name not in leave_out)
        used = self._remembered.columns.once("in use", lambda: columns.in_use(self._searcher))

        def counted() -> columns.Counts:
            question = self._questions.build(self._filtered(query, *leave_out))
            return columns.counts(self._searcher, question, names, used)

        return self._remembered.counts.once((self._about, filters, tuple(names)), counted)

    def entries(self, found) -> list[tuple[Entry, float]]:
        return [(documents.entry_of(document), score) for document, score in self._documents(found)]

    def _documents(self, found):
        return ((self._searcher.doc(address), score) for score, address in found.hits)

    def _found(self, node: asking.Node, most: int, **options):
        return self._searcher.search(self._questions.build(node), limit=most, **options)

    def _filtered(self, query: Query, *leave_out: str) -> asking.Bool:
        return self._with_filters(self._node, query, *leave_out)

    def _with_filters(self, node: asking.Bool, query: Query, *leave_out: str) -> asking.Bool:
        return asking.filtered(node, query, *self._needless(query), *leave_out)

    def _needless(self, query: Query) -> tuple[str, ...]:
        """The filter by kind, where the index holds no other."""
        return (facets.KIND.name,) if self._kinds <= set(query.kinds) else ()
