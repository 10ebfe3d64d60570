"""The whole way on PostgreSQL: prepare a database with the demonstration, start again, search."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from practices.demo import loader

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.xdist_group("postgres")]


@pytest.fixture(scope="module")
def server() -> str:
    url = os.environ.get("TEST_POSTGRES_URL", "")
    if not url:
        message = (
            "no PostgreSQL server is named in TEST_POSTGRES_URL, for example postgres://praxis@127.0.0.1:5432/postgres"
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return url


@pytest.fixture(scope="module")
def database(server) -> Iterator[str]:
    """The address of an empty database that goes when the tests are done."""
    name = f"praxis_test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def manage(database, tmp_path_factory) -> Callable[..., str]:
    """manage("search", "words") -> what the command printed."""
    data = tmp_path_factory.mktemp("praxis")
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PRAXIS_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("prepare", "--demo")
    assert not (data / "praxis.sqlite3").exists()
    return run


@pytest.fixture
def row(database, manage) -> Callable[[str], tuple]:
    def ask(sql: str) -> tuple:
        with psycopg.connect(database) as connection:
            return connection.execute(sql).fetchone()

    return ask


def test_the_demonstration_is_there_as_told_to_the_editors_and_the_public(row):
    told = loader.contents()
    unpublished = (loader.DRAFT, loader.SUBMITTED)
    translations = sum(len(one.get("translations", ())) for one in told if one["key"] not in unpublished)

    public = row("""SELECT count(*) FILTER (WHERE live), count(*) FILTER (WHERE NOT live)
                    FROM practices_casestudy JOIN wagtailcore_page ON id = page_ptr_id""")
    on_the_desk = row("SELECT count(*) FROM wagtailcore_workflowstate WHERE status = 'in_progress'")

    assert public == (len(told) - 2 + translations, 2)
    assert on_the_desk == (1,)


def test_finnish_words_find_case_studies_in_other_languages(manage, row):
    answer = json.loads(manage("search", "yhteydet maaseudulla", "--language", "fi", "--json"))
    in_database = row("""SELECT count(DISTINCT translation_key)
                         FROM practices_casestudy JOIN wagtailcore_page ON id = page_ptr_id WHERE live""")
    everything = json.loads(manage("search", "--json"))

    assert answer["count"] >= 1
    assert {found["language"] for found in answer["results"]} - {"fi"}
    assert (everything["count"],) == in_database
    assert row("SELECT count(*) FROM search_outboxrow") == (0,)


def test_a_facet_counts_what_the_database_holds(manage, row):
    counted = json.loads(manage("search", "--json"))["facets"]["outcome"]
    kept = row("""SELECT json_object_agg(notation, n) FROM (
                    SELECT concept.notation, count(DISTINCT page.translation_key) AS n
                    FROM practices_casestudy study
                    JOIN wagtailcore_page page ON page.id = study.page_ptr_id
                    JOIN vocabularies_concept concept ON concept.id = study.outcome_id
                    WHERE page.live GROUP BY concept.notation) AS counts""")[0]

    assert {value["value"]: value["count"] for value in counted if value["count"]} == kept


def test_a_second_start_adds_and_changes_nothing(manage, row):
    everything = "SELECT count(*), max(latest_revision_created_at) FROM wagtailcore_page"
    before = row(everything)

    said = manage("prepare", "--demo")

    assert row(everything) == before
    assert "demonstration case studies added" not in said
