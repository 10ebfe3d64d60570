"""A cluster that is silent, half there, or another server altogether: pages say so soon, and nothing is lost."""

import threading
import time

import pytest
from django.test import Client

from search import engines, indexer
from search.contract import PUBLIC, Unavailable
from search.models import IndexRun, OutboxRow
from search.query import Query
from tests.elasticsearch.inplace import another, silent
from tests.factories import a_case_study
from tests.factories.entries import an_entry

EVERYBODY = frozenset({PUBLIC})
NOTICE = "The search is not available now"
GONE = "127.0.0.1:9"
JSON = {"X_Elastic_Product": "Elasticsearch", "Content_Type": "application/json"}
OTHERS = {
    "a page": (200, b"<html>Welcome</html>", {"Content_Type": "text/html"}),
    "a page with the cluster's name on it": (200, b"<html>ok</html>", JSON | {"Content_Type": "text/html"}),
    "an empty object": (200, b"{}", JSON),
    "a list": (200, b"[]", JSON),
    "no counts": (200, b'{"hits": {"total": {"value": 0}, "hits": []}}', JSON),
    "half an answer": (200, b'{"hits":', JSON),
    "a way elsewhere": (301, b"{}", JSON | {"Location": f"http://{GONE}/"}),
    "who are you": (401, b'{"error": "no"}', JSON),
    "not you": (403, b"{}", JSON),
    "too busy": (429, b'{"error": "busy"}', JSON),
    "a broken gateway": (502, b"<html>Bad gateway</html>", {"Content_Type": "text/html"}),
}  # fmt: skip


@pytest.fixture
def nodes(settings):
    """The portal's engine on nodes of these addresses. -> engine"""
    made = []

    def engine(*hosts: str, prefix: str = "praxis"):
        settings.SEARCH_URL, settings.SEARCH_REPLICAS = f"elasticsearch://{','.join(hosts)}/{prefix}", 0
        engines._engine.cache_clear()
        made.append(engines.engine())
        return made[-1]

    yield engine
    for one in made:
        one.client.close()


@pytest.fixture
def there(elasticsearch) -> str:
    return elasticsearch.url.partition("://")[2]


def seconds(do) -> float:
    began = time.monotonic()
    do()
    return time.monotonic() - began


def notice() -> None:
    answer = Client().get("/en/search/?q=lantern")
    assert (answer.status_code, NOTICE in answer.content.decode()) == (200, True)


def test_a_silent_cluster_keeps_few_waiting_and_the_others_not_at_all(db, nodes):
    nodes(GONE)
    notice()  # what a process does once
    with silent() as node:
        nodes(node)
        first = [seconds(notice) for _ in range(2)]
        then = [seconds(notice) for _ in range(10)]

    assert max(first) < 4
    assert max(then) < 1


def test_while_it_is_silent_one_question_at_a_time_tries_it(db, nodes, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.silence.PAUSE", 0.3)
    taken = []

    def ask():
        began = time.monotonic()
        with pytest.raises(Unavailable):
            engine.find(Query(), EVERYBODY)
        taken.append(time.monotonic() - began)

    with silent() as node:
        engine = nodes(node)
        ask(), ask()
        time.sleep(0.4)
        del taken[:]
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sum(one > 1 for one in taken) == 1


def time_out(engine) -> None:
    """As a question that takes too long does."""
    with silent() as node, pytest.raises(Unavailable), engine._soon():
        other = engines._engine(f"elasticsearch://{node}/x", "")
        other.client.options(request_timeout=0.1, max_retries=0).info()


def test_a_cluster_seen_ready_is_silent_no_more(db, nodes, there, prefix):
    engine = nodes(there, prefix=prefix.rstrip("-"))
    engine.replace([an_entry("1", "Lantern")])
    time_out(engine)
    time_out(engine)
    with pytest.raises(Unavailable, match="silent"):
        engine.find(Query(), EVERYBODY)

    assert engine.ready()
    assert engine.find(Query(), EVERYBODY).total == 1


def test_slow_questions_among_others_shut_nobody_out(db, nodes, there, prefix):
    engine = nodes(there, prefix=prefix.rstrip("-"))
    engine.replace([an_entry("1", "Lantern")])

    for _ in range(3):
        time_out(engine)
        assert engine.find(Query(), EVERYBODY).total == 1


@pytest.mark.parametrize("lost", ["gone", "silent"])
def test_with_one_node_lost_the_others_answer(db, nodes, there, prefix, lost):
    with silent() as node:
        dead = GONE if lost == "gone" else node
        nodes(there, prefix=prefix.rstrip("-")).replace([an_entry("1", "Lantern")])
        for _ in range(4):
            engine = nodes(dead, there, prefix=prefix.rstrip("-"))

            assert [engine.ready() for _ in range(4)] == [True] * 4
            assert engine.find(Query(), EVERYBODY).total == 1


def test_a_silent_cluster_is_not_ready_and_says_so_soon(db, nodes):
    with silent() as node:
        engine = nodes(node)

        assert seconds(lambda: not engine.ready() or pytest.fail("ready")) < 3


def test_where_questions_fail_but_an_index_is_there_indexing_builds_nothing_anew(db, nodes, there, prefix):
    engine = nodes(there, prefix=prefix.rstrip("-"))
    a_case_study("Lantern walk 1")
    indexer.drain()
    a_case_study("Lantern walk 2")
    engine.client.indices.put_settings(index=engine.indices.read, settings={"index.blocks.read": True})
    assert not engine.ready()
    built = IndexRun.objects.count()

    indexer.drain()

    assert (IndexRun.objects.count(), OutboxRow.objects.count()) == (built, 0)


@pytest.mark.parametrize("answer", OTHERS)
def test_whatever_answers_in_its_place_is_a_notice_and_loses_nothing(db, nodes, answer):
    status, body, headers = OTHERS[answer]
    a_case_study("Waits")
    with another(status, body, **headers) as server:
        nodes(server)
        answers = {
            address: Client(raise_request_exception=False).get(address).status_code
            for address in ("/en/search/?q=waits", "/en/", "/en/search/suggest/?q=wa", "/api/practices/?q=waits")
        }
        with pytest.raises(Unavailable):
            indexer.step()

    assert list(answers.values()) == [200, 200, 200, 503]
    assert OutboxRow.objects.exists()
