"""Why a text in another language was found: the reader's words beside the words marked in it."""

import re
from html import unescape

from search import analysis, concepts
from search.translations import tables
from search.wording import Unit, Wording

MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
MOST = 3  # words explained: the rest is seen

Pair = tuple[str, str]  # asked, found


def matched(wording: Wording, language: str, *shown: str) -> tuple[Pair, ...]:
    """Pairs for a text of `language` that differs from the reader's, of what is marked in the HTML shown of it."""
    if language == wording.language:
        return ()
    marked = list(dict.fromkeys(unescape(words) for html in shown for words in MARKED.findall(html)))
    pairs = [pair for unit in wording.wanted for pair in _of_unit(unit, marked, language)]
    return tuple(dict.fromkeys(pair for pair in pairs if _differ(*pair)))[:MOST]


def _of_unit(unit: Unit, marked: list[str], language: str) -> list[Pair]:
    wanted = unit.concepts + unit.perhaps
    by_concept = [words for words in marked if wanted and _names(words, language, wanted)]
    if by_concept:
        return [(" ".join(unit.words), by_concept[0])]
    pairs = []
    for asked, _ways, translations in unit.met_by:
        weights = dict(translations)
        best = max(marked, key=lambda words: _weight(words, language, weights), default="")
        if best and _weight(best, language, weights):
            pairs.append((asked, best))
    return pairs


def _weight(words: str, language: str, weights: dict[str, float]) -> float:
    tokens = analysis.tokens(words, language)
    keys = (key for token in tokens for key in (*analysis.keys_of(token), *tables.parts(token.key)))
    return max((weights.get(key, 0.0) for key in keys), default=0.0)


def _names(words: str, language: str, wanted: tuple[str, ...]) -> bool:
    found = concepts.find(analysis.tokens(words, language), words, language)
    return any(one.concept in wanted for one in found)


def _differ(asked: str, found: str) -> bool:
    """Words spelt alike need no explaining."""
    return analysis.fold(asked) != analysis.fold(analysis.normalise(found))
