"""Whatever is typed, the search answers."""

import itertools
import time

from search import engines, indexer
from search.query import Query
from tests.factories import a_case_study
from tests.search.hostile import LONGEST, corpus, generated

PUBLIC = frozenset({"public"})
ADDRESSES = ("/api/practices/", "/fi/search/", "/en/search/suggest/", "/mt/search/feed.atom")


def answered(texts) -> tuple[int, float]:
    """(how many, seconds of the slowest)"""
    count, slowest = 0, 0.0
    for text in texts:
        query, _faults = Query.read({"q": [text[:LONGEST]], "language": ["fi"]})
        started = time.perf_counter()
        assert engines.engine().find(query, PUBLIC).total in (0, 1, 2)
        count, slowest = count + 1, max(slowest, time.perf_counter() - started)
    return count, slowest


def test_ten_thousand_generated_questions_are_answered(db, record_testsuite_property):
    a_case_study("Lantern walk in the school")
    a_case_study("Escola do farol", language="pt")
    indexer.drain()

    count, slowest = answered(generated(10_000))

    assert count == 10_000
    record_testsuite_property("slowest of 10,000 hostile questions, seconds", f"{slowest:.3f}")
    print(f"\nslowest of {count}: {slowest:.3f} s")


def test_no_address_breaks_on_hostile_words(client, db, shared_data):
    a_case_study("Lantern walk in the school")
    indexer.drain()
    texts = itertools.chain(corpus(shared_data), generated(400, seed=6))

    statuses = {}
    for number, text in enumerate(texts):
        address = ADDRESSES[number % len(ADDRESSES)]
        status = client.get(address, {"q": text}).status_code
        statuses.setdefault(status, []).append(text)

    assert set(statuses) <= {200, 400}
    assert len(statuses[200]) > 800
