"""The operator's page."""

import pytest

from search import indexer
from search.models import DemandGap, IndexRun, OutboxRow
from search.upkeep import Upkeep
from tests.factories import a_case_study, a_member

ADDRESS = "/admin/search-upkeep/"


@pytest.fixture
def operator(client, db):
    person = a_member(is_superuser=True)
    client.force_login(person)
    return client


def test_it_tells_what_waits_and_what_nobody_found(operator):
    a_case_study("Lanterns")
    indexer.drain()
    a_case_study("Waits")
    DemandGap.objects.create(text="zebrafish", language="en", times=7)

    page = operator.get(ADDRESS)

    assert page.context["state"].waiting == OutboxRow.objects.count() > 0
    assert page.context["state"].ready
    assert "zebrafish" in page.content.decode()


def test_a_rebuild_asked_for_is_done_by_the_worker(operator):
    a_case_study("Lanterns")
    indexer.drain()
    runs = IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD)
    before = runs.filter(finished_at__isnull=False).count()

    for _ in range(2):
        operator.post(ADDRESS)
    assert runs.filter(finished_at=None).count() == 1
    assert 'http-equiv="refresh"' in operator.get(ADDRESS).content.decode()
    Upkeep()._build()

    assert runs.filter(finished_at=None).count() == 0
    assert runs.filter(finished_at__isnull=False).count() == before + 1
    assert runs.first().outcome == {"entries": 1}


def test_it_takes_the_right_to_it(client, db):
    client.force_login(a_member())

    assert client.get(ADDRESS).status_code in (302, 403)
