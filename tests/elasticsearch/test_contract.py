"""The contract of engines, held against a real Elasticsearch: the very tests the embedded engine passes."""

import pytest

from search import engines
from tests.search.test_engine import *  # noqa: F403


@pytest.fixture(autouse=True)
def in_use(elasticsearch, settings, prefix):
    settings.SEARCH_URL = f"{elasticsearch.url}/{prefix.rstrip('-')}"
    settings.SEARCH_REPLICAS = 0
    yield engines.engine()
    engines.engine().client.close()
