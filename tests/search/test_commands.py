"""The search on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import engines, indexer
from search.models import OutboxRow
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

    call_command("search", 'yhteydet "rede nas" -robots country:PT', language="fi", explain=True)

    said = capsys.readouterr().out
    assert "concept factor/connectivity" in said
    assert "must 1: rede nas\n    exactly, in this order" in said
    assert "as the filter country:PT" in said
    assert "without 1: robots" in said
    assert "[pt] Rede nas escolas" in said
