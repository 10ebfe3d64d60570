"""What a question's words ask for, engine by engine alike: units that must be met, each in one of several ways.

"yhteydet maaseudulla" becomes two units; each is met by the words themselves or, in any language, by the concept they name.
"""

from dataclasses import dataclass
from math import ceil

from portal.languages import CODES
from search import analysis, concepts

MAX_UNITS = 24  # words beyond these add cost and no meaning
FOREIGN = 0.6  # what a word met in another language than the reader's is worth

Way = tuple[str, float]  # a key that meets a word, and what meeting it is worth, 0 to 1


@dataclass(frozen=True)
class Unit:
    words: tuple[str, ...]  # normalised, as asked
    ways: tuple[tuple[Way, ...], ...]  # for each word, what meets it: the reader's language first
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
        ways = (way for unit in self.units for word in unit.ways for way in word)
        return {key for key, _weight in ways if key.startswith(f"{language}:")}


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
            ways = tuple(_ways(token.word, language) for token in part)
            typing = last == len(tokens) - 1 and not text.endswith(" ")
            units.append(Unit(tuple(token.word for token in part), ways, tuple(named), typing))
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


def _ways(word: str, language: str) -> tuple[Way, ...]:
    """The word in the reader's language, then spelt the same in any other: names and borrowed words are found everywhere."""
    own = dict.fromkeys((analysis.key(word, language), analysis.plain_key(word, language)), 1.0)
    others = (code for code in CODES if code != language)
    same = (key for code in others for key in (analysis.key(word, code), analysis.plain_key(word, code)))
    return (*own.items(), *dict.fromkeys(same, FOREIGN).items())
