"""The look at every byte: put off while another process writes, and not for an hour."""

import pytest

from search import engines, indexer, upkeep
from search.engines.embedded.home import Home
from search.models import IndexRun
from search.upkeep import Upkeep
from tests.factories import a_case_study
from tests.factories.damage import flip, part


@pytest.fixture
def clock(monkeypatch):
    """Sets it forward."""
    at = [1000.0]
    monkeypatch.setattr(upkeep.time, "monotonic", lambda: at[0])
    return lambda seconds: at.__setitem__(0, at[0] + seconds)


@pytest.fixture
def home(db, settings, tmp_path):
    """An index with a bit flipped, which no glance can see."""
    a_case_study("Lantern walk")
    indexer.drain()
    home = tmp_path / "index"
    flip(part(home, "store"))
    return home


def rebuilds() -> int:
    return IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD, outcome__has_key="entries").count()


def test_what_another_process_writes_when_the_worker_starts_is_looked_at_a_minute_later(home, clock):
    before, duty = rebuilds(), Upkeep()

    with Home(home).turn():
        duty.turn()
        clock(upkeep.AGAIN_AFTER - 10)
        duty.turn()
    assert rebuilds() == before
    clock(11)
    duty.turn()

    assert rebuilds() == before + 1
    assert engines.engine().faults() == []


def test_a_mending_that_failed_is_tried_again_a_minute_later(home, clock, monkeypatch):
    before, duty = rebuilds(), Upkeep()

    def full(_source=None):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(indexer, "all_entries", full)
        duty.turn()
    clock(upkeep.AGAIN_AFTER + 1)
    duty.turn()

    assert rebuilds() == before + 1


def test_a_sound_index_is_looked_at_once_an_hour(db, clock, tmp_path):
    a_case_study("Lantern walk")
    indexer.drain()
    before, duty = rebuilds(), Upkeep()
    duty.turn()
    flip(part(tmp_path / "index", "store"))

    clock(upkeep.CHECK_EVERY - 10)
    duty.turn()
    assert rebuilds() == before
    clock(11)
    duty.turn()

    assert rebuilds() == before + 1
