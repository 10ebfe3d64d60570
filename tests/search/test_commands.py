"""The search on the command line."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from search import engines, indexer
from search.models import IndexRun, OutboxRow
from tests.factories import a_case_study


def test_search_answers_as_the_interface_does(db):
    a_case_study("Rede", language="pt")
    indexer.drain()
    out = StringIO()

    call_command("search", "yhteydet", language="fi", json=True, stdout=out)

    answer = json.loads(out.getvalue())
    assert [row["title"] for row in answer["results"]] == ["Rede"]


def test_a_bad_facet_is_named(db):
    with pytest.raises(CommandError, match="level: Not known: primary"):
        call_command("search", "x", facet=["level=primary"])


def test_rebuild_fills_an_empty_index_and_follows_the_outbox(db):
    a_case_study("One")

    call_command("rebuild_index", stdout=StringIO())

    assert engines.engine().digests() == indexer.expected()
    assert not OutboxRow.objects.exists()


def test_explain_says_how_the_words_were_read(db, capsys):
    a_case_study("Rede nas escolas", language="pt")
    indexer.drain()

    call_command("search", 'yhteydet Mathematik "rede nas" -robots country:PT', language="fi", explain=True)

    said = capsys.readouterr().out
    assert "concept factor/connectivity" in said
    assert "concept topic/mathematics of other languages" in said
    assert "must 1: rede nas\n    exactly, in this order" in said
    assert "as the filter country:PT" in said
    assert "without 1: robots" in said
    assert "[pt] Rede nas escolas" in said


def test_a_rebuild_tells_how_far_it_is(db, monkeypatch):
    monkeypatch.setattr("search.runs.BEAT_ENTRIES", 1)
    for number in range(3):
        a_case_study(f"Lantern walk {number}")
    seen = []

    def told(items, _total):
        for item in items:
            seen.append(list(IndexRun.objects.values_list("done", "total", "finished_at")))
            yield item

    indexer.rebuild(told)

    assert seen == [[(0, 3, None)], [(1, 3, None)], [(2, 3, None)]]
    run = IndexRun.objects.get()
    assert (run.done, run.total, run.outcome, run.finished_at is None) == (3, 3, {"entries": 3}, False)


def test_a_second_rebuild_says_that_it_follows_the_first(db):
    first = IndexRun.objects.create(kind=IndexRun.Kind.REBUILD, done=4, total=10)
    out = StringIO()

    call_command("rebuild_index", stdout=out)

    began = f"{timezone.localtime(first.started_at):%H:%M}"
    assert out.getvalue().splitlines() == [
        f"Another rebuild began at {began} (4 of 10 entries). This one begins when that has ended.",
        "0 entries indexed, 0 changes made meanwhile followed.",
    ]


def test_a_rebuild_that_died_is_closed_by_the_next(db):
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        IndexRun.objects.create(kind=IndexRun.Kind.REBUILD, done=4, total=10)
    out = StringIO()

    call_command("rebuild_index", stdout=out)

    assert "Another rebuild" not in out.getvalue()
    assert [run.outcome for run in IndexRun.objects.order_by("pk")] == [{"error": "It broke off."}, {"entries": 0}]
    assert not IndexRun.objects.filter(finished_at=None).exists()


def test_without_its_cluster_a_rebuild_ends_with_a_word_instead_of_a_traceback(db, settings):
    settings.SEARCH_URL = "elasticsearch://127.0.0.1:9"
    a_case_study("One")

    with pytest.raises(CommandError, match="Elasticsearch doesn't answer"):
        call_command("rebuild_index", stdout=StringIO())

    assert IndexRun.objects.get().error
    assert OutboxRow.objects.exists()
