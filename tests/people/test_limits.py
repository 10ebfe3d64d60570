"""Limits on signing in hold for all processes together: what one has counted, the other knows."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
TOLD = "Too many failed login attempts. Try again later."
# A web process of its own: so many wrong passwords, and whether it stopped them.
PROCESS = f"""
import sys
import django
from django.conf import settings
from portal.settings import base
if sys.argv[2] == "shared":
    settings.CACHES = base.CACHES
django.setup()
from django.test import Client
for _time in range(int(sys.argv[1])):
    page = Client().post("/en/accounts/login/", {{"login": "x@example.org", "password": "wrong"}}).content.decode()
print({TOLD!r} in page)
"""


@pytest.fixture
def environment(django_db_setup, django_db_blocker, tmp_path) -> dict:
    """An installation in a folder, made from the one the tests run on."""
    if connection.vendor != "sqlite":
        pytest.skip("copies an SQLite database")
    with django_db_blocker.unblock(), sqlite3.connect(tmp_path / "praxis.sqlite3") as target:
        connection.ensure_connection()
        connection.connection.backup(target)  # outside a transaction: within one it would wait for itself
        target.execute(
            "CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires datetime NOT NULL)"
        )
    target.close()
    return {
        **os.environ,
        "PRAXIS_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'praxis.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }


def is_stopped(environment: dict, attempts: int, cache: str) -> bool:
    """A new process tries so often."""
    command = [sys.executable, "-c", PROCESS, str(attempts), cache]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip() == "True"


@pytest.mark.slow
def test_wrong_passwords_are_counted_across_processes(environment):
    assert [is_stopped(environment, 5, "shared"), is_stopped(environment, 1, "shared")] == [False, True]


@pytest.mark.slow
def test_with_a_cache_for_each_process_they_would_not_be(environment):
    """The control: each process stops what it has seen itself, and knows nothing of the other."""
    assert is_stopped(environment, 6, "own") is True
    assert [is_stopped(environment, 5, "own"), is_stopped(environment, 1, "own")] == [False, False]


def test_every_installation_counts_in_the_database():
    from portal.settings import base

    assert base.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
