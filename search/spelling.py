"""Did you mean: a word no text holds, replaced by the nearest word of the texts it led to. Only texts the asker sees are looked at."""

import re

from search import analysis
from search.contract import Hit

MOST_SLIPS = 2


def instead(text: str, unknown: tuple[str, ...], language: str, hits: tuple[Hit, ...]) -> str:
    """The question with its unknown words replaced; empty where there is nothing better to ask."""
    meant = text
    for word in unknown:
        nearest = _nearest(word, hits)
        if nearest:
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
            meant = pattern.sub(lambda _match, nearest=nearest: nearest, analysis.normalise(meant))
    return meant if analysis.normalise(meant) != analysis.normalise(text) else ""


def _nearest(word: str, hits: tuple[Hit, ...]) -> str:
    if len(word) < 4:
        return ""
    allowed = 1 if len(word) < 8 else MOST_SLIPS
    seen = {token.word for hit in hits for token in analysis.tokens(f"{hit.title} {hit.summary}", hit.language)}
    folded = analysis.fold(word)
    ranked = sorted((slips(folded, analysis.fold(other), allowed), other) for other in seen)
    return ranked[0][1] if ranked and 0 < ranked[0][0] <= allowed else ""


def slips(one: str, other: str, most: int) -> int:
    """How many letters were added, left out, mistaken or swapped with their neighbour; more than `most` is only told as most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
