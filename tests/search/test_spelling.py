"""Did you mean: quick however long the texts are and in however many languages, and in whole words of what is shown."""

import time
from dataclasses import replace

import pytest

from portal.languages import CODES
from practices.demo import loader
from search import engines, hits, spelling
from search.contract import PUBLIC, Entry, Text
from search.query import PAGE_SIZE, Query
from tests.factories.entries import an_entry

QUICK = 0.1  # seconds of one processor


def found(text: str, *entries: Entry):
    engine = engines.engine()
    engine.replace(entries)
    engine.refresh()
    return engine.find(Query(text=text, language="en"), frozenset({PUBLIC}))


def told(language: str) -> str:
    """What the demonstration tells in a language."""
    texts = [one.get("translations", {}).get(language) or one for one in loader.contents()]
    return " ".join(f"{one['summary']} {one.get('what_was_done', '')}" for one in texts)


def test_a_page_of_long_texts_in_every_language_is_looked_through_in_a_moment():
    texts = tuple(Text(code, "Lantern walk", "", told(code), "/") for code in CODES)
    shown = [(replace(an_entry(str(number), "Lantern walk"), texts=texts), 1.0) for number in range(PAGE_SIZE)]
    started = time.process_time()

    instead = spelling.instead("lantern wlak", ("wlak",), "en", hits.texts(shown, Query(language="en")))

    assert instead == "lantern walk"
    assert time.process_time() - started < QUICK


def test_the_word_offered_is_of_a_text_that_is_shown(db):
    entry = an_entry("1", "Lantern walk")
    finnish = replace(entry.texts[0], language="fi", title="Quokka")

    assert found("lantern quoka", replace(entry, texts=(*entry.texts, finnish))).instead == ""


def test_only_the_beginning_of_a_text_is_looked_at_in_whole_words():
    def offered(body: str) -> str:
        return spelling.instead("quoka", ("quoka",), "en", [Text("en", "", "", body, "/")])

    cut = "a " * (spelling.LOOKED_AT // 2 - len("  quokka") // 2) + "quokkas"  # at its last letter

    assert offered("a quokka") == "quokka"
    assert offered(cut) == ""
    assert offered("a " * spelling.LOOKED_AT + "quokka") == ""


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("walk", "walk", 0), ("wlak", "walk", 1), ("walks", "walk", 1), ("wlaks", "walk", 2), ("wlkas", "stone", 3)],
)
def test_slips_are_counted_up_to_the_most_that_is_allowed(one, other, distance):
    assert spelling.slips(one, other, 2) == distance
    assert spelling.slips(one, other, 1) == min(distance, 2)
