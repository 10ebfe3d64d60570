"""What a question's words ask for, engine by engine alike: units that must be met, each in one of several ways.

"yhteydet maaseudulla" becomes two units; each is met by the words themselves or, in any language, by the concept they name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from math import ceil

from portal.languages import CODES
from search import analysis, concepts, facets, syntax, values
from search.documents import BODY, SUMMARY, TITLE, sequence
from search.translations import tables

MAX_UNITS = 24  # words beyond these add cost and no meaning
REMEMBERED = 100  # questions: a long one holds a quarter of a megabyte
MAX_WAYS = 48  # in which one word may be met: engines bound the size of a question
MAX_LOOSE = 12  # words of a question of which other languages need only hold half: it is asked twice
MAX_TRANSLATIONS = 60  # of one word, and fewer in long questions
FIELDS = {TITLE, SUMMARY, BODY}
FOREIGN = 0.6  # what a word met in another language than the reader's is worth
LEARNED = 0.3  # what its surest translation is worth: in a title less than the word itself in a body

NO_KEYS: frozenset[str] = frozenset()

Way = tuple[str, float]  # a key that meets a word, and what meeting it is worth, 0 to 1
_Places = dict[tuple[int, int], tuple[str, ...]]  # first and last token -> concepts named there


@dataclass(frozen=True)
class Unit:
    words: tuple[str, ...]  # normalised, as asked
    ways: tuple[tuple[Way, ...], ...] = ()  # for each word, what meets it: the reader's language first
    concepts: tuple[str, ...] = ()  # scheme/notation: any of them meets the unit
    perhaps: tuple[
        str, ...
    ] = ()  # what the words name in other languages: meant where the reader's own doesn't know them
    within: tuple[
        "Unit", ...
    ] = ()  # instead of ways: units of the same words, where some of them name a concept themselves
    last: bool = False  # the word may still be being typed
    phrases: tuple[
        tuple[str, ...], ...
    ] = ()  # the words exactly, as keys in order, for each language that reads them differently
    field: str = ""  # only there: title, summary or body
    facet: tuple[str, str] | None = None  # a filter typed as words: country:pt
    others: tuple["Unit", ...] = ()  # any of these meets it too
    translations: tuple[tuple[Way, ...], ...] = ()  # for each word, what was learned to mean it in other languages

    @property
    def exact(self) -> bool:
        return bool(self.phrases)

    @property
    def all(self) -> Iterator["Unit"]:
        """Itself, and those it consists of or may be met by."""
        yield self
        for part in (*self.within, *self.others):
            yield from part.all

    @property
    def met_by(self) -> Iterator[tuple[str, tuple[Way, ...], tuple[Way, ...]]]:
        """Each word with its ways and its translations."""
        return zip(self.words, self.ways, self.translations or ((),) * len(self.ways), strict=False)


@dataclass(frozen=True)
class Wording:
    units: tuple[Unit, ...]
    needed: int  # how many units a hit must meet
    required: tuple[Unit, ...] = ()  # what must be met besides: phrases and filters
    excluded: tuple[Unit, ...] = ()
    language: str = ""  # of the reader
    text: str = ""  # as asked

    @property
    def is_empty(self) -> bool:
        return not (self.units or self.required or self.excluded)

    @property
    def is_loose_abroad(self) -> bool:
        words = sum(len(unit.ways) for unit in self.wanted)
        return words <= MAX_LOOSE and any(found for unit in self.units for found in unit.translations)

    @cached_property
    def wanted(self) -> tuple[Unit, ...]:
        return tuple(part for unit in (*self.units, *self.required) for part in unit.all)

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(concept for unit in self.wanted for concept in unit.concepts)

    def concepts_in(self, language: str) -> tuple[str, ...]:
        """What to mark in a text of `language`: in the reader's own, words that only others know as a concept are words."""
        if language == self.language:
            return self.concepts
        return (*self.concepts, *(concept for unit in self.wanted for concept in unit.perhaps))

    def highlight_keys(self, language: str) -> frozenset[str]:
        """Keys to mark in a text of `language`."""
        shared = {f"{language}:{stem}" for stem in self._shared_stems}
        return self._asked_keys.get(language, NO_KEYS) | self.translated_keys(language) | shared

    def translated_keys(self, language: str) -> frozenset[str]:
        """Those of `highlight_keys` that were learned."""
        return self._learned_keys.get(language, NO_KEYS)

    def phrases_in(self, language: str) -> tuple[tuple[str, ...], ...]:
        """To mark where their words follow each other: alone many of them mean nothing."""
        phrases = dict.fromkeys(phrase for unit in self.wanted for phrase in unit.phrases if len(phrase) > 1)
        return tuple(phrase for phrase in phrases if phrase[0].startswith(f"{language}:"))

    @property
    def whole(self) -> str:
        """All the words in order, as a title has them."""
        return sequence(analysis.tokens(self.text, self.language))

    @cached_property
    def _asked_keys(self) -> dict[str, frozenset[str]]:
        ways = (key for unit in self.wanted for word in unit.ways for key, _weight in word)
        exact = (phrase[0] for unit in self.wanted for phrase in unit.phrases if len(phrase) == 1)
        return _by_language(chain(ways, exact))

    @cached_property
    def _shared_stems(self) -> list[str]:
        return [key.partition(":")[2] for key in self._asked_keys.get(analysis.EVERY, NO_KEYS)]

    @cached_property
    def _learned_keys(self) -> dict[str, frozenset[str]]:
        return _by_language(key for unit in self.wanted for word in unit.translations for key, _weight in word)


def _by_language(keys: Iterable[str]) -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for key in keys:
        found[key.partition(":")[0]].add(key)
    return {language: frozenset(some) for language, some in found.items()}


def read(text: str, language: str) -> Wording:
    """Remembered for as long as no more is known of words: changes of the index change nothing in it."""
    return _read(text, language, (facets.edition(), concepts.edition(), tables.edition()))


@lru_cache(maxsize=REMEMBERED)
def _read(text: str, language: str, _known: tuple) -> Wording:
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
            plain = piece.is_plain or piece.either or piece.joined
            before = excluded if piece.excluded else units if plain else required
            before += new
    units, required = _translated(_meaningful(units, language)), _translated(required)
    needed = len(units) if len(units) <= 3 else ceil(len(units) * 0.7)
    return Wording(tuple(units), needed, tuple(required), tuple(excluded), language, text)


def forget() -> None:
    _read.cache_clear()


def _units(piece: syntax.Piece, language: str) -> list[Unit]:
    if piece.field in facets.names():
        value = values.find(facets.by_name(piece.field), piece.text, language)
        if value:
            return [Unit((piece.text,), facet=(piece.field, value))]
    field = piece.field if piece.field in FIELDS else ""
    plain = [] if piece.quoted else _plain(piece.text, language)
    if piece.quoted or (len(plain) > 1 and not piece.is_plain):  # what is written as one word belongs together
        exact = _exact(piece.text, language, field)
        return [exact] if exact else []
    return [replace(unit, field=field, concepts=(), perhaps=()) for unit in plain] if field else plain


def _exact(text: str, language: str, field: str) -> Unit | None:
    words = tuple(token.word for token in analysis.tokens(text, language)[:MAX_UNITS])
    own = [tuple(key(word, language) for word in words) for key in (analysis.key, analysis.plain_key)]
    phrases = dict.fromkeys([*own, *(tuple(analysis.key(word, code) for word in words) for code in CODES)])
    return Unit(words, phrases=tuple(phrases), field=field) if words else None


def _plain(text: str, language: str) -> list[Unit]:
    """Words as they follow each other, those that together name a concept as one."""
    tokens = analysis.tokens(text, language)[:MAX_UNITS]
    known = concepts.find(tokens, text, language)
    named, perhaps = _by_place(known), _by_place(concepts.abroad(tokens, text, language, known))
    typed = -1 if text.endswith(" ") else len(tokens) - 1
    return _covering(tokens, 0, len(tokens) - 1, named, perhaps, language, typed)


def _covering(
    tokens, first: int, last: int, named: _Places, perhaps: _Places, language: str, typed: int = -1
) -> list[Unit]:
    """`typed`: the word that may still be being typed."""
    spans = _spans([*named, *perhaps], last)
    units, at = [], first
    while at <= last:
        end = spans.get(at, at)
        units.append(_spanning(tokens, at, end, named, perhaps, language, end == typed))
        at = end + 1
    return units


def _spanning(tokens, first: int, last: int, named: _Places, perhaps: _Places, language: str, is_typed: bool) -> Unit:
    place, words = (first, last), tuple([token.word for token in tokens[first : last + 1]])
    inner = {
        other: found for other, found in named.items() if first <= other[0] and other[1] <= last and other != place
    }
    return Unit(
        words,
        ways=() if inner else tuple([_ways(word, language) for word in words]),
        concepts=named.get(place, ()),
        perhaps=perhaps.get(place, ()),
        within=tuple(_covering(tokens, first, last, inner, {}, language)) if inner else (),
        last=is_typed,
    )


def _meaningful(units: list[Unit], language: str) -> list[Unit]:
    """Without the words every text has, unless there are no others."""
    telling = [
        unit
        for unit in units
        if unit.concepts
        or unit.perhaps
        or unit.others
        or not all(analysis.is_stopword(word, language) for word in unit.words)
    ]
    return telling or units


def _translated(units: list[Unit]) -> list[Unit]:
    """With what was learned; the more words, the fewer translations of each."""
    if not tables.edition():
        return units
    words = sum(len(one.ways) for unit in units for one in unit.all)
    room = MAX_UNITS * MAX_WAYS // max(1, words * (2 if words <= MAX_LOOSE else 1))
    return [_with_translations(unit, room) for unit in units]


def _with_translations(unit: Unit, room: int) -> Unit:
    """What was learned of the reader's own word tells that it isn't one of another language."""
    learned = tuple(_translations(ways, room - len(ways)) for ways in unit.ways)
    if not (any(learned) or unit.within or unit.others):
        return unit
    return replace(
        unit,
        translations=learned,
        perhaps=() if learned and all(learned) else unit.perhaps,
        within=tuple(_with_translations(part, room) for part in unit.within),
        others=tuple(_with_translations(other, room) for other in unit.others),
    )


def _translations(ways: tuple[Way, ...], room: int) -> tuple[Way, ...]:
    """Of the word as it is typed; else as it is perhaps meant to be spelt."""
    met = {key for key, _weight in ways}
    own = [key for key, weight in ways if weight == 1.0]
    learned = next((found for key in own if (found := tables.ways(key))), ())
    unmet = (way for way in learned if met.isdisjoint((way[0], analysis.shared(way[0]))))
    new = ((key, round(LEARNED * weight, 3)) for key, weight in unmet)
    return tuple(new)[: max(0, min(room, MAX_TRANSLATIONS))]


def _by_place(found: list[concepts.Found]) -> _Places:
    places: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for one in found:
        places[one.first, one.last][one.concept] = None
    return {place: tuple(named) for place, named in places.items()}


def _spans(places: Iterable[tuple[int, int]], end: int) -> dict[int, int]:
    """First token -> last token; of overlapping places the longer."""
    taken: set[int] = set()
    spans = {}
    for first, last in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        place = range(first, last + 1)
        if last <= end and not taken.intersection(place):
            taken.update(place)
            spans[first] = last
    return spans


def _ways(word: str, language: str) -> tuple[Way, ...]:
    """The word in the reader's language, then spelt the same in any other: names and borrowed words are found everywhere.

    Most languages have the same stem of it, and are asked for together; those that have another one by themselves.
    """
    own = dict.fromkeys((analysis.key(word, language), analysis.plain_key(word, language)), 1.0)
    spelt = dict.fromkeys((word, analysis.fold(word)))
    same = (analysis.key(one, code) for code in CODES if code != language for one in spelt)
    foreign = {key: analysis.shared(key) for key in same}
    often = Counter(foreign.values())
    usual = max(often, key=often.__getitem__)
    odd = (key for key, shared in foreign.items() if shared != usual)
    return (*own.items(), *dict.fromkeys((usual, *odd), FOREIGN).items())[:MAX_WAYS]
