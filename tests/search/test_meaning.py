"""What the words of a question mean: first what they are in the reader's language, then what they name in others."""

import pytest
from django.core.management import call_command
from django.test import TestCase

from portal.languages import CODES
from search import analysis, concepts, engines, wording
from search.contract import PUBLIC
from search.query import Query
from search.stopwords import STOPWORDS
from tests.factories.entries import an_entry
from tests.factories.vocabularies import subjects


def found(text, language, *entries):
    if entries:
        engines.engine().replace(entries)
        engines.engine().refresh()
    hits = engines.engine().find(Query(text=text, language=language), frozenset({PUBLIC})).hits
    return [hit.key.partition(":")[2] for hit in hits]


def perhaps(text, language):
    return [concept for unit in wording.read(text, language).units for concept in unit.perhaps]


@pytest.mark.parametrize("language", CODES)
def test_a_reader_s_small_words_name_nothing(db, language):
    named = {
        word: unit.concepts + unit.perhaps
        for word in STOPWORDS[language]
        for unit in wording.read(word, language).units
        if unit.concepts or unit.perhaps
    }

    assert named == {}
    assert all(concepts.in_document(word, language) == [] for word in STOPWORDS[language])


@pytest.mark.parametrize(
    ("language", "asked", "title"),
    [
        ("es", "visita en el museo", "Una visita al museo"),
        ("it", "si visita lo zoo", "La visita allo zoo"),
        ("hu", "mi kutatás", "A kutatás napja"),
        ("ro", "vizită pe munte", "O vizită la munte"),
        ("en", "visit by boat", "A visit to the boat"),
        ("lt", "kelionė ar žygis", "Kelionė ir žygis"),
    ],
)
def test_a_sentence_is_found_without_its_small_words(db, language, asked, title):
    assert found(asked, language, an_entry("1", title, language), an_entry("2", "Quokka", language)) == ["1"]


def test_a_word_of_the_reader_s_language_is_no_concept_of_another_that_is_called_so(db):
    scheme, _slash, notation = perhaps("aula", "pt")[0].partition("/")
    words = an_entry("words", "Uma aula", "pt")
    named = an_entry("named", "Robots em Lisboa", "pt", **{scheme: [notation]})

    assert found("aula", "pt", words, named) == ["words"]
    assert found("aula", "pt", named) == ["named"]


def test_a_word_of_another_language_finds_what_it_names_there(db):
    named = an_entry("named", "Três caminhos", "pt", topic=["mathematics"])
    beside = an_entry("beside", "Dois caminhos", "pt", topic=["music"])

    assert found("Mathematik", "en", named, beside) == ["named"]


def test_what_a_word_of_another_language_names_is_told_and_marked_in_others(db):
    title = "Matemaattisia polkuja: matematiikka"
    engines.engine().replace([an_entry("named", title, "fi")])
    engines.engine().refresh()

    (hit,) = engines.engine().find(Query(text="Mathematik", language="en"), frozenset({PUBLIC})).hits

    assert hit.matched == (("mathematik", "matematiikka"),)
    assert hit.title_html.endswith("<mark>matematiikka</mark>")


def test_a_word_that_names_something_elsewhere_is_needed_beside_others(db):
    both = an_entry("both", "Três caminhos", "pt", topic=["mathematics", "rural-education"])
    one = an_entry("one", "Dois caminhos", "pt", topic=["rural-education"])

    assert found("Mathematik rural schools", "en", both, one) == ["both"]


@pytest.mark.parametrize(
    ("language", "word", "named"),
    [
        ("en", "Mathematik", True),
        ("en", "Mathematiker", False),
        ("mt", "Mathematikstunden", False),
        ("fi", "pe", False),
    ],
)
def test_other_languages_are_read_letter_by_letter(db, language, word, named):
    assert bool(perhaps(word, language)) is named


@pytest.mark.parametrize(
    ("asked", "named"), [("PE", True), ("pe", False), ("Retki PE", True), ("RETKI PE", False), ("retki pe", False)]
)
def test_a_short_word_is_read_in_other_languages_where_it_is_written_as_an_abbreviation(db, asked, named):
    assert ("topic/physical-education" in perhaps(asked, "fi")) is named


def test_a_word_that_must_not_be_there_is_no_concept_of_another_language(db):
    scheme, _slash, notation = perhaps("aula", "pt")[0].partition("/")
    named = an_entry("named", "Horta em Lisboa", "pt", **{scheme: [notation]})

    assert found("horta -aula", "pt", named) == ["named"]


def loaded(path):
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("load_vocabulary", path)


def in_document(text, language):
    return {one.concept for one in concepts.find(analysis.tokens(text, language), text, language)}


def test_a_loaded_vocabulary_takes_no_concept_of_a_facet_from_a_text(db, tmp_path):
    texts = [("school attendance", "en"), ("ammattikoulutus", "fi")]
    before = [in_document(*text) for text in texts]
    assert before == [{"sector/school"}, {"sector/vet", "level/isced-3"}]

    loaded(
        subjects(
            tmp_path,
            'attendance skos:prefLabel "school attendance"@en, "koulunkäynti"@fi',
            'training skos:prefLabel "vocational training"@en, "ammattikoulutus"@fi',
        )
    )

    assert in_document(*texts[0]) == before[0] | {"subject/attendance"}
    assert in_document(*texts[1]) == before[1] | {"subject/training"}


def test_what_a_question_found_by_a_facet_s_concept_it_finds_after_a_longer_label_was_loaded(db, tmp_path):
    school = an_entry("school", "Attendance", sector=["school"])
    beside = an_entry("beside", "Attendance")
    assert found("school attendance", "en", school, beside) == ["school"]

    loaded(subjects(tmp_path, 'attendance skos:prefLabel "school attendance"@en, "frequência escolar"@pt'))

    assert found("school attendance", "en", school, beside, an_entry("named", "Frequência escolar", "pt")) == [
        "school",
        "named",
    ]
