"""kill -9 of a worker while it publishes: what was acknowledged is there, and nothing public is unknown to the search."""

import json
import shutil
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pytest

from tests.faults.killing import Workers, workers

KILLS, ENOUGH = 30, 100  # of workers; acknowledged publications
SHORTEST, LONGEST = 0.05, 0.4  # seconds a worker publishes
DRAFTS = 180
ROUNDS = range(500)  # on a machine too slow for ENOUGH the test fails instead of going on for ever
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@dataclass
class Publishing:
    """Kills workers and keeps what they acknowledged before they died."""

    workers: Workers
    acknowledged: dict[int, int] = field(default_factory=dict)  # page: revision

    def publish_and_die(self, after: float) -> None:
        for line in self.workers.kill("publish", after=after):
            _word, page, revision = line.split()
            self.acknowledged[int(page)] = int(revision)

    def needed(self, _number: int = 0) -> bool:
        return self.workers.killed["publish"] < KILLS or len(self.acknowledged) < ENOUGH

    def report(self) -> dict:
        answer = json.loads(self.workers.run("report")[-1].partition(" ")[2])
        return {**answer, "live": {int(page): revision for page, revision in answer["live"].items()}}


@pytest.fixture(scope="module")
def desk(prepared, tmp_path_factory) -> Path:
    """A portal whose editors have much to read."""
    data = shutil.copytree(prepared, tmp_path_factory.mktemp("desk") / "praxis")
    with workers("publishing", data) as at_work:
        at_work.run("draft", DRAFTS)
    return data


@pytest.fixture
def data(desk, tmp_path) -> Path:
    return shutil.copytree(desk, tmp_path / "praxis")


def test_no_acknowledged_publication_is_lost_and_none_is_unknown_to_the_search(data, chance):
    with workers("publishing", data) as forked:
        at_work = Publishing(forked)
        for number in takewhile(at_work.needed, ROUNDS):
            at_work.publish_and_die(after=chance.uniform(SHORTEST, LONGEST))
            if number % 3 == 0:
                forked.kill("index", after=chance.uniform(0, 0.1))
            if number % 5 == 0:
                forked.run("index")
        at_work.publish_and_die(after=LONGEST)
        before = at_work.report()
        forked.run("index")
        after = at_work.report()

    print(f"killed: {dict(forked.killed)}, {len(at_work.acknowledged)} acknowledged, {len(before['live'])} live")
    assert not at_work.needed()
    assert {page: before["live"].get(page) for page in at_work.acknowledged} == at_work.acknowledged
    assert before["waiting"] > 0
    for state in (before, after):
        assert (state["half"], state["unannounced"], state["only in the index"]) == ([], [], [])
    assert after["waiting"] == 0


def test_without_the_outbox_in_the_transaction_the_same_kills_are_noticed(data, chance):
    with workers("publishing", data, "torn") as forked:
        at_work = Publishing(forked)
        for _number in takewhile(at_work.needed, ROUNDS):
            at_work.publish_and_die(after=chance.uniform(SHORTEST, LONGEST))
        state = at_work.report()

    print(f"{len(state['unannounced'])} of {len(state['live'])} live and unknown to the search")
    assert not at_work.needed()
    assert len(state["unannounced"]) >= 1
    assert {page: state["live"].get(page) for page in at_work.acknowledged} == at_work.acknowledged
