"""A question that names a concept finds the same in every language, and shows every language its share."""

import statistics

import pytest

from benchmarks import concept_texts, concepts
from search import engines
from search.contract import PUBLIC
from search.query import Query
from tests.factories.entries import an_entry

LANGUAGES = ["de", "el", "en", "fi", "mt", "pl"]
ASKED_IN_SENTENCES = [
    "es",
    "hu",
    "it",
    "lt",
    "ro",
    "sv",
]  # with small words that are labels elsewhere: "el", "mi", "di", "ar", "pe", "är"
CHOSEN = ["factor/connectivity", "level/isced-1", "target/teachers", "topic/mathematics", "topic/rural-education"]


@pytest.fixture
def things(db, shared_data):
    return concept_texts.things()


@pytest.mark.parametrize(
    ("worded", "languages"), [(concept_texts.labels_of, LANGUAGES), (concept_texts.sentence_of, ASKED_IN_SENTENCES)]
)
def test_asked_in_any_language_it_finds_what_it_finds_in_the_text_s_own(things, worded, languages):
    alone = concepts.pairs(things, CHOSEN, languages, concept_texts.labels_of)
    found = concepts.pairs(things, CHOSEN, languages, worded)

    across = concepts.ratios(found, alone)

    assert len(across) == 30
    assert statistics.fmean(across.values()) >= concepts.MEAN
    assert min(across.values()) >= concepts.WORST
    assert min(found.values()) > 0.5


def test_neither_the_reader_s_language_nor_english_drowns_the_others(things):
    over = concepts.shares(things, concepts.chosen(things, 20), LANGUAGES, concept_texts.labels_of)

    assert abs(statistics.fmean(over[language][language] for language in LANGUAGES)) <= concepts.FAIR
    assert abs(statistics.fmean(over[language]["en"] for language in LANGUAGES if language != "en")) <= concepts.FAIR


def found(text, *entries):
    engine = engines.engine()
    engine.replace(entries)
    engine.refresh()
    return [hit.key.partition(":")[2] for hit in engine.find(Query(text=text), frozenset({PUBLIC})).hits]


def test_what_an_author_declared_comes_before_what_a_title_and_that_before_what_a_text_names(db):
    entries = (
        an_entry("text", "Kolme polkua", "fi", body="Maaseudulla."),
        an_entry("title", "Maaseudulla", "fi"),
        an_entry("declared", "Três caminhos", "pt", topic=["rural-education"]),
        an_entry("own", "Three ways", body="Rural, rural schools."),
    )

    assert found("rural schools", *entries)[:2] == ["declared", "title"]
    assert set(found("rural schools", *entries)[2:]) == {"text", "own"}


def test_a_title_that_is_the_question_comes_before_titles_that_hold_more(db):
    entries = [an_entry(str(number), f"Rural schools, part {number}") for number in range(5)]

    assert found("rural schools", *entries, an_entry("whole", "Rural schools"))[0] == "whole"
