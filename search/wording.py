"""What a question's words ask for, engine by engine alike: units that must be met, each in one of several ways.

"yhteydet maaseudulla" becomes two units; each is met by the words themselves or, in any language, by the concept they name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from portal.languages import CODES
from search import analysis, concepts, facets, syntax, values
from search.documents import BODY, SUMMARY, TITLE

MAX_UNITS = 24  # words beyond these add cost and no meaning
MAX_WAYS = 48  # in which one word may be met: engines bound the size of a question
FIELDS = {TITLE, SUMMARY, BODY}
FOREIGN = 0.6  # what a word met in another language than the reader's is worth

Way = tuple[str, float]  # a key that meets a word, and what meeting it is worth, 0 to 1


@dataclass(frozen=True)
class Unit:
    words: tuple[str, ...]  # normalised, as asked
    ways: tuple[tuple[Way, ...], ...] = ()  # for each word, what meets it: the reader's language first
    concepts: tuple[str, ...] = ()  # scheme/notation: any of them meets the unit
    last: bool = False  # the word may still be being typed
    phrases: tuple[
        tuple[str, ...], ...
    ] = ()  # the words exactly, as keys in order, for each language that reads them differently
    field: str = ""  # only there: title, summary or body
    facet: tuple[str, str] | None = None  # a filter typed as words: country:pt
    others: tuple["Unit", ...] = ()  # any of these meets it too

    @property
    def exact(self) -> bool:
        return bool(self.phrases)


@dataclass(frozen=True)
class Wording:
    units: tuple[Unit, ...]
    needed: int  # how many units a hit must meet
    required: tuple[Unit, ...] = ()  # what must be met besides: phrases and filters
    excluded: tuple[Unit, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.units or self.required or self.excluded)

    @property
    def wanted(self) -> Iterator[Unit]:
        for unit in (*self.units, *self.required):
            yield from (unit, *unit.others)

    @property
    def every(self) -> Iterator[Unit]:
        yield from self.wanted
        for unit in self.excluded:
            yield from (unit, *unit.others)

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(concept for unit in self.wanted for concept in unit.concepts)

    def highlight_keys(self, language: str) -> set[str]:
        """Keys to mark in a text of `language`."""
        keys = {key for unit in self.wanted for word in unit.ways for key, _weight in word}
        keys |= {key for unit in self.wanted for phrase in unit.phrases for key in phrase}
        return {key for key in keys if key.startswith(f"{language}:")}


def read(text: str, language: str) -> Wording:
    units: list[Unit] = []
    required: list[Unit] = []
    excluded: list[Unit] = []
    before, used = units, 0  # before: where an OR finds what it is the other of
    for piece in syntax.pieces(text, {*FIELDS, *facets.names()}):
        new = _units(piece, language)[: MAX_UNITS - used]
        used += sum(len(unit.words) for unit in new)
        if piece.either and before and new:
            before[-1] = replace(before[-1], others=(*before[-1].others, *new), last=False)
        else:
            before = excluded if piece.excluded else units if piece.is_plain or piece.either else required
            before += new
    units = _meaningful(units, language)
    needed = len(units) if len(units) <= 3 else ceil(len(units) * 0.7)
    return Wording(tuple(units), needed, tuple(required), tuple(excluded))


def _units(piece: syntax.Piece, language: str) -> list[Unit]:
    if piece.field in facets.names():
        value = values.find(facets.by_name(piece.field), piece.text, language)
        if value:
            return [Unit((piece.text,), facet=(piece.field, value))]
    field = piece.field if piece.field in FIELDS else ""
    if piece.quoted:
        exact = _exact(piece.text, language, field)
        return [exact] if exact else []
    return [
        replace(unit, field=field, concepts=() if field else unit.concepts) for unit in _plain(piece.text, language)
    ]


def _exact(text: str, language: str, field: str) -> Unit | None:
    words = tuple(token.word for token in analysis.tokens(text, language)[:MAX_UNITS])
    codes = (language, *(code for code in CODES if code != language))
    phrases = dict.fromkeys(tuple(analysis.key(word, code) for word in words) for code in codes)
    return Unit(words, phrases=tuple(phrases), field=field) if words else None


def _plain(text: str, language: str) -> list[Unit]:
    """Words as they follow each other, those that together name a concept as one."""
    tokens = analysis.tokens(text, language)[:MAX_UNITS]
    spans = _spans(concepts.in_question(text, language), len(tokens))
    units, at = [], 0
    while at < len(tokens):
        last, named = spans.get(at, (at, ()))
        part = tokens[at : last + 1]
        ways = tuple(_ways(token.word, language) for token in part)
        typing = last == len(tokens) - 1 and not text.endswith(" ")
        units.append(Unit(tuple(token.word for token in part), ways, tuple(named), typing))
        at = last + 1
    return units


def _meaningful(units: list[Unit], language: str) -> list[Unit]:
    """Without the words every text has, unless there are no others."""
    telling = [
        unit
        for unit in units
        if unit.concepts or unit.others or not all(analysis.is_stopword(word, language) for word in unit.words)
    ]
    return telling or units


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
    return (*own.items(), *dict.fromkeys(same, FOREIGN).items())[:MAX_WAYS]
