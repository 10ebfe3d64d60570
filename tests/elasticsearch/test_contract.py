"""The contract of engines, held against a real Elasticsearch: the very tests the embedded engine passes."""

import pytest

from tests.search.test_engine import *  # noqa: F403


@pytest.fixture(autouse=True)
def in_use(engine):
    return engine
