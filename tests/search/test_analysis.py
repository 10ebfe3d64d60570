"""From text to words: what is one word, and where it stands, however it was typed or pasted."""

import pytest

from portal.languages import CODES
from search import analysis, engines
from search.query import Query
from tests.factories.entries import an_entry

EVERYBODY = frozenset({"public"})


def keys(text: str, language: str) -> set[str]:
    return set(analysis.keys(analysis.tokens(text, language)))


def words(text: str, language: str = "en") -> list[str]:
    return [token.word for token in analysis.tokens(text, language)]


def found_as(question: str, title: str, language: str) -> list[str]:
    """The title as it is shown to who asks the question, where it is found."""
    engine = engines.engine()
    engine.replace([an_entry("1", title, language), an_entry("2", "Quokka", language)])
    engine.refresh()
    return [hit.title_html for hit in engine.find(Query(text=question, language=language), EVERYBODY).hits]


@pytest.mark.parametrize(
    ("language", "title", "question", "shown"),
    [
        ("fr", "L'astronomie au village", "astronomie", "L&#x27;<mark>astronomie</mark> au village"),
        ("fr", "L’apprentissage", "apprentissage", "L’<mark>apprentissage</mark>"),
        ("fr", "Astronomie au village", "l'astronomie", "<mark>Astronomie</mark> au village"),
        ("fr", "Usage d'ordinateurs", "ordinateur", "Usage d&#x27;<mark>ordinateurs</mark>"),
        ("fr", "Lorsqu’apprendre amuse", "apprendre", "Lorsqu’<mark>apprendre</mark> amuse"),
        ("it", "L'orto", "orto", "L&#x27;<mark>orto</mark>"),
        ("it", "Astronomia in paese", "dell'astronomia", "<mark>Astronomia</mark> in paese"),
        ("mt", "Astronomija f'Marsaxlokk", "Marsaxlokk", "Astronomija f&#x27;<mark>Marsaxlokk</mark>"),
        ("ga", "Leabhar d'astralaíocht", "astralaíocht", "Leabhar d&#x27;<mark>astralaíocht</mark>"),
        ("pt", "Um copo d'água", "água", "Um copo d&#x27;<mark>água</mark>"),
    ],
)
def test_a_word_is_found_and_marked_whatever_was_elided_before_it(db, language, title, question, shown):
    assert found_as(question, title, language) == [shown]


@pytest.mark.parametrize("language", CODES)
def test_a_name_with_an_apostrophe_is_one_word_in_all_its_spellings(language):
    spellings = ["O'Brien", "O’Brien", "OʼBrien", "OBrien", "o'brien"]

    assert set().union(*(keys(spelt, language) for spelt in spellings)) == keys("obrien", language)
    assert all(len(words(spelt, language)) == 1 for spelt in spellings)


def test_a_name_that_begins_with_an_elision_is_found_from_every_language():
    """A question's words are looked for in all languages: an elision has to mean the same in each."""
    assert {tuple(words("L'Oréal", language)) for language in CODES} == {("oréal",)}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("aujourd'hui", ["aujourdhui"]),
        ("d'aujourd'hui", ["aujourdhui"]),
        ("rock'n'roll", ["rocknroll"]),
        ("all's well", ["alls", "well"]),
        ("the d's", ["the", "ds"]),
        ("qu'il", ["il"]),
        ("l'", ["l"]),
    ],
)
def test_only_what_is_elided_is_left_out(text, read):
    assert words(text) == read


@pytest.mark.parametrize(
    ("language", "title", "question", "shown"),
    [
        ("fr", "E\u0301toiles du village", "étoiles", "<mark>E\u0301toiles</mark> du village"),
        ("en", "Two cafe\u0301s", "cafés", "Two <mark>cafe\u0301s</mark>"),
        ("en", "A cafe\u0301 here", "café", "A <mark>cafe\u0301</mark> here"),
        ("fr", "L'e\u0301cole", "école", "L&#x27;<mark>e\u0301cole</mark>"),
        ("de", "Sternen\u00adkunde im Dorf", "Sternenkunde", "<mark>Sternen\u00adkunde</mark> im Dorf"),
        ("de", "Sternenkunde im Dorf", "Sternen\u00adkunde", "<mark>Sternenkunde</mark> im Dorf"),
        ("de", "Sternen\u200bkunde", "Sternenkunde", "<mark>Sternen\u200bkunde</mark>"),
        ("de", "Stern\u200cen\u200dkunde", "Sternenkunde", "<mark>Stern\u200cen\u200dkunde</mark>"),
    ],
)
def test_accents_typed_apart_and_invisible_characters_leave_a_word_whole(db, language, title, question, shown):
    assert found_as(question, title, language) == [shown]


def test_invisible_characters_around_a_word_are_no_part_of_it():
    text = "\u200bSternen\u00adkunde\u200b im\u00ad Dorf"

    assert [text[token.start : token.end] for token in analysis.tokens(text, "de")] == [
        "Sternen\u00adkunde",
        "im",
        "Dorf",
    ]


def test_in_writing_without_spaces_a_part_is_found(db):
    assert found_as("学校", "学校教育 in the village", "en") == ["<mark>学</mark><mark>校</mark>教育 in the village"]
    assert words("Das 学校 hier") == ["das", "学", "校", "hier"]


@pytest.mark.parametrize(
    "text", ["il-kotba", "l-iskola", "fl-iskola", "tal-lingwa", "bil-Malti", "iċ-ċentru", "ta' Malta"]
)
def test_what_stands_before_a_hyphen_in_maltese_needs_not_be_found(text):
    before, _word = analysis.tokens(text, "mt")

    assert analysis.is_stopword(before.word, "mt")


def test_reading_words_takes_no_longer_than_the_text_is_long():
    for text in ("\u0301" * 100_000, "a\u00ad" * 100_000, "a" + "\u00ad" * 100_000, "l'" * 100_000, "x'’" * 100_000):
        assert len(words(text)) <= 100_000


@pytest.mark.parametrize("written", ["της", "ΤΗΣ", "στους", "είναι", "ΕΙΝΑΙ", "Πώς"])
def test_greek_small_words_are_small_whatever_their_sigma_and_their_accents(written):
    assert analysis.is_stopword(analysis.normalise(written), "el")
