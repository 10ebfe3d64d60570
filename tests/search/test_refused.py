"""An entry the index can't keep: the others don't wait for it, and the operator is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import engines, indexer, outbox, reconciling
from search.contract import PUBLIC
from search.models import Change, OutboxRow
from search.query import Query
from search.state import state
from tests.factories import a_case_study
from tests.factories.kinds import registered

WHY = "TypeError: Object of type object is not JSON serializable"


@pytest.fixture
def threads(db, monkeypatch):
    """Two that were indexed."""
    threads = registered(monkeypatch)
    threads.add("Lantern one")
    threads.add("Lantern two")
    return threads


def spoil(threads, number: int) -> str:
    """It changes to what no index can keep."""
    key = f"thread:{number}"
    threads.held[key] = replace(threads.held[key], card={"when": object()}, audience=frozenset({"members"}))
    outbox.touch(key)
    return key


def mend(threads, key: str) -> None:
    threads.held[key] = replace(threads.held[key], card={})


def found(*audience: str) -> set[str]:
    query = Query(text="lantern", kind=("practice", "thread"))
    return {hit.key for hit in engines.engine().find(query, frozenset(audience or {PUBLIC})).hits}


def later(hours: float):
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


def test_the_others_are_indexed_and_it_waits_without_being_tried_again_and_again(threads):
    key = spoil(threads, 1)
    page = a_case_study("Lantern walk")

    assert (indexer.step(), indexer.step()) == (2, 0)

    row = OutboxRow.objects.get()
    assert (row.key, row.refusal, row.refused_times) == (key, WHY, 1)
    assert found() == {page.search_key, "thread:2"}
    assert Change.objects.filter(key=page.search_key).exists()


def test_what_it_was_before_is_found_no_more(threads):
    """It might tell what is no more for everybody."""
    assert found() == {"thread:1", "thread:2"}

    spoil(threads, 1)
    indexer.drain()

    assert found() == found("members", PUBLIC) == {"thread:2"}


def test_it_is_tried_again_later_each_time_and_found_when_it_is_mended(threads):
    key = spoil(threads, 1)
    indexer.drain()
    waits = []
    for hours in range(2, 12):
        with later(hours):
            assert (indexer.step(), indexer.step()) == (1, 0)
            waits.append((OutboxRow.objects.get().held_until - timezone.now()) / timedelta(minutes=1))
    mend(threads, key)
    with later(13):
        indexer.drain()

    assert waits == [2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
    assert not OutboxRow.objects.exists()
    assert found("members") == {key}


def test_a_change_of_it_is_tried_at_once(threads):
    key = spoil(threads, 1)
    indexer.drain()
    mend(threads, key)

    outbox.touch(key)

    assert indexer.step() == 2
    assert not OutboxRow.objects.exists()
    assert found("members") == {key}


def test_it_is_left_out_of_an_index_built_anew(threads, caplog):
    key = spoil(threads, 1)
    OutboxRow.objects.all().delete()

    assert indexer.rebuild() == 1

    assert found() == {"thread:2"}
    assert f"Left out of the index: {key}: {WHY}" in caplog.text


def test_a_comparison_tells_what_an_index_built_anew_had_to_leave_out(threads):
    key = spoil(threads, 1)
    OutboxRow.objects.all().delete()
    indexer.rebuild()

    assert reconciling.reconcile().missing == (key,)
    indexer.drain()

    assert state().faults == (f"{key} is left out of the index: {WHY}",)
    assert reconciling.reconcile().keys == ()


def test_what_is_gone_waits_no_more(threads):
    key = spoil(threads, 1)
    indexer.drain()

    del threads.held[key]
    with later(1.1):
        indexer.drain()

    assert not OutboxRow.objects.exists()


def test_many_take_as_many_queries_as_one(threads):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            indexer.step()
        return len(caught)

    spoil(threads, 1)
    one = queries()
    spoil(threads, 1)
    spoil(threads, 2)

    assert queries() == one
