"""Did you mean: a word no text holds, replaced by the nearest word of the texts it led to. Only texts the asker is shown are looked at."""

import re
from collections import Counter
from collections.abc import Iterable

from search import analysis
from search.contract import Text

SHORTEST, LONG = 4, 8  # letters: shorter words have too many neighbours, longer ones may hold two slips
LOOKED_AT = 2_500  # characters of a text from its title on: a page of long ones would take a second


def instead(text: str, unknown: tuple[str, ...], language: str, seen: Iterable[Text]) -> str:
    """The question with its unknown words replaced by words of the texts seen; empty where there is nothing better to ask."""
    if not unknown:
        return ""
    words = Counter(
        (token.word, token.key.partition(":")[2])
        for one in seen
        for token in analysis.tokens(_beginning(one), one.language)
    )
    found = {word: nearest for word in unknown if (nearest := _nearest(word, language, words))}

    def meant(match: re.Match) -> str:
        return found.get(analysis.normalise(match.group()), match.group())

    instead = analysis.WORD.sub(meant, text)
    return instead if instead != text else ""


def _beginning(text: Text) -> str:
    """Of a text, in whole words."""
    return f"{text.title} {text.summary} {text.body} "[:LOOKED_AT].rpartition(" ")[0]


def _nearest(word: str, language: str, seen: Counter) -> str:
    """By letters of the word or of its stem, then the more frequent."""
    if len(word) < SHORTEST:
        return ""
    most = 1 if len(word) < LONG else 2
    asked = (analysis.fold(word), analysis.stem(word, language))
    ranked = []
    for (other, stem), times in seen.items():
        distance = min(slips(asked[0], analysis.fold(other), most), slips(asked[1], stem, most))
        if distance <= most and other != word:
            ranked.append((distance, -times, other))
    return min(ranked)[2] if ranked else ""


def slips(one: str, other: str, most: int) -> int:
    """How many letters were added, left out, mistaken or swapped with their neighbour; more than `most` is only told as most + 1."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
