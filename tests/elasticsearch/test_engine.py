"""What only Elasticsearch has to do: late arrivals, rebuilding while others write, a cluster that is away."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from search import indexer
from search.contract import PUBLIC, Refused, Unavailable
from search.models import OutboxRow
from search.query import Query
from tests.factories import a_case_study
from tests.factories.entries import an_entry

EVERYBODY = frozenset({PUBLIC})


def found(engine) -> set[str]:
    engine.refresh()
    return {hit.title for hit in engine.find(Query(), EVERYBODY).hits}


def test_a_late_arrival_doesnt_undo_a_later_state(engine):
    engine.replace([])
    later = 2 + 10**16

    engine.put([an_entry("1", "New")], later)
    engine.put([an_entry("1", "Old")], later - 1)
    engine.put([an_entry("2", "Gone")], later - 1)
    engine.drop(["practice:2"], later)
    engine.put([an_entry("2", "Back from the dead")], later - 1)

    assert found(engine) == {"New"}


def test_the_same_again_changes_nothing(engine):
    engine.replace([])

    for _ in range(2):
        engine.put([an_entry("1", "Once")], 10**16)

    assert found(engine) == {"Once"}


def test_what_changes_during_a_rebuild_is_in_the_new_index(engine):
    engine.replace([an_entry("1", "Old"), an_entry("2", "Removed")])

    def entries():
        yield an_entry("1", "Old")
        engine.put([an_entry("1", "Changed meanwhile"), an_entry("3", "Added meanwhile")], 10**16)
        engine.drop(["practice:2"], 10**16)
        yield an_entry("2", "Removed")

    engine.replace(entries())

    assert found(engine) == {"Changed meanwhile", "Added meanwhile"}


def test_a_first_rebuild_can_be_searched_before_its_end(engine):
    seen = []

    def entries():
        for number in range(1001):
            yield an_entry(f"{number:04}", f"Lantern {number}")
        seen.append(len(found(engine)))

    engine.replace(entries())

    assert seen[0] > 0


def test_a_deleted_index_is_noticed_and_not_begun_again_empty(engine):
    a_case_study("Kept")
    indexer.drain()
    assert engine.faults() == []
    engine.client.indices.delete(index=list(engine.client.indices.get(index=f"{engine.indices.read}-*")))

    assert engine.faults() != []
    with pytest.raises(Unavailable):
        engine.put([an_entry("1", "Alone")])
    with pytest.raises(Unavailable):
        engine.find(Query(), EVERYBODY)

    indexer.rebuild()
    assert found(engine) == {"Kept"}


def test_a_cluster_that_is_away_is_a_notice_and_nothing_is_lost(db, settings):
    settings.SEARCH_URL = "elasticsearch://127.0.0.1:9"
    a_case_study("Waits")

    with pytest.raises(Unavailable):
        indexer.drain()
    answers = {
        address: Client().get(address).status_code
        for address in (
            "/en/search/?q=waits",
            "/en/search/suggest/?q=wa",
            "/en/",
            "/api/practices/?q=waits",
            "/health/ready",
        )
    }

    assert answers == {
        "/en/search/?q=waits": 200, "/en/search/suggest/?q=wa": 200, "/en/": 200, "/api/practices/?q=waits": 503, "/health/ready": 503,
    }  # fmt: skip
    assert OutboxRow.objects.count() > 0


@pytest.mark.parametrize("joined", [" ", " OR "])
def test_the_longest_question_stays_within_what_a_cluster_takes(engine, joined):
    words = [f"lanterns{letter}{other}" for letter in "abcdefgh" for other in "klmnopq"]
    engine.replace([an_entry("1", "Lanterns", body=" ".join(words))])

    assert engine.find(Query(text=joined.join(words)[:500]), EVERYBODY).total == 1


@pytest.mark.parametrize("hours", [-2, 2], ids=["back", "forward and back again"])
def test_a_change_is_indexed_though_the_clock_was_set(engine, hours):
    """As it is where two machines index in turn whose clocks differ."""
    page = a_case_study("Before")
    with time_machine.travel(timezone.now() + timedelta(hours=max(0, hours))):
        indexer.drain()
    page.title = "After"
    page.save_revision().publish()

    with time_machine.travel(timezone.now() + timedelta(hours=min(0, hours))):
        indexer.drain()

    assert found(engine) == {"After"}


def test_what_changed_during_a_rebuild_stays_though_the_clock_was_set_back(engine):
    page = a_case_study("Before")
    indexer.drain()

    def changed_meanwhile(items, _total):
        yield from list(items)
        page.title = "After"
        page.save_revision().publish()
        with time_machine.travel(timezone.now() - timedelta(hours=2)):
            indexer.step()

    indexer.rebuild(changed_meanwhile)

    assert found(engine) == {"After"}
    assert not OutboxRow.objects.exists()


TOO_LONG = "x" * 40_000  # for a value: the cluster refuses the document for good


def test_an_entry_the_cluster_refuses_holds_up_no_other(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.writing.CHUNK", 2)
    engine.replace([])
    entries = [an_entry(str(number), f"Lantern {number}") for number in range(5)]
    entries[1] = an_entry("1", "Refused", audience=("public", TOO_LONG))

    with pytest.raises(Refused) as refused:
        engine.put(entries)

    assert list(refused.value.keys) == ["practice:1"]
    assert "failed to parse field [audience]" in refused.value.keys["practice:1"]
    assert found(engine) == {"Lantern 0", "Lantern 2", "Lantern 3", "Lantern 4"}


def test_an_entry_no_document_can_be_made_of_holds_up_no_other(engine):
    engine.replace([])
    faulty = replace(an_entry("1", "Refused"), card={"holds": object()})

    with pytest.raises(Refused, match="practice:1: TypeError"):
        engine.put([faulty, an_entry("2", "Taken")])

    assert found(engine) == {"Taken"}


def test_a_rebuild_leaves_out_what_is_refused_and_says_so(engine, caplog):
    count = engine.replace([an_entry("1", "Refused", audience=(TOO_LONG,)), an_entry("2", "Taken")])

    assert (count, found(engine)) == (1, {"Taken"})
    (said,) = [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
    assert said.startswith("practice:1 is left out of the index: document_parsing_exception")


@pytest.mark.parametrize("state", ["closed", "blocked", "away"])
def test_what_an_index_can_t_take_now_is_not_refused_for_good(engine, state):
    engine.replace([an_entry("1", "Kept")])
    if state == "closed":
        engine.client.indices.close(index=engine.indices.read)
    elif state == "blocked":
        engine.client.indices.put_settings(index=engine.indices.read, settings={"index.blocks.write": True})
    else:
        engine.client.indices.delete(index=list(engine.client.indices.get(index=engine.indices.read)))

    with pytest.raises(Unavailable):
        engine.put([an_entry("2", "Waits")])
