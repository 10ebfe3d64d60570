"""Free text that holds no concept, found across languages."""

from search import engines, indexer, wording
from search.contract import PUBLIC
from search.query import Query
from tests.factories import a_case_study
from tests.factories.aligned import learn
from tests.factories.entries import an_entry

NEUTRAL = {"topics": (), "factors": (), "one_line_result": "Ok.", "summary": "Ok."}


def find(text, language):
    return engines.engine().find(Query.from_params({"q": [text]}, language), frozenset({PUBLIC}))


def titles(results):
    return [hit.title for hit in results.hits]


def test_a_finnish_word_without_a_concept_finds_a_portuguese_text_after_learning(db):
    a_case_study("Empréstimo de bicicletas", language="pt", **NEUTRAL)
    a_case_study("Uma cozinha", language="pt", **NEUTRAL)
    indexer.drain()
    assert not wording.read("polkupyörä", "fi").concepts
    assert titles(find("polkupyörä", "fi")) == []

    learn()

    assert titles(find("polkupyörä", "fi")) == ["Empréstimo de bicicletas"]


def test_the_found_word_is_marked_and_told_beside_the_word_asked(db):
    a_case_study("As bicicletas <b>novas</b>", language="pt", **NEUTRAL)
    indexer.drain()
    learn()

    hit = find("polkupyörät", "fi").hits[0]

    assert hit.title_html == "As <mark>bicicletas</mark> &lt;b&gt;novas&lt;/b&gt;"
    assert hit.matched == (("polkupyörät", "bicicletas"),)


def test_a_concept_met_in_another_language_is_told_by_its_words(db):
    a_case_study("Ensino na zona rural", language="pt", **NEUTRAL)
    indexer.drain()

    hit = find("maaseutu", "fi").hits[0]

    assert hit.matched == (("maaseutu", "zona rural"),)


def test_nothing_is_told_of_texts_in_the_readers_language_or_of_words_spelt_alike(db):
    a_case_study("Polkupyörä ja Moodle", language="fi", **NEUTRAL)
    a_case_study("Moodle em casa", language="pt", **NEUTRAL)
    indexer.drain()
    learn()

    assert {hit.language: hit.matched for hit in find("moodle", "fi").hits} == {"fi": (), "pt": ()}
    assert [(hit.language, hit.matched) for hit in find("polkupyörä moodle", "fi").hits] == [("fi", ())]


def test_hits_in_the_readers_language_keep_order_and_score(db):
    engine = engines.engine()
    finnish = [
        ("1", "Polkupyörä"), ("2", "Vanha polkupyörä koulussa"), ("3", "Polkupyörien lainaaminen"), ("4", "Keittiö"),
        ("5", "Kirjojen lainaaminen koulussa"),
    ]  # fmt: skip
    engine.replace([an_entry(key, title, "fi", body="polkupyörä " * int(key), text=["fi"]) for key, title in finnish])
    questions = (
        "polkupyörä",
        "polkupyörien lainaaminen",
        "vanha polkupyörä koulussa",
        "lainaaminen keittiö kirjat koulu",
    )

    def scores():
        engine.refresh()
        return [[(hit.key, hit.score) for hit in find(text, "fi").hits] for text in questions]

    before = scores()
    learn()

    assert scores() == before
    assert all(before)


def test_of_another_language_a_word_nobody_can_translate_may_be_missing_but_not_of_the_readers_own(db):
    engine = engines.engine()
    engine.replace([
        an_entry("pt", "As bicicletas", "pt", text=["pt"]),
        an_entry("fi", "Polkupyörä", "fi", text=["fi"]),
        an_entry("both", "Polkupyörä hyrrä", "fi", text=["fi"]),
    ])  # fmt: skip
    engine.refresh()
    learn()

    assert titles(find("polkupyörä hyrrä", "fi")) == ["Polkupyörä hyrrä", "As bicicletas"]


def test_of_two_words_that_can_be_translated_both_are_needed_and_of_four_half(db):
    engine = engines.engine()
    engine.replace([
        an_entry("one", "As bicicletas", "pt", text=["pt"]),
        an_entry("two", "Bicicletas e livros", "pt", text=["pt"]),
    ])  # fmt: skip
    engine.refresh()
    learn()

    assert titles(find("polkupyörät kirjat", "fi")) == ["Bicicletas e livros"]
    assert titles(find("vanhat polkupyörät kirjat keittiö", "fi")) == ["Bicicletas e livros"]
    assert titles(find("polkupyörä", "fi")) == ["As bicicletas", "Bicicletas e livros"]


def test_a_concept_in_the_question_is_needed_in_every_language(db):
    engine = engines.engine()
    engine.replace([
        an_entry("words", "Bicicletas, livros, cozinha", "pt", text=["pt"]),
        an_entry("concept", "Bicicletas e livros", "pt", text=["pt"], topic=["rural-education"]),
    ])  # fmt: skip
    engine.refresh()
    learn()

    assert titles(find("polkupyörät kirjat maaseudulla", "fi")) == ["Bicicletas e livros"]


def test_what_is_excluded_is_excluded_by_its_own_word_only(db):
    a_case_study("As bicicletas em casa", language="pt", **NEUTRAL)
    indexer.drain()
    learn()

    assert titles(find("bicicletas -casa", "pt")) == []
    assert titles(find("bicicletas -polkupyörä", "pt")) == ["As bicicletas em casa"]


def test_long_questions_stay_bounded(db):
    learn()

    words = wording.read("polkupyörä kirja lainaaminen keittiö " * 12, "fi")
    ways = [len(unit.ways[0]) + len(unit.translations[0]) for unit in words.units]

    assert len(words.units) == wording.MAX_UNITS
    assert sum(ways) <= wording.MAX_UNITS * wording.MAX_WAYS


def test_the_card_tells_which_word_stands_for_which_each_in_its_language(client, db):
    a_case_study("As bicicletas", language="pt", **NEUTRAL)
    indexer.drain()
    learn()

    page = client.get("/fi/search/?q=polkupy%C3%B6r%C3%A4t").content.decode()

    assert '<span lang="fi">polkupyörät</span> = <mark lang="pt">bicicletas</mark>' in page


def test_a_translation_is_found_marked_and_told_inside_a_compound(db):
    learn()
    a_case_study("Fahrradküche für alle", language="de", **NEUTRAL)
    a_case_study("Gartenarbeit für alle", language="de", **NEUTRAL)
    indexer.drain()

    (hit,) = find("cozinha", "pt").hits

    assert hit.title_html == "<mark>Fahrradküche</mark> für alle"
    assert hit.matched == (("cozinha", "Fahrradküche"),)


def test_a_word_that_is_still_being_typed_is_completed_in_the_readers_language_too(db):
    a_case_study("Polkupyöräilijät", language="fi", **NEUTRAL)
    a_case_study("As bicicletas", language="pt", **NEUTRAL)
    indexer.drain()
    learn()

    assert titles(find("polkupyörä", "fi")) == ["Polkupyöräilijät", "As bicicletas"]
    assert find("polkupyörä", "fi").instead == ""
