"""From the tree of a question to Elasticsearch's query.

Lucene scores a term without the constant factor (k1 + 1) that tantivy and the textbook keep; with it, both engines rank alike.
"""

from elasticsearch_dsl import Q
from elasticsearch_dsl import query as dsl

from search import asking

FACTOR = 2.2  # k1 + 1, with k1 = 1.2
MOST_EXPANSIONS = 1000  # words a slip may stand for


def build(node: asking.Node) -> dsl.Query:
    return _BUILDERS[type(node)](node)


def _term(node: asking.Term) -> dsl.Query:
    if node.field in asking.SCORED:
        return Q("term", **{node.field: {"value": node.value, "boost": node.boost * FACTOR}})
    return Q("term", **{node.field: node.value})


def _prefix(node: asking.Prefix) -> dsl.Query:
    return Q("prefix", **{node.field: {"value": node.value}})


def _fuzzy(node: asking.Fuzzy) -> dsl.Query:
    options = {"value": node.value, "fuzziness": node.distance, "max_expansions": MOST_EXPANSIONS}
    return Q("fuzzy", **{node.field: options | {"rewrite": "constant_score"}})


def _phrase(node: asking.Phrase) -> dsl.Query:
    return Q("match_phrase", **{node.field: {"query": " ".join(node.values), "boost": FACTOR}})


def _constant(node: asking.Constant) -> dsl.Query:
    return Q("constant_score", filter=build(node.part), boost=node.score)


def _best(node: asking.Best) -> dsl.Query:
    return (
        Q("dis_max", queries=[build(part) for part in node.parts], tie_breaker=node.share)
        if node.parts
        else Q("match_none")
    )


def _bool(node: asking.Bool) -> dsl.Query:
    if not (node.must or node.should or node.never):
        return Q("match_all")
    clauses = {
        "must": [build(part) for part in node.must],
        "should": [build(part) for part in node.should],
        "must_not": [build(part) for part in node.never],
    }
    clauses = {name: parts for name, parts in clauses.items() if parts}
    return Q("bool", **clauses, **({"minimum_should_match": node.least} if node.should else {}))


_BUILDERS = {
    asking.Term: _term,
    asking.Prefix: _prefix,
    asking.Fuzzy: _fuzzy,
    asking.Phrase: _phrase,
    asking.Constant: _constant,
    asking.Best: _best,
    asking.Bool: _bool,
}
