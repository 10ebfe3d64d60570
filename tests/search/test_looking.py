"""The look at every byte: put off while another process writes, and not for an hour."""

import shutil

import pytest
from django.utils import timezone

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
    """An index nobody has opened yet: who has it open would not live through what is done to it. A comparison isn't due."""
    a_case_study("Lantern walk")
    indexer.drain()
    IndexRun.objects.create(kind=IndexRun.Kind.RECONCILE, finished_at=timezone.now())
    settings.DATA_DIR = tmp_path / "copy"
    return shutil.copytree(tmp_path / "index", settings.DATA_DIR / "index")


def rebuilds() -> int:
    return IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD, outcome__has_key="entries").count()


def test_what_another_process_writes_when_the_worker_starts_is_looked_at_a_minute_later(home, clock):
    before, duty = rebuilds(), Upkeep()
    flip(part(home, "store"))  # no glance can see it

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
    flip(part(home, "store"))

    def full(_source=None):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(indexer, "all_entries", full)
        duty.turn()
    clock(upkeep.AGAIN_AFTER + 1)
    duty.turn()

    assert rebuilds() == before + 1


def test_a_sound_index_is_looked_at_once_an_hour(home, clock):
    before, duty = rebuilds(), Upkeep()
    duty.turn()
    flip(part(home, "store"))

    clock(upkeep.CHECK_EVERY - 10)
    duty.turn()
    assert rebuilds() == before
    clock(11)
    duty.turn()

    assert rebuilds() == before + 1
