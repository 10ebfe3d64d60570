"""Which words an index is said to hold depends on what the asker may see, and on nothing that is gone."""

from search import engines
from search.engines.embedded.questions import Questions
from tests.factories.entries import an_entry

WORD = ("en:quokka",)


def known_to(*audience: str) -> bool:
    engine = engines.engine()
    engine.refresh()
    current, asker = engine._current(), frozenset(audience)
    questions = Questions(current.index.schema, current.remembered.searcher)
    return questions.known(asker, current.remembered.hidden(asker)).visible([WORD])[0]


def entries(count: int, title: str, audience: str, start: int = 0) -> list:
    return [an_entry(str(number), title, audience=(audience,)) for number in range(start, start + count)]


def test_what_only_others_may_read_is_not_known(db):
    engines.engine().replace([*entries(3, "A walk", "public"), *entries(5, "The quokka", "members", start=3)])

    assert (known_to("public"), known_to("public", "members")) == (False, True)


def test_one_text_among_many_is_enough(db):
    engines.engine().replace([*entries(8, "A walk", "public"), *entries(1, "The quokka", "public", start=8)])

    assert known_to("public")


def test_what_is_gone_is_not_known_though_its_words_still_lie_in_the_index(db):
    engines.engine().replace([*entries(9, "A walk", "public"), *entries(6, "The quokka", "public", start=9)])
    before = known_to("public")
    engines.engine().drop([f"practice:{number}" for number in range(9, 15)])

    assert (before, known_to("public")) == (True, False)
