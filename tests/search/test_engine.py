"""What the engine must do, whichever it is."""

from people.access import audience_of
from search import engines, indexer
from search.query import Query
from tests.factories import a_case_study


def find(text="", language="en", person=None, **facets):
    query = Query.from_params({"q": [text], "language": [language], **facets})
    return engines.engine().find(query, audience_of(person))


def titles(results):
    return [hit.title for hit in results.hits]


def test_finnish_words_find_a_portuguese_case_study_by_concept(db):
    a_case_study("Rede nas escolas rurais", language="pt", countries=["PT"])
    a_case_study("Robots in the city", topics=["robotics"], factors=[("ethics", "addressed", "")])
    indexer.drain()

    assert titles(find("yhteydet maaseudulla", "fi")) == ["Rede nas escolas rurais"]


def test_a_facet_ignores_its_own_selection_when_it_counts(db):
    a_case_study("One", countries=["PT"])
    a_case_study("Two", countries=["FI"])
    indexer.drain()

    results = find(country=["PT"])

    assert titles(results) == ["One"]
    assert {bucket.value: (bucket.count, bucket.selected) for bucket in results.facets["country"]} == {
        "PT": (1, True),
        "FI": (1, False),
    }
    assert [bucket.value for bucket in results.facets["factor"]] == ["connectivity", "connectivity:barrier"]
