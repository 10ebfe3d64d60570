"""What a question's words ask for, engine by engine alike: units that must be met, each in one of several ways.

"yhteydet maaseudulla" becomes two units; each is met by the words themselves or, in any language, by the concept they name.
"""

from dataclasses import dataclass
from math import ceil

from portal.languages import CODES
from search import analysis, concepts

MAX_UNITS = 24  # words beyond these add cost and no meaning


@dataclass(frozen=True)
class Unit:
    words: tuple[str, ...]  # normalised, as asked
    keys: tuple[tuple[str, ...], ...]  # for each word, its keys: the reader's language first
    concepts: tuple[str, ...]  # scheme/notation: any of them meets the unit
    last: bool = False  # the word may still be being typed


@dataclass(frozen=True)
class Wording:
    units: tuple[Unit, ...]
    needed: int  # how many units a hit must meet

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(concept for unit in self.units for concept in unit.concepts)

    def highlight_keys(self, language: str) -> set[str]:
        """Keys to mark in a text of `language`."""
        return {key for unit in self.units for word in unit.keys for key in word if key.startswith(f"{language}:")}


def read(text: str, language: str) -> Wording:
    tokens = analysis.tokens(text, language)[:MAX_UNITS]
    spans = _spans(concepts.in_question(text, language), len(tokens))
    units, at = [], 0
    while at < len(tokens):
        last, named = spans.get(at, (at, ()))
        part = tokens[at : last + 1]
        meaningless = (
            not named and len(tokens) > 1 and all(analysis.is_stopword(token.word, language) for token in part)
        )
        if not meaningless:
            keys = tuple(_keys(token.word, language) for token in part)
            typing = last == len(tokens) - 1 and not text.endswith(" ")
            units.append(Unit(tuple(token.word for token in part), keys, tuple(named), typing))
        at = last + 1
    return Wording(tuple(units), len(units) if len(units) <= 3 else ceil(len(units) * 0.7))


def _spans(found: list[concepts.Found], count: int) -> dict[int, tuple[int, tuple[str, ...]]]:
    """First token -> (last token, concepts named there); of overlapping ones the longer."""
    by_place: dict[tuple[int, int], list[str]] = {}
    for one in found:
        if one.last < count:
            by_place.setdefault((one.first, one.last), []).append(one.concept)
    taken: set[int] = set()
    spans = {}
    for (first, last), named in sorted(by_place.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0])):
        place = set(range(first, last + 1))
        if not place & taken:
            taken |= place
            spans[first] = (last, tuple(dict.fromkeys(named)))
    return spans


def _keys(word: str, language: str) -> tuple[str, ...]:
    """The word's key in the reader's language, then in every other: names and borrowed words are found everywhere."""
    codes = [language, *(code for code in CODES if code != language)]
    return tuple(
        dict.fromkeys(key for code in codes for key in (analysis.key(word, code), analysis.plain_key(word, code)))
    )
