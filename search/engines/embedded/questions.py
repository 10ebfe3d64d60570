"""From our Query to tantivy's."""

import re

import tantivy
from tantivy import Occur

from search.contract import Audience
from search.documents import BODY, SUMMARY, TITLE
from search.engines.embedded.documents import DECLARED, NAMED, column
from search.query import Query
from search.wording import Unit, Way, Wording

MEANT = re.compile(r"[.^$*+?{}\[\]\\|()-]")  # characters with a meaning in patterns
BOOST = {TITLE: 3.0, SUMMARY: 1.6, BODY: 1.0}
DECLARED_SCORE, NAMED_SCORE = 5.0, 2.0


class Questions:
    """Builds queries against one opened index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher):
        self.schema, self.searcher = schema, searcher

    def asked(self, wording: Wording, audience: Audience) -> tantivy.Query:
        """What the words ask for among what the asker may see, no facet applied."""
        must = [(Occur.Must, self._seen_by(audience))]
        if wording.units:
            units = [(Occur.Should, self._unit(unit)) for unit in wording.units]
            must.append((Occur.Must, tantivy.Query.boolean_query(units, minimum_number_should_match=wording.needed)))
        return tantivy.Query.boolean_query(must)

    def filtered(self, asked: tantivy.Query, query: Query, leave_out: str = "") -> tantivy.Query:
        """With the selected facets but one: OR within a facet, AND across."""
        filters = [
            (Occur.Must, self._constant(self._any(column(name), values), 0.0))
            for name, values in query.selected
            if name != leave_out
        ]
        return tantivy.Query.boolean_query([(Occur.Must, asked), *filters]) if filters else asked

    def among(self, asked: tantivy.Query, keys: list[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [(Occur.Must, asked), (Occur.Must, self._constant(self._any("key", keys), 0.0))]
        )

    def _seen_by(self, audience: Audience) -> tantivy.Query:
        return self._constant(self._any("audience", tuple(sorted(audience))), 0.0)

    def _any(self, field: str, values) -> tantivy.Query:
        terms = [(Occur.Should, self._term(field, value)) for value in values]
        return tantivy.Query.boolean_query(terms) if terms else tantivy.Query.empty_query()

    def _unit(self, unit: Unit) -> tantivy.Query:
        ways = [self._words(unit)]
        for concept in unit.concepts:
            ways.append(self._constant(self._term(DECLARED, concept), DECLARED_SCORE))
            ways.append(self._constant(self._term(NAMED, concept), NAMED_SCORE))
        return tantivy.Query.disjunction_max_query(ways, tie_breaker=0.3)

    def _words(self, unit: Unit) -> tantivy.Query:
        words = [(Occur.Must, self._word(ways, unit)) for ways in unit.ways]
        return tantivy.Query.boolean_query(words)

    def _word(self, ways: tuple[Way, ...], unit: Unit) -> tantivy.Query:
        known = [(key, weight) for key, weight in ways if self._is_known(key)]
        if not known and not unit.concepts:
            return self._nearly(ways[0][0], unit.last)
        terms = [
            tantivy.Query.boost_query(self._term(field, key), boost * weight)
            for key, weight in known
            for field, boost in BOOST.items()
        ]
        return tantivy.Query.disjunction_max_query(terms, tie_breaker=0.1) if terms else tantivy.Query.empty_query()

    def _is_known(self, key: str) -> bool:
        return any(self.searcher.doc_freq(field, key) for field in BOOST)

    def _nearly(self, key: str, typing: bool) -> tantivy.Query:
        """No text holds the word: what begins with it while it is being typed, and what differs by a slip."""
        stem = key.partition(":")[2]
        ways = []
        if typing and len(stem) >= 3:
            pattern = MEANT.sub(r"\\\g<0>", key) + ".*"
            ways += [self._constant(tantivy.Query.regex_query(self.schema, field, pattern), 1.0) for field in BOOST]
        if len(stem) >= 4:
            distance = 1 if len(stem) < 8 else 2
            ways += [
                self._constant(tantivy.Query.fuzzy_term_query(self.schema, field, key, distance=distance), 0.7)
                for field in BOOST
            ]
        return tantivy.Query.disjunction_max_query(ways) if ways else tantivy.Query.empty_query()

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, index_option="freq" if field in BOOST else "basic")

    @staticmethod
    def _constant(query: tantivy.Query, score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, score)
