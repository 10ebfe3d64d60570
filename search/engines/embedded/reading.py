"""One question to one state of the index."""

from functools import cached_property
from typing import NamedTuple

import tantivy

from search import asking, facets, wording
from search.contract import EVERYBODY, Audience, Bucket, Entry
from search.engines.embedded import documents
from search.engines.embedded.columns import Counts
from search.engines.embedded.finding import FEW, Few, Found, Hits, Many, newest_first
from search.engines.embedded.questions import Questions
from search.engines.embedded.remembered import Remembered
from search.query import NEAREST, Filters, Query

EQUALS = 50  # hits among which the newest of equally good ones is looked for where only a few are shown


class About(NamedTuple):
    text: str
    language: str
    audience: Audience
    edition: tuple  # of what is known of words


NOTHING_YET = About("", "en", EVERYBODY, ())


class Reading:
    """What a text asks for among what an audience may see: read and built once, then asked under any filters."""

    def __init__(self, about: About, schema: tantivy.Schema, remembered: Remembered):
        self.words = wording.read(about.text, about.language)
        self._about, self._remembered = about, remembered
        self._searcher, self._columns = remembered.searcher, remembered.columns
        self._questions = Questions(schema, self._searcher)
        self._known = self._questions.known(about.audience, remembered.hidden(about.audience))
        asked = asking.asked(self.words, about.audience, self._known)
        self.unknown = asked.unknown
        self._built = self._questions.build(asked.node)

    def page(self, query: Query) -> Found:
        filters, order = self._filters(query), "" if query.order == "relevance" else query.order
        return self._among(dict(filters)).page(filters, order, query.offset)

    def count(self, query: Query) -> int:
        filters = self._filters(query)
        return self._among(dict(filters)).count(filters)

    def loosened(self, query: Query) -> dict[str, int]:
        """What it would find without one of its filters, by the filter's name."""
        return {name: self.count(less) for name, less in query.looser().items()}

    def nearest(self, query: Query) -> Hits:
        """What meets any one of the words, facets aside."""
        loosely = asking.loosely(self.words, self._about.audience, self._known)
        return self._best_of(asking.filtered(loosely, self._filters(query.without_facets())), NEAREST)

    def best(self, most: int) -> Hits:
        return self._best_of(self._built, most)

    def keys(self, query: Query, among: list[str]) -> set[str]:
        """Those among these keys the question finds."""
        asked = asking.filtered(self._built, self._filters(query))
        wanted = asking.Bool(must=(asked, asking.any_of("key", among)))
        found = self._search(wanted, len(among)).hits
        return {document.get_first("key") for document, _score in self._documents(found)}

    def facets(self, query: Query) -> dict[str, tuple[Bucket, ...]]:
        """Each counted as if nothing of it were selected."""
        names = [facet.name for facet in facets.kept()]
        counts, selected = self.counts(query, names), dict(query.filters)
        return {name: facets.buckets(counts[name], selected.get(name, ())) for name in names}

    def counts(self, query: Query, names: list[str]) -> Counts:
        """One pass for all unselected facets, one more for each selected one."""
        filters = self._filters(query)
        own = [name for name, _values in filters if name in names]
        counts = dict(self._counted(filters, [name for name in names if name not in own]))
        for name in own:
            counts |= self._counted(tuple(one for one in filters if one[0] != name), [name])
        return counts

    def totals(self) -> Counts:
        """Every facet's counts, without filters."""
        filters, names = self._filters(Query()), [facet.name for facet in facets.kept()]
        return self._among((*dict(filters), *names)).counts(filters, names)

    def _counted(self, filters: Filters, names: list[str]) -> Counts:
        if told := self._told(filters):
            return {name: told[name] for name in names}
        among = self._among((*dict(filters), *names))
        asked = (self._about, filters, tuple(names))
        return self._remembered.counts.once(asked, lambda: among.counts(filters, names))

    def _told(self, filters: Filters) -> Counts | None:
        """By the writer: what everybody is shown who asks for nothing yet."""
        is_plain = self.words.is_empty and self._about.audience == EVERYBODY and filters == self._filters(Query())
        return self._remembered.totals if is_plain else None

    def entries(self, found: Hits) -> list[tuple[Entry, float]]:
        return [(documents.entry_of(document), score) for document, score in self._documents(found)]

    def _documents(self, found: Hits):
        return ((self._searcher.doc(address), score) for score, address in found)

    def _best_of(self, node: asking.Node, most: int) -> Hits:
        return newest_first(self._search(node, max(most, EQUALS)).hits, self._searcher)[:most]

    def _search(self, node: asking.Node, most: int):
        return self._searcher.search(self._questions.build(node).query, most)

    def _among(self, names) -> Few | Many:
        """Who knows all values of these facets."""
        return self._few if self._few and self._few.tells(names) else self._many

    @cached_property
    def _few(self) -> Few | None:
        query, most = self._built
        if most > FEW:
            return None
        return Few(self._searcher.search(query, max(1, most)).hits, self._searcher, self._columns)

    @cached_property
    def _many(self) -> Many:
        return Many(self._built, self._questions, self._columns)

    def _filters(self, query: Query) -> Filters:
        """Without the kind, where the index holds no other."""
        names = (facets.KIND.name,) if self._remembered.kinds.keys() <= set(query.kinds) else ()
        return tuple(one for one in query.filters if one[0] not in names)
