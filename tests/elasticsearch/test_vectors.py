"""Texts near in meaning, with a model of the operator's choice."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import vectors
from search.contract import PUBLIC
from search.query import Query
from tests.factories.entries import an_entry

EVERYBODY = frozenset({PUBLIC})


def found(engine, text, **chosen):
    return [hit.title for hit in engine.find(Query.from_params({"q": [text], **chosen}), EVERYBODY).hits]


@pytest.mark.parametrize("model", ["Themes", "Broken"])
def test_a_text_without_the_word_is_found_by_its_meaning(engine, settings, model):
    settings.SEARCH_VECTORS = f"tests.elasticsearch.letters.{model}"
    engine.replace(
        [
            an_entry("1", "Rowing at dawn", country=("FI",)),
            an_entry("2", "The choir of our village", country=("FI",)),
            an_entry("3", "A secret canoe", audience=("members",)),
            an_entry("4", "Kayak lessons", country=("PT",)),
        ]
    )

    expected = ["Kayak lessons", "Rowing at dawn"] if model == "Themes" else ["Kayak lessons"]
    assert found(engine, "kayak") == expected
    assert found(engine, '"kayak"') == ["Kayak lessons"]
    assert found(engine, "kayak", country=["FI"]) == expected[1:]


@pytest.mark.parametrize("text", ["kayak", '"kayak"', "violin"])
@pytest.mark.parametrize("chosen", [{}, {"country": ["FI"]}])
def test_alerts_tell_what_the_page_finds(engine, settings, text, chosen):
    settings.SEARCH_VECTORS = "tests.elasticsearch.letters.Themes"
    entries = [
        an_entry("1", "Rowing at dawn", country=("FI",)),
        an_entry("2", "The choir of our village", country=("FI",)),
        an_entry("3", "A secret canoe", audience=("members",), country=("FI",)),
        an_entry("4", "Kayak lessons", country=("PT",)),
    ]
    engine.replace(entries)
    query = Query.from_params({"q": [text], **chosen})

    shown = {hit.key for hit in engine.find(query, EVERYBODY).hits}
    told = engine.matching(query, EVERYBODY, [entry.key for entry in entries])

    assert set(told) == shown
    assert engine.matching(query, EVERYBODY, ["practice:2"]) == ["practice:2"] * ("practice:2" in shown)
    assert shown or text == '"kayak"'


def test_only_those_among_the_nearest_of_all_are_told(engine, settings):
    """Else a question about few would find what the page, asked about all, doesn't show."""
    settings.SEARCH_VECTORS = "tests.elasticsearch.letters.Near"
    engine.replace([an_entry("1", "Rowing at dawn"), an_entry("2", "Rowing, then a song")])
    query = Query.from_params({"q": ["kayak"]})

    assert [hit.key for hit in engine.find(query, EVERYBODY).hits] == ["practice:1"]
    assert engine.matching(query, EVERYBODY, ["practice:2"]) == []


def test_without_a_model_words_decide(engine):
    engine.replace([an_entry("1", "Rowing at dawn"), an_entry("2", "Kayak lessons")])

    assert found(engine, "kayak") == ["Kayak lessons"]


def test_a_model_that_is_none_is_told(settings):
    settings.SEARCH_VECTORS = "tests.elasticsearch.letters.THEMES"
    with pytest.raises((ImproperlyConfigured, TypeError)):
        vectors.model()

    settings.SEARCH_VECTORS = "tests.elasticsearch.nowhere.Model"
    with pytest.raises(ImproperlyConfigured, match="SEARCH_VECTORS"):
        vectors.model()
