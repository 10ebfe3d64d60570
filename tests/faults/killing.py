"""Starts workers and kills them, and writes down what they said before they died."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Workers:
    """One at a time: forked, heard, and killed or let end."""

    process: subprocess.Popen
    killed: Counter = field(default_factory=Counter)  # by command

    def run(self, *command) -> list[str]:
        """What the worker said until it ended of itself."""
        self._start(*command)
        status, said = self._rest()
        assert status == 0
        return said

    def kill(self, *command, after: float) -> list[str]:
        """What the worker said before it was killed, so many seconds after it began its work."""
        pid = self.begin(*command)
        time.sleep(after)
        return self.end(pid, command[0])

    def begin(self, *command) -> int:
        pid = self._start(*command)
        assert self._line() == ["began"]
        return pid

    def end(self, pid: int, command: str) -> list[str]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status, said = self._rest()
        assert status in (0, -signal.SIGKILL)
        self.killed[command] += status == -signal.SIGKILL
        return said

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


def environment(data: Path) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**rest, "PRAXIS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}


@contextlib.contextmanager
def workers(program: str, data: Path, *mode: str) -> Iterator[Workers]:
    command = [sys.executable, "-m", f"tests.faults.{program}", *mode]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment(data), stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Workers(process)
        finally:
            process.stdin.close()
            process.wait(60)
