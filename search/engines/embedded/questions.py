"""From the tree of a question to tantivy's query."""

import re
from typing import NamedTuple

import tantivy
from tantivy import Occur

from search import asking
from search.contract import Audience
from search.documents import BODY, PARTS, SEQUENCE, SUMMARY, TITLE
from search.engines.embedded import columns

MEANT = re.compile(r"[.^$*+?{}\[\]\\|()-]")  # characters with a meaning in patterns
COUNTED = {TITLE, SUMMARY, BODY, PARTS}  # fields that keep how often a word occurs
WITH_POSITIONS = {SEQUENCE}


class Built(NamedTuple):
    query: tantivy.Query
    most: int  # entries it can find


class Questions:
    """Builds queries against one opened index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher):
        self.schema, self.searcher = schema, searcher
        self._looked_up: dict[tuple[str, str], int] = {}
        self._once: dict[int, tuple[asking.Node, Built]] = {}
        self._ways = {
            asking.Term: self._term,
            asking.Prefix: self._prefix,
            asking.Fuzzy: self._fuzzy,
            asking.Phrase: self._phrase,
            asking.Constant: self._constant,
            asking.Best: self._best,
            asking.Bool: self._bool,
        }

    def build(self, node: asking.Node) -> Built:
        once = self._once.get(id(node))
        return once[1] if once else self._ways[type(node)](node)

    def build_once(self, node: asking.Node) -> Built:
        """However many questions it is a part of."""
        built = self.build(node)
        self._once[id(node)] = node, built
        return built

    def known(self, audience: Audience):
        """-> whether any text the audience may see holds one of the keys, group by group."""
        visible, hidden = asking.seen_by(audience), self._hidden(audience)

        def ask(groups: list[tuple[str, ...]]) -> list[bool]:
            return [self._holds(keys, visible, hidden) for keys in groups]

        return ask

    def _hidden(self, audience: Audience) -> int:
        """At most so many entries can't be seen, those that are gone and still counted among them."""
        counted = sum(columns.kinds(self.searcher).values())
        gone = counted - self.searcher.num_docs
        return counted - max((self.searcher.doc_freq("audience", one) for one in audience), default=0) + gone

    def _holds(self, keys: tuple[str, ...], visible: asking.Node, hidden: int) -> bool:
        some = []
        for term in (asking.Term(field, key) for key in keys for field in asking.BOOST):
            held = self._held_by(term)
            if held > hidden:
                return True
            if held:
                some.append(term)
        if not some:
            return False
        question = asking.Bool(must=(visible, asking.Constant(asking.Bool(should=tuple(some), least=1), 0.0)))
        return self.searcher.search(self.build(question).query, limit=1).count > 0

    def _held_by(self, term: asking.Term) -> int:
        """Entries, those that are gone and still counted among them."""
        place = term[:2]
        found = self._looked_up.get(place)
        if found is None:
            found = self._looked_up[place] = self.searcher.doc_freq(*place)
        return found

    def _term(self, node: asking.Term) -> Built:
        query = tantivy.Query.term_query(self.schema, node.field, node.value, index_option=_indexed(node.field))
        if node.boost != 1.0:
            query = tantivy.Query.boost_query(query, node.boost)
        return Built(query, self._held_by(node))

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
        return Built(tantivy.Query.const_score_query(query, node.score), most)

    def _best(self, node: asking.Best) -> Built:
        # Most of a word's spellings in 24 languages are in no text: they cost nothing when left out.
        parts = [self.build(part) for part in node.parts if type(part) is not asking.Term or self._held_by(part)]
        if not parts:
            return Built(tantivy.Query.empty_query(), 0)
        query = tantivy.Query.disjunction_max_query([part.query for part in parts], tie_breaker=node.share)
        return Built(query, sum(part.most for part in parts))

    def _bool(self, node: asking.Bool) -> Built:
        must, should = [self.build(part) for part in node.must], [self.build(part) for part in node.should]
        never = [self.build(part).query for part in node.never]
        if should and (node.least or not must):
            must.append(_some(should, node.least))
            should = []
        if not must:
            must.append(self._any(tantivy.Query.all_query()))
        if len(must) == 1 and not should and not never:
            return must[0]
        clauses = [(Occur.Must, part.query) for part in must] + [(Occur.MustNot, query) for query in never]
        clauses += [(Occur.Should, part.query) for part in should]
        return Built(tantivy.Query.boolean_query(clauses), min(part.most for part in must))


def _some(parts: list[Built], least: int) -> Built:
    clauses = [(Occur.Should, part.query) for part in parts]
    query = tantivy.Query.boolean_query(clauses, minimum_number_should_match=least)
    return Built(query, sum(part.most for part in parts))


def _indexed(field: str) -> str:
    return "freq" if field in COUNTED else "position" if field in WITH_POSITIONS else "basic"
