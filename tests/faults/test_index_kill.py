"""kill -9 of who indexes while others save: the index holds what the database holds, whoever died when."""

import json
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path

import pytest

from tests.faults.killing import Workers, workers

KILLS, ENOUGH = 30, 2000  # of indexers and workers; acknowledged saves
KILLS_OF_THE_FORGETFUL, KILLS_OF_REBUILDS = 8, 8
MOST_KILLS = 60  # of the forgetful, until it has lost something
SHORTEST, LONGEST = 0.05, 0.5  # seconds of a life
CASE_STUDIES = 60
ROUNDS = range(300)
IN_STEP_WITHIN = 10.0  # seconds after the last start
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def filled(prepared, tmp_path_factory) -> Path:
    data = shutil.copytree(prepared, tmp_path_factory.mktemp("filled") / "praxis")
    with workers("indexing", data) as at_work:
        at_work.run("fill", CASE_STUDIES)
    return data


@pytest.fixture
def data(filled, tmp_path) -> Path:
    return shutil.copytree(filled, tmp_path / "praxis")


def saved(saver: Workers, count: int) -> dict[int, int]:
    """Each case study and the last of its edits that was acknowledged."""
    lines = [line.split() for line in saver.run("save", count) if line.startswith("acknowledged")]
    assert len(lines) == count
    return {int(page): int(year) for _word, page, year in lines}


def report(workers: Workers) -> dict:
    answer = json.loads(workers.run("report")[-1].partition(" ")[2])
    return {**answer, "years": {int(page): year for page, year in answer["years"].items()}}


def kill_while(saving: Future, at_work: Workers, commands: tuple[str, ...], kills: int, chance) -> None:
    def needed(_number: int) -> bool:
        return sum(at_work.killed.values()) < kills or not saving.done()

    for number in takewhile(needed, ROUNDS):
        at_work.kill(commands[number % len(commands)], after=chance.uniform(SHORTEST, LONGEST))


def seconds_until_in_step(reader: Workers) -> float:
    began = time.monotonic()
    state = {"waiting": 1}
    while (state["waiting"] or state["differ"]) and time.monotonic() - began < 2 * IN_STEP_WITHIN:
        state = report(reader)
    return time.monotonic() - began


def test_index_and_database_agree_after_the_killing_of_indexers_and_workers(data, chance):
    with (
        workers("indexing", data) as saver,
        workers("indexing", data) as at_work,
        workers("indexing", data) as reader,
        ThreadPoolExecutor() as pool,
    ):
        before = report(reader)
        saving = pool.submit(saved, saver, ENOUGH)
        kill_while(saving, at_work, ("index", "work"), KILLS, chance)
        acknowledged = saving.result()
        last = at_work.begin("work")
        took = seconds_until_in_step(reader)
        at_work.end(last, "work")
        after = report(reader)

    print(f"killed: {dict(at_work.killed)}; {ENOUGH} saves acknowledged; in step {took:.1f} s after the last start")
    assert min(at_work.killed["index"], at_work.killed["work"]) >= KILLS // 2
    assert {page: after["years"][page] for page in acknowledged} == acknowledged
    assert (after["waiting"], after["differ"], after["faults"]) == (0, [], [])
    assert 0 < after["entries"] == after["found"] <= CASE_STUDIES
    assert took <= IN_STEP_WITHIN
    assert after["rebuilds"] == before["rebuilds"]  # they were in step by the outbox, not by beginning anew


def test_an_outbox_cleared_too_early_is_noticed_and_a_comparison_mends_it(data, chance):
    with (
        workers("indexing", data) as saver,
        workers("indexing", data, "forgetful") as at_work,
        workers("indexing", data) as reader,
        ThreadPoolExecutor() as pool,
    ):
        saving = pool.submit(saved, saver, ENOUGH // 8)
        kill_while(saving, at_work, ("index",), KILLS_OF_THE_FORGETFUL, chance)
        saving.result()
        state = report(reader)
        while (
            not state["forgotten"] and sum(at_work.killed.values()) < MOST_KILLS
        ):  # a later save may have mended all of it
            saved(saver, CASE_STUDIES)
            at_work.kill("index", after=chance.uniform(SHORTEST, LONGEST))
            state = report(reader)
        found = json.loads(reader.run("reconcile")[-1].partition(" ")[2])
        mended = report(reader)

    print(f"{len(state['forgotten'])} of {CASE_STUDIES} differ without a row in the outbox; compared: {found}")
    assert len(state["forgotten"]) >= 1
    assert found["stale"] + found["missing"] + found["surplus"] >= 1
    assert (mended["waiting"], mended["differ"]) == (0, [])


def test_a_rebuild_killed_again_and_again_leaves_the_index_that_serves(data, chance):
    with workers("indexing", data) as at_work:
        before = report(at_work)
        for _number in range(KILLS_OF_REBUILDS):
            at_work.kill("rebuild", after=chance.uniform(0, LONGEST))
        between = report(at_work)
        at_work.run("rebuild")
        after = report(at_work)

    print(f"killed: {dict(at_work.killed)}; folders left: {between['folders']}")
    assert at_work.killed["rebuild"] >= KILLS_OF_REBUILDS // 2
    for state in (between, after):
        assert (state["found"], state["differ"], state["faults"]) == (before["found"], [], [])
    assert after["folders"] <= 2
