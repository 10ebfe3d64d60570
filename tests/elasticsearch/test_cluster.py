"""Three nodes, one of them killed: what was acknowledged stays, and a client that knows all three goes on."""

import threading

import pytest
from elasticsearch import ApiError, Elasticsearch, TransportError

MANY, AT_ONCE = 6_000, 200


@pytest.fixture
def client(cluster):
    with Elasticsearch(cluster.hosts, request_timeout=30, retry_on_timeout=True, max_retries=5) as client:
        yield client


def indexed(client, copies: int) -> None:
    settings = {"number_of_shards": 3, "number_of_replicas": copies}
    client.indices.create(index="entries", settings=settings, wait_for_active_shards="all")


def master_of(client) -> int:
    return int(client.cat.master(format="json")[0]["node"].removeprefix("node-"))


def written(client, ids: set[str]) -> set[str]:
    """Those of them the cluster acknowledged."""
    if not ids:
        return set()
    operations = [line for key in ids for line in ({"index": {"_index": "entries", "_id": key}}, {"words": key})]
    try:
        items = client.bulk(operations=operations, timeout="20s")["items"]
    except (ApiError, TransportError):
        return set()
    return {item["index"]["_id"] for item in items if item["index"]["status"] in (200, 201)}


def missing(client, ids: set[str]) -> set[str]:
    """An answer with an error in it is not the document."""
    documents = client.mget(index="entries", ids=sorted(ids), source=False)["docs"]
    return {document["_id"] for document in documents if not document.get("found")}


def test_nothing_acknowledged_is_lost_when_the_master_is_killed(cluster, client):
    indexed(client, copies=1)
    master = master_of(client)
    crash = threading.Timer(0.02, cluster.kill, [master])  # so that it strikes while a request is under way
    for first in range(0, MANY, AT_ONCE):
        if first == MANY // 3:
            crash.start()
        todo = {str(number) for number in range(first, first + AT_ONCE)}
        for _ in range(20):
            todo -= written(client, todo)
        assert todo == set()
    crash.join()
    everything = {str(number) for number in range(MANY)}
    assert (missing(client, everything), client.cluster.health()["number_of_nodes"]) == (set(), 2)
    assert master_of(client) != master
    cluster.restart(master)
    assert (missing(client, everything), client.cluster.health()["number_of_nodes"]) == (set(), 3)


def test_without_copies_a_crash_is_noticed(cluster, client):
    """The control: it shows that the test above would see a loss."""
    indexed(client, copies=0)
    everything = {str(number) for number in range(AT_ONCE)}
    assert written(client, everything) == everything
    cluster.kill(master_of(client))
    assert missing(client, everything)
