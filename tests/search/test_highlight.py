"""What is marked in a text, and which stretch of it is shown."""

import re

import pytest

from practices.demo import loader
from search import analysis, concepts, highlight, wording
from vocabularies import labels

FILLER = "And then we went on as we had done before. " * 400


def passage(question: str, text: str, language: str = "en", asked_in: str = "en") -> str:
    return highlight.Marker(wording.read(question, asked_in)).passage([text], language)


def marked(html: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", html)


@pytest.mark.parametrize("before", ["", FILLER, FILLER * 5])
def test_a_word_is_shown_however_far_down_it_stands(db, before):
    assert marked(passage("robots", f"{before} The robots came. {FILLER}")) == ["robots"]


def test_a_label_is_marked_in_another_language_however_far_down_it_stands(db):
    asked, named = (labels.values("topic", language)["rural-education"].label for language in ("fi", "pt"))

    found = passage(asked, f"{FILLER} {named}. {FILLER}", language="pt", asked_in="fi")

    assert [words.lower() for words in marked(found)] == [named.lower()]


def test_the_stretch_that_holds_most_is_shown(db):
    text = f"A robot. {FILLER[:1200]} Robots and radios, radios and robots. {FILLER}"

    assert marked(passage("robots radios", text)) == ["Robots", "radios", "radios", "robots"]


def test_of_a_phrase_only_its_words_in_order_are_marked_and_shown(db):
    text = f"{'The end of the road and of the river. ' * 40} Here came the school of the future. {FILLER}"

    found = passage('"School of the future"', text)

    assert marked(found) == ["school of the future"]
    assert marked(passage('"escola e participacao"', "Uma escola e participação", "pt", "pt")) == [
        "escola e participação"
    ]
    assert marked(passage('"school of the future"', "The future of a school.")) == []


@pytest.mark.parametrize("question", ["rural connectivity", "teacher training", "special needs assessment"])
def test_real_texts_are_marked_as_by_reading_every_word_of_them(db, question):
    asked = wording.read(question, "en")
    marker = highlight.Marker(asked)
    count = 0
    for told in loader.contents():
        language, text = told["language"], f"{told['summary']} {told.get('what_was_done') or ''}"[: highlight.SECTION]
        by_reading = _by_reading(asked, text, language)
        count += len(by_reading)

        assert marked(marker.whole(text, language)) == [highlight.escape(words) for words in by_reading], language
    assert count > 20


def _by_reading(asked: wording.Wording, text: str, language: str) -> list[str]:
    tokens = analysis.tokens(text, language)
    keys = asked.highlight_keys(language)
    found = [one for one in concepts.find(tokens, text, language) if one.concept in asked.concepts]
    numbers = {number for number, token in enumerate(tokens) if token.key in keys or token.plain in keys}
    spans = {(number, number) for number in numbers} | {(one.first, one.last) for one in found}
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return [text[tokens[first].start : tokens[last].end] for first, last in merged]
