"""A PostgreSQL database that goes when it was used: on the server named in TEST_POSTGRES_URL, or on one started for it."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class Unavailable(Exception):
    """This machine has no server to start; the message says what to install."""


@contextmanager
def database() -> Iterator[str]:
    """Its address."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        with _empty_database(given) as url:
            yield url
    else:
        with _server() as url, _empty_database(url) as made:
            yield made


@contextmanager
def _empty_database(server: str) -> Iterator[str]:
    name = f"praxis_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _server() -> Iterator[str]:
    """As it comes, but with as much memory for what was read as a server of its own would be given."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        raise Unavailable("PostgreSQL is not installed: install postgresql, or name a server in TEST_POSTGRES_URL")
    folder = Path(tempfile.mkdtemp(prefix="praxis-postgres-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        port = _free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c shared_buffers=512MB"
        data = folder / "data"
        _run(programs[-1], "-D", data, "-U", "praxis", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        control = programs[-1].with_name("pg_ctl")
        _run(control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://praxis@127.0.0.1:{port}/postgres"
        finally:
            _run(control, "-D", data, "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command) -> None:
    """PostgreSQL refuses to be run by root."""
    as_whom = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_whom, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
