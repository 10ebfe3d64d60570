"""Building an index: what serves meanwhile, what is left by whom it was taken from, whose turn it is."""

import os
import signal
import threading
import time

import pytest

from search import engines, indexer
from search.contract import PUBLIC, Unavailable
from search.engines.elasticsearch import writing
from search.models import OutboxRow
from search.query import Query
from search.upkeep import Upkeep
from tests.factories import a_case_study
from tests.factories.entries import an_entry

EVERYBODY = frozenset({PUBLIC})


@pytest.fixture
def broken_off(engine, monkeypatch):
    """A first index whose building ended in the middle. -> the case studies it should hold"""
    monkeypatch.setattr("search.engines.elasticsearch.writing.CHUNK", 2)
    for number in range(5):
        a_case_study(f"Lantern {number}")
    OutboxRow.objects.all().delete()

    def cut(items, _total):
        for number, item in enumerate(items):
            if number == 3:
                raise RuntimeError("taken from us")
            yield item

    with pytest.raises(RuntimeError):
        indexer.rebuild(cut)


def found(engine) -> set[str]:
    engine.refresh()
    return {hit.title for hit in engine.find(Query(), EVERYBODY).hits}


def killed_while_building(engine) -> str:
    """The name of the index it leaves."""
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        engine._client = None

        def entries():
            yield from (an_entry(f"{number}", "Half") for number in range(3))
            while True:
                time.sleep(1)

        engine.replace(entries())
    before = set(engine.indices._ours())
    while not (left := set(engine.indices._ours()) - before):
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return left.pop()


def test_a_first_index_that_broke_off_serves_what_it_has_and_is_completed(engine, broken_off):
    faults, shown = engine.faults(), len(found(engine))

    Upkeep().mend()

    assert (faults, shown) == ([f"{faults[0].split()[0]} was never completed"], 2)
    assert engine.faults() == []
    assert engine.digests() == indexer.expected()


def test_an_index_under_way_is_no_fault(engine):
    told = []

    def entries():
        yield an_entry("1", "Lantern")
        told.append((engine.faults(), engine.doubts()))

    engine.replace(entries())

    assert told == [([], [])]
    assert engine.faults() == []


def test_what_a_killed_rebuild_left_stands_in_nobodys_way(engine):
    engine.replace([an_entry("1", "Kept")])
    left = killed_while_building(engine)
    engine.client.indices.put_settings(index=left, settings={"index.blocks.write": True})
    with pytest.raises(Unavailable):
        engine.put([an_entry("2", "Later")])

    assert engine.faults() == []
    engine.put([an_entry("2", "Later")])

    assert found(engine) == {"Kept", "Later"}
    assert left not in engine.client.indices.get(index=f"{engine.indices.read}-*")


def test_the_next_rebuild_removes_what_a_killed_one_left(engine):
    engine.replace([an_entry("1", "Kept")])
    left = killed_while_building(engine)

    def entries():
        assert left not in engine.client.indices.get(index=f"{engine.indices.read}-*")
        yield an_entry("1", "Anew")

    engine.replace(entries())

    assert found(engine) == {"Anew"}


def test_a_rebuild_ends_with_its_own_error_where_nothing_can_be_given_up(engine):
    engine.replace([an_entry("1", "Kept")])
    there = engine.client

    def entries():
        yield an_entry("1", "Half")
        engine._client = engines._engine("elasticsearch://127.0.0.1:9/away", str(engine._lock.parent)).client
        raise RuntimeError("the reason")

    with pytest.raises(RuntimeError, match="the reason"):
        engine.replace(entries())
    engine._client = there

    assert engine.faults() == []
    assert found(engine) == {"Kept"}


def test_of_two_rebuilds_the_second_waits_for_the_first(engine):
    engine.replace([an_entry("0", "Old")])
    begun, done = threading.Event(), []

    def slow():
        def entries():
            begun.set()
            for number in range(4):
                time.sleep(0.2)
                yield an_entry(str(number), f"First {number}")

        done.append(("first", engine.replace(entries())))

    first = threading.Thread(target=slow)
    first.start()
    begun.wait()
    done.append(("second", engine.replace([an_entry("1", "Second")])))
    first.join()

    assert done == [("first", 4), ("second", 1)]
    assert found(engine) == {"Second"}


def test_an_installation_whose_name_begins_like_ours_is_left_alone(engine, settings):
    ours = settings.SEARCH_URL
    settings.SEARCH_URL = f"{ours}-staging"
    staging = engines.engine()
    staging.replace([an_entry("9", "Theirs")])
    settings.SEARCH_URL = ours

    engine.replace([an_entry("1", "Ours")])

    assert (found(engine), found(staging)) == ({"Ours"}, {"Theirs"})
    staging.client.close()


def test_a_write_that_comes_too_late_brings_no_index_back(engine):
    engine.replace([an_entry("1", "Old")])
    (late,) = engine.indices.written()
    engine.replace([an_entry("1", "New")])

    with pytest.raises(Unavailable):
        writing.send(engine.client, writing.indexed(late, [("practice:2", {"key": "practice:2"})], 1))

    assert [name for name in engine.client.indices.get(index=f"{engine.indices.read}-*") if name in late] == []


def test_a_closed_index_is_a_fault_and_is_built_anew(engine):
    a_case_study("Lantern")
    indexer.drain()
    (closed,) = engine.client.indices.get(index=engine.indices.read)
    engine.client.indices.close(index=closed)

    assert engine.faults() == [f"{closed} is closed"]
    Upkeep().mend()

    assert engine.faults() == []
    assert found(engine) == {"Lantern"}
