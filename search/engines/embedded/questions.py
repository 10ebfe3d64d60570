"""From the tree of a question to tantivy's query."""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import tantivy
from tantivy import Occur

from search import asking
from search.contract import Audience
from search.documents import BODY, PARTS, SEQUENCE, SUMMARY, TITLE

MEANT = re.compile(r"[.^$*+?{}\[\]\\|()-]")  # characters with a meaning in patterns
# Fields that keep how often a word occurs, and where; all others only that it does.
INDEXED = defaultdict(lambda: "basic", {**dict.fromkeys((TITLE, SUMMARY, BODY, PARTS), "freq"), SEQUENCE: "position"})


class Built(NamedTuple):
    """As a node: built before, whatever it is a part of."""

    query: tantivy.Query
    most: int  # entries it can find


class Frequencies(dict):
    """(field, value) -> entries, those that are gone and still counted among them. Looked up when first asked for."""

    def __init__(self, searcher: tantivy.Searcher):
        self._look_up = searcher.doc_freq
        self._places: dict[tuple[str, ...], dict[tuple[str, str], int]] = {}

    def __missing__(self, place: tuple[str, str]) -> int:
        found = self[place] = self._look_up(*place)
        return found

    def places(self, keys: tuple[str, ...]) -> dict[tuple[str, str], int]:
        """Those above 0 of title, summary and body."""
        places = self._places.get(keys)
        if places is None:
            look_up = self._look_up
            asked = ((field, key, look_up(field, key)) for field in asking.BOOST for key in keys)
            places = self._places[keys] = {(field, key): held for field, key, held in asked if held}
            self.update(places)
        return places


class Known:
    """Which words one state of the index holds."""

    def __init__(self, questions: "Questions", audience: Audience, hidden: int):
        self.most = questions.frequencies
        self.places = questions.frequencies.places
        self._questions, self._audience, self._hidden = questions, audience, hidden

    def visible(self, groups: list[tuple[str, ...]]) -> list[bool]:
        return [self._is_visible(keys) for keys in groups]

    def _is_visible(self, keys: tuple[str, ...]) -> bool:
        held = self.places(keys)
        if max(held.values(), default=0) > self._hidden:
            return True
        return bool(held) and self._questions.meets([asking.Term(*place) for place in held], self._audience)


class Questions:
    """Builds queries against one opened index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher):
        self.schema, self.searcher = schema, searcher
        self.frequencies = Frequencies(searcher)

    def build(self, node: asking.Node) -> Built:
        return _WAYS[type(node)](self, node)

    def known(self, audience: Audience, hidden: int) -> Known:
        """`hidden`: at most so many entries the audience can't see, those that are gone and still counted among them."""
        return Known(self, audience, hidden)

    def meets(self, terms: list[asking.Term], audience: Audience) -> bool:
        """Whether the audience may see a text that holds one of them."""
        held = asking.Constant(asking.Bool(should=tuple(terms), least=1), 0.0)
        question = asking.Bool(must=(asking.seen_by(audience), held))
        return self.searcher.search(self.build(question).query, limit=1).count > 0

    def _term(self, node: asking.Term) -> Built:
        field, value, boost = node
        held = self.frequencies[field, value]
        if not held:
            return _nothing()
        query = tantivy.Query.term_query(self.schema, field, value, index_option=INDEXED[field])
        return Built(query if boost == 1.0 else tantivy.Query.boost_query(query, boost), held)

    def _prefix(self, node: asking.Prefix) -> Built:
        return self._any(tantivy.Query.regex_query(self.schema, node.field, MEANT.sub(r"\\\g<0>", node.value) + ".*"))

    def _fuzzy(self, node: asking.Fuzzy) -> Built:
        return self._any(tantivy.Query.fuzzy_term_query(self.schema, node.field, node.value, distance=node.distance))

    def _phrase(self, node: asking.Phrase) -> Built:
        return self._any(tantivy.Query.phrase_query(self.schema, node.field, list(node.values)))

    def _any(self, query: tantivy.Query) -> Built:
        return Built(query, self.searcher.num_docs)

    def _constant(self, node: asking.Constant) -> Built:
        query, most = self.build(node.part)
        if not most:
            return _nothing()
        return Built(tantivy.Query.const_score_query(query, node.score), most)

    def _best(self, node: asking.Best) -> Built:
        parts = self._parts(node.parts)
        if len(parts) < 2:
            return parts[0] if parts else _nothing()
        query = tantivy.Query.disjunction_max_query([part.query for part in parts], tie_breaker=node.share)
        return Built(query, sum([part.most for part in parts]))

    def _bool(self, node: asking.Bool) -> Built:
        must = [self.build(part) for part in node.must]
        should, never = self._parts(node.should), self._parts(node.never)
        if node.should and (node.least or not must):
            must.append(_some(should, node.least))
            should = []
        if not must:
            must.append(self._any(tantivy.Query.all_query()))
        if not all(part.most for part in must):
            return _nothing()
        if len(must) == 1 and not should and not never:
            return must[0]
        clauses = [(Occur.Must, part.query) for part in must] + [(Occur.MustNot, part.query) for part in never]
        clauses += [(Occur.Should, part.query) for part in should]
        return Built(tantivy.Query.boolean_query(clauses), min(part.most for part in must))

    def _parts(self, nodes: tuple[asking.Node, ...]) -> list[Built]:
        """Without those nothing meets."""
        return [built for node in nodes if (built := self.build(node)).most]


@cache
def _nothing() -> Built:
    return Built(tantivy.Query.empty_query(), 0)


def _some(parts: list[Built], least: int) -> Built:
    if len(parts) < max(1, least):
        return _nothing()
    if len(parts) == 1:
        return parts[0]
    clauses = [(Occur.Should, part.query) for part in parts]
    query = tantivy.Query.boolean_query(clauses, minimum_number_should_match=least)
    return Built(query, sum(part.most for part in parts))


_WAYS = {
    asking.Term: Questions._term,
    asking.Prefix: Questions._prefix,
    asking.Fuzzy: Questions._fuzzy,
    asking.Phrase: Questions._phrase,
    asking.Constant: Questions._constant,
    asking.Best: Questions._best,
    asking.Bool: Questions._bool,
    Built: lambda _questions, built: built,
}
