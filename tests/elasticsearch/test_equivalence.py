"""Both engines, the same real data, the same questions: the same answers."""

from dataclasses import replace

import pytest

from search import engines
from search.query import PAGE_SIZE
from tests.factories.entries import real_entries
from tests.factories.questions import questions_about

RECORDS, QUESTIONS = 1500, 400
MOST = 200  # hits compared one by one


@pytest.fixture
def both(db, settings, elasticsearch, prefix, shared_data):
    """(embedded, Elasticsearch), and the entries they hold."""
    entries = [
        replace(entry, kind="thread") if number % 5 == 4 else entry
        for number, entry in enumerate(real_entries(shared_data, RECORDS))
    ]
    made = []
    settings.SEARCH_REPLICAS = 0
    for url in ("embedded://", f"{elasticsearch.url}/{prefix.rstrip('-')}"):
        settings.SEARCH_URL = url
        engine = engines.engine()
        assert engine.replace(entries) == len(entries)
        engine.refresh()
        made.append(engine)
    yield made, entries
    made[1].client.close()


def test_both_engines_answer_alike(both, record_testsuite_property):
    (embedded, cluster), entries = both
    agreements, with_hits, alike = [], 0, 0

    for query, eyes in questions_about(entries, QUESTIONS):
        one, other = embedded.find(query, eyes), cluster.find(query, eyes)

        assert (one.total, one.facets) == (other.total, other.facets), query
        assert _keys(embedded, query, eyes, one.total) == _keys(cluster, query, eyes, one.total), query
        assert one.relaxations == other.relaxations, query
        if _shown(one) == _shown(
            other
        ):  # of the words in what is shown; which of equally good ones is left to the engine
            assert one.instead == other.instead, query
            alike += 1
        assert bool(one.nearest) == bool(other.nearest), query
        if query.order != "relevance":
            assert [hit.key for hit in one.hits] == [hit.key for hit in other.hits], query
        elif one.total:
            agreements.append(_agreement(one, other))
        with_hits += one.total > 0

    mean = sum(agreements) / len(agreements)
    record_testsuite_property("ranking agreement of the first page", f"{mean:.3f}")
    print(f"\n{with_hits} of {QUESTIONS} questions with hits; first pages by relevance share {mean:.3f} of their hits")
    assert with_hits > QUESTIONS / 2
    assert alike > QUESTIONS / 2
    assert mean > 0.9


def _keys(engine, query, eyes, total) -> set[str]:
    pages = range(1, min(total, MOST) // PAGE_SIZE + 2) if total <= MOST else ()
    return {hit.key for page in pages for hit in engine.find(query.on_page(page), eyes).hits}


def _shown(results) -> set[str]:
    return {hit.key for hit in results.hits or results.nearest}


def _agreement(one, other) -> float:
    """Share of hits in common, those equally good at the end of the page aside."""
    first, second = {hit.key for hit in one.hits}, {hit.key for hit in other.hits}
    return len(first & second) / max(len(first), 1)
