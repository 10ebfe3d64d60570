"""A vocabulary the operator loads carries questions from one language to another."""

import pytest
from django.core.management import call_command
from django.test import TestCase

from search import engines
from search.contract import PUBLIC
from search.query import Query
from tests.factories.entries import an_entry
from tests.factories.vocabularies import eurovoc, isced_f

BESIDE = an_entry("other", "Um dia na escola", "pt", body="Visitámos a cidade com os professores.")


def found(text, language):
    hits = engines.engine().find(Query(text=text, language=language), frozenset({PUBLIC})).hits
    return [hit.title for hit in hits]


def indexed(*entries):
    engines.engine().replace([*entries, BESIDE])
    engines.engine().refresh()


def assert_found_only_through(path, entries, asked):
    indexed(*entries)
    before = [found(text, language) for text, language, _title in asked]

    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("load_vocabulary", path)
    indexed(*entries)

    assert before == [[] for _question in asked]
    assert [found(text, language) for text, language, _title in asked] == [[title] for _text, _language, title in asked]


def test_isced_f_carries_a_question_from_one_language_to_another(db, shared_data, tmp_path):
    path = isced_f(shared_data / "vocabularies" / "vocab_isced", tmp_path / "isced-f.ttl")
    animals = an_entry(
        "animals", "Animais na quinta", "pt", body="Os alunos de ciências veterinárias trataram de cabras."
    )

    assert_found_only_through(
        path,
        [animals],
        [("eläinlääketiedettä", "fi", animals.texts[0].title), ("Κτηνιατρική", "el", animals.texts[0].title)],
    )


@pytest.mark.slow
def test_eurovoc_carries_a_question_from_one_language_to_another(db, shared_data, tmp_path):
    path = tmp_path / "eurovoc.ttl"
    assert eurovoc(shared_data / "vocabularies" / "vocab_eurovoc", path) > 7000
    trade = an_entry("trade", "Jogos de mercado", "pt", body="A turma simulou o comércio interno de um país pequeno.")

    assert_found_only_through(
        path,
        [trade],
        [("kotimaankaupasta", "fi", trade.texts[0].title), ("kummerċ domestiku", "mt", trade.texts[0].title)],
    )
