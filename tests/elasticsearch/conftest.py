"""A real Elasticsearch: one node for all tests here, three where something is to fail."""

import os
import uuid

import pytest

from tests.elasticsearch import node


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One server for all of them: they run one after the other in one process."""
    for item in items:
        if "tests/elasticsearch" in str(item.path):
            item.add_marker(pytest.mark.elasticsearch)
            item.add_marker(pytest.mark.xdist_group("elasticsearch"))


@pytest.fixture(scope="session")
def elasticsearch():
    """The server named in TEST_ELASTICSEARCH_URL, or a node of our own."""
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        yield node.Given(url)
        return
    started = _started(1)
    yield started
    started.stop()


@pytest.fixture
def cluster():
    """Three nodes that this test alone may kill and restart."""
    started = _started(3)
    yield started
    started.stop()


@pytest.fixture
def client(elasticsearch):
    from elasticsearch import Elasticsearch

    with Elasticsearch(elasticsearch.hosts) as client:
        yield client


@pytest.fixture
def prefix(client):
    """Indexes whose names begin with this are gone after the test."""
    prefix = f"test-{uuid.uuid4().hex[:8]}-"
    yield prefix
    if names := list(client.indices.get(index=prefix + "*")):
        client.indices.delete(index=names)


@pytest.fixture
def engine(db, elasticsearch, settings, prefix):
    """The portal's, on the server, with indices of its own."""
    from search import engines

    settings.SEARCH_URL = f"{elasticsearch.url}/{prefix.rstrip('-')}"
    settings.SEARCH_REPLICAS = 0
    engine = engines.engine()
    yield engine
    engine.client.close()


def _started(nodes: int) -> node.Cluster:
    try:
        return node.start(nodes)
    except node.Unavailable as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))
