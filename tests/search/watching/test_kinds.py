"""Saved searches for other kinds of things than case studies."""

from django.http import QueryDict

from search.models import SavedSearch
from search.query import Query
from search.watching import questions
from tests.factories.kinds import registered


def saved(question):
    return SavedSearch(name="x", question=question, language="en")


def test_a_saved_search_keeps_its_kind_and_says_it(db, monkeypatch):
    registered(monkeypatch)
    query = Query.from_params(QueryDict("kind=thread&q=lantern&page=2"))

    again = questions.of(saved(questions.canonical(query)))

    assert (again.query, again.faults) == (query.on_page(1), ())
    assert questions.described(again.query) == "Threads · lantern"


def test_a_search_for_a_kind_that_is_gone_is_not_asked_for_case_studies_instead(db, monkeypatch):
    registered(monkeypatch)

    assert not questions.of(saved("q=lantern&kind=zebra")).can_be_asked
    assert questions.of(saved("q=lantern&kind=thread&kind=zebra")).can_be_asked
