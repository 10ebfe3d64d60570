"""From the tree of a question to tantivy's query."""

import re

import tantivy
from tantivy import Occur

from search import asking
from search.contract import Audience
from search.documents import BODY, PARTS, SEQUENCE, SUMMARY, TITLE
from search.engines.embedded import columns

MEANT = re.compile(r"[.^$*+?{}\[\]\\|()-]")  # characters with a meaning in patterns
COUNTED = {TITLE, SUMMARY, BODY, PARTS}  # fields that keep how often a word occurs
WITH_POSITIONS = {SEQUENCE}


class Questions:
    """Builds queries against one opened index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher):
        self.schema, self.searcher = schema, searcher
        self._looked_up: dict[tuple[str, str], int] = {}
        self._built: dict[int, tuple[asking.Node, tantivy.Query]] = {}

    def build(self, node: asking.Node) -> tantivy.Query:
        built = self._built.get(id(node))
        return built[1] if built else getattr(self, "_" + type(node).__name__.lower())(node)

    def build_once(self, node: asking.Node) -> None:
        """However many questions it is a part of."""
        self._built[id(node)] = node, self.build(node)

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
        terms = [asking.Term(field, key) for key in keys for field in asking.BOOST if self._held_by(field, key)]
        if not terms:
            return False
        if any(self._held_by(term.field, term.value) > hidden for term in terms):
            return True
        question = asking.Bool(must=(visible, asking.Constant(asking.Bool(should=tuple(terms), least=1), 0.0)))
        return self.searcher.search(self.build(question), limit=1).count > 0

    def _held_by(self, field: str, key: str) -> int:
        """Entries, those that are gone and still counted among them."""
        found = self._looked_up.get((field, key))
        if found is None:
            found = self._looked_up[field, key] = self.searcher.doc_freq(field, key)
        return found

    def _term(self, node: asking.Term) -> tantivy.Query:
        query = tantivy.Query.term_query(self.schema, node.field, node.value, index_option=_indexed(node.field))
        return tantivy.Query.boost_query(query, node.boost) if node.boost != 1.0 else query

    def _prefix(self, node: asking.Prefix) -> tantivy.Query:
        return tantivy.Query.regex_query(self.schema, node.field, MEANT.sub(r"\\\g<0>", node.value) + ".*")

    def _fuzzy(self, node: asking.Fuzzy) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self.schema, node.field, node.value, distance=node.distance)

    def _phrase(self, node: asking.Phrase) -> tantivy.Query:
        return tantivy.Query.phrase_query(self.schema, node.field, list(node.values))

    def _constant(self, node: asking.Constant) -> tantivy.Query:
        return tantivy.Query.const_score_query(self.build(node.part), node.score)

    def _best(self, node: asking.Best) -> tantivy.Query:
        # Most of a word's spellings in 24 languages are in no text: they cost nothing when left out.
        parts = [
            self.build(part)
            for part in node.parts
            if not isinstance(part, asking.Term) or self._held_by(part.field, part.value)
        ]
        return tantivy.Query.disjunction_max_query(parts, tie_breaker=node.share) if parts else _nothing()

    def _bool(self, node: asking.Bool) -> tantivy.Query:
        clauses = [(Occur.Must, self.build(part)) for part in node.must]
        clauses += [(Occur.MustNot, self.build(part)) for part in node.never]
        should = [(Occur.Should, self.build(part)) for part in node.should]
        if should and not node.must and not node.never:
            return tantivy.Query.boolean_query(should, minimum_number_should_match=node.least)
        if should and node.must and not node.least:
            clauses += should
        elif should:
            clauses.append((Occur.Must, tantivy.Query.boolean_query(should, minimum_number_should_match=node.least)))
        if clauses and not any(occur == Occur.Must for occur, _query in clauses):
            clauses.append((Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()


def _indexed(field: str) -> str:
    return "freq" if field in COUNTED else "position" if field in WITH_POSITIONS else "basic"


def _nothing() -> tantivy.Query:
    return tantivy.Query.empty_query()
