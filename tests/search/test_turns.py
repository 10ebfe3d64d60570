"""One at a time, and nobody waits for the dead."""

import os
import signal
import time

import pytest

from search import indexer
from search.contract import Busy
from search.models import OutboxRow
from search.turns import turn
from tests.factories import a_case_study


def test_who_has_no_patience_is_told_that_another_is_at_it(tmp_path):
    with turn(tmp_path / "lock"), pytest.raises(Busy), turn(tmp_path / "lock", patience=0):
        pass


def test_who_waits_has_the_next_turn_when_the_one_before_was_killed(tmp_path):
    pid = os.fork()
    if pid == 0:
        with turn(tmp_path / "lock"):
            (tmp_path / "mine").touch()
            time.sleep(60)
    while not (tmp_path / "mine").exists():
        time.sleep(0.01)

    with pytest.raises(Busy), turn(tmp_path / "lock", patience=0.05):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

    with turn(tmp_path / "lock", patience=0):
        pass


def test_changes_wait_while_the_index_is_built_anew(db):
    a_case_study("Lantern walk 1")
    indexer.drain()
    page = a_case_study("Lantern walk 2")
    done = []

    def told(items, _total):
        done.append(indexer.step())
        yield from items

    indexer.rebuild(told)
    assert (done, [row.key for row in OutboxRow.objects.all()]) == ([0], [page.search_key])

    assert indexer.step() == 1
    assert not OutboxRow.objects.exists()


def test_two_never_index_at_once(db, settings):
    """The slower of two would write what it read before over what the other read after."""
    a_case_study("Lantern walk 1")
    indexer.drain()
    a_case_study("Lantern walk 2")

    with turn(settings.DATA_DIR / "indexer.lock"):
        assert (indexer.step(), OutboxRow.objects.count()) == (0, 1)

    assert (indexer.step(), OutboxRow.objects.count()) == (1, 0)
