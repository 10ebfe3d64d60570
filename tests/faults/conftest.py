"""A prepared portal to copy, and chance that tells its seed."""

import random
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import ROOT, environment


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("prepared")
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL)
    return data


@pytest.fixture
def chance() -> random.Random:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    return random.Random(seed)
