"""kill -9 of a worker while it publishes: what was acknowledged is there, and nothing public is unknown to the search."""

import contextlib
import json
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS, ENOUGH = 30, 100  # of workers; acknowledged publications
SHORTEST, LONGEST = 0.05, 0.4  # seconds a worker publishes
DRAFTS = 180
ROUNDS = range(200)  # on a machine too slow for ENOUGH the test fails instead of going on for ever
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@dataclass
class Workers:
    """Starts workers and kills them, and writes down what they acknowledged before they died."""

    process: subprocess.Popen
    acknowledged: dict[int, int] = field(default_factory=dict)  # page: revision
    killed: Counter = field(default_factory=Counter)  # by command

    def run(self, *command) -> list[str]:
        """What the worker said until it ended of itself."""
        self._start(*command)
        status, said = self._rest()
        assert status == 0
        return said

    def kill(self, *command, after: float) -> list[str]:
        """What the worker said before it was killed, so many seconds after it began its work."""
        pid = self._start(*command)
        assert self._line() == ["began"]
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status, said = self._rest()
        assert status in (0, -signal.SIGKILL)
        self.killed[command[0]] += status == -signal.SIGKILL
        return said

    def publish_and_die(self, after: float) -> None:
        for line in self.kill("publish", after=after):
            _word, page, revision = line.split()
            self.acknowledged[int(page)] = int(revision)

    def needed(self, _number: int = 0) -> bool:
        return self.killed["publish"] < KILLS or len(self.acknowledged) < ENOUGH

    def _start(self, *command) -> int:
        self.process.stdin.write(" ".join(map(str, command)) + "\n")
        self.process.stdin.flush()
        _word, pid = self._line()
        return int(pid)

    def _line(self) -> list[str]:
        line = self.process.stdout.readline()
        assert line, "the parent of the workers died"
        return line.split()

    def _rest(self) -> tuple[int, list[str]]:
        said = []
        while not (line := self.process.stdout.readline()).startswith("ended"):
            assert line, "the parent of the workers died"
            said.append(line)
        return int(line.split()[1]), said

    def report(self) -> dict:
        answer = json.loads(self.run("report")[-1].partition(" ")[2])
        return {**answer, "live": {int(page): revision for page, revision in answer["live"].items()}}


def environment(data: Path) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**rest, "PRAXIS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}


@contextlib.contextmanager
def workers(data: Path, *mode: str) -> Iterator[Workers]:
    command = [sys.executable, "-m", "tests.faults.publishing", *mode]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment(data), stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Workers(process)
        finally:
            process.stdin.close()
            process.wait(60)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A portal whose editors have much to read."""
    data = tmp_path_factory.mktemp("desk")
    subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL
    )
    with workers(data) as at_work:
        at_work.run("draft", DRAFTS)
    return data


@pytest.fixture
def data(desk, tmp_path) -> Path:
    return shutil.copytree(desk, tmp_path / "praxis")


@pytest.fixture
def chance() -> random.Random:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    return random.Random(seed)


def test_no_acknowledged_publication_is_lost_and_none_is_unknown_to_the_search(data, chance):
    with workers(data) as at_work:
        for number in takewhile(at_work.needed, ROUNDS):
            at_work.publish_and_die(after=chance.uniform(SHORTEST, LONGEST))
            if number % 3 == 0:
                at_work.kill("index", after=chance.uniform(0, 0.1))
            if number % 5 == 0:
                at_work.run("index")
        at_work.publish_and_die(after=LONGEST)
        before = at_work.report()
        at_work.run("index")
        after = at_work.report()

    print(f"killed: {dict(at_work.killed)}, {len(at_work.acknowledged)} acknowledged, {len(before['live'])} live")
    assert not at_work.needed()
    assert {page: before["live"].get(page) for page in at_work.acknowledged} == at_work.acknowledged
    assert before["waiting"] > 0
    for state in (before, after):
        assert (state["half"], state["unannounced"], state["only in the index"]) == ([], [], [])
    assert after["waiting"] == 0


def test_without_the_outbox_in_the_transaction_the_same_kills_are_noticed(data, chance):
    with workers(data, "torn") as at_work:
        for _number in takewhile(at_work.needed, ROUNDS):
            at_work.publish_and_die(after=chance.uniform(SHORTEST, LONGEST))
        state = at_work.report()

    print(f"{len(state['unannounced'])} of {len(state['live'])} live and unknown to the search")
    assert not at_work.needed()
    assert len(state["unannounced"]) >= 1
    assert {page: state["live"].get(page) for page in at_work.acknowledged} == at_work.acknowledged
