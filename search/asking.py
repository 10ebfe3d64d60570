"""What a question asks of an index, as a tree every engine turns into its own query: one meaning, whichever engine.

Texts lie in the fields title, summary, body (keys of words) and sequence (keys in order, for phrases); everything else is whole values.
"""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import NamedTuple, Protocol

from search import facets
from search.contract import Audience
from search.documents import BODY, DECLARED, NAMED, PARTS, SEQUENCE, SUMMARY, TITLE, TITLED, WHOLE, column, in_order
from search.query import Filters
from search.translations import compounds
from search.wording import FOREIGN, Unit, Way, Wording

BOOST = {TITLE: 3.0, SUMMARY: 1.6, BODY: 1.0}
PARTS_BOOST = 1.6  # a translation met as a part of a compound
SCORED = {*BOOST, PARTS}
CONCEPT_SCORES = {DECLARED: 5.0, TITLED: 3.0, NAMED: 2.0}
WORDS_SCORE = 1.5  # of a concept's words where the concept isn't met
WHOLE_SCORE = 3.0  # a title that is the question
PREFIX_SCORE, FUZZY_SCORE = 1.0, 0.7
TYPED, SPELT = 3, 4  # letters a word needs to be completed, or to be taken for a slip

LOOSE_FROM = 3  # words that name no concept: of so many, half are enough abroad
READ_IN = "text"  # the facet of the languages a thing can be read in

Node = object


class Term(NamedTuple):
    field: str
    value: str
    boost: float = 1.0  # of what meeting it is worth


class Prefix(NamedTuple):
    field: str
    value: str


class Fuzzy(NamedTuple):
    field: str
    value: str
    distance: int


class Phrase(NamedTuple):
    field: str
    values: tuple[str, ...]


class Constant(NamedTuple):
    """Met as its part is, and always worth the same."""

    part: Node
    score: float


class Best(NamedTuple):
    """Worth its best part, and a share of the others."""

    parts: tuple[Node, ...]
    share: float = 0.0


class Bool(NamedTuple):
    """All of `must`, none of `never`, and at least `least` of `should`. Filters are musts worth 0."""

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    least: int = 0
    never: tuple[Node, ...] = ()


NOTHING = Best(())


class Known(Protocol):
    """What an engine knows of the keys it holds."""

    most: Mapping[
        tuple[str, str], int
    ]  # (field, key) -> texts that hold it there at most, those nobody may see among them

    def visible(self, groups: list[tuple[str, ...]]) -> list[bool]:
        """For each group, whether any text the asker may see holds one of its keys."""
        ...

    def places(self, keys: tuple[str, ...]) -> Iterable[tuple[str, str]]:
        """(field, key) of title, summary and body where texts may hold them, those nobody may see among them."""
        ...


class Asked(NamedTuple):
    node: Bool
    unknown: tuple[str, ...] = ()  # words no visible text holds: met by what is spelt nearly so


def asked(wording: Wording, audience: Audience, known: Known) -> Asked:
    """What the words ask for among what the asker may see, no facet applied."""
    held = _held(wording, known)
    units = tuple(_unit(unit, held) for unit in wording.units)
    abroad = _abroad(wording, units, held)
    met = Bool(should=units, least=wording.needed)
    node = Bool(
        must=(
            seen_by(audience),
            *(_unit(unit, held) for unit in wording.required),
            *([Best((met, abroad)) if abroad else met] if units else []),
        ),
        should=(Constant(Term(WHOLE, wording.whole), WHOLE_SCORE),) if wording.concepts else (),
        never=_never(wording, held),
    )
    spelt = (word for unit in wording.units for word, *ways in unit.met_by if not held(*ways))
    return Asked(node, tuple(word for word in spelt if held.asked))


def loosely(wording: Wording, audience: Audience, known: Known) -> Bool:
    """Any one of the words: the nearest there is when nothing meets them all."""
    held = _held(wording, known)
    every = (*wording.units, *wording.required)
    return Bool(
        must=(seen_by(audience),),
        should=tuple(_unit(unit, held) for unit in every),
        least=1,
        never=_never(wording, held),
    )


def filtered(asked: Bool, filters: Filters) -> Bool:
    """OR within a facet, AND across."""
    return Bool(must=(asked, *chosen(filters))) if filters else asked


def chosen(filters: Filters, *leave_out: str) -> tuple[Node, ...]:
    return tuple(any_of(column(name), values) for name, values in filters if name not in leave_out)


def any_of(field: str, values: Iterable[str]) -> Node:
    """A filter: worth nothing, met by any of the values."""
    terms = tuple(Term(field, value) for value in values)
    if len(terms) == 1:
        return Constant(terms[0], 0.0)
    return Constant(Bool(should=terms, least=1), 0.0) if terms else NOTHING


def seen_by(audience: Audience) -> Node:
    return any_of("audience", sorted(audience))


def _never(wording: Wording, held: "_held") -> tuple[Node, ...]:
    typed = _typed(held.known)
    return tuple(_unit(unit, typed) for unit in wording.excluded)


def _abroad(wording: Wording, units: tuple[Node, ...], held: "_held") -> Bool | None:
    """What isn't in the reader's language needs fewer of the words: what was learned of other languages has gaps.

    A concept is met in every language and always needed. Of three other words or more, half are enough; of one or two, those nothing was
    learned of may be missing.
    """
    if not wording.is_loose_abroad or facets.by_name(READ_IN) is None:
        return None
    pairs = list(zip(wording.units, units, strict=True))
    needed = [node for unit, node in pairs if unit.concepts or held.perhaps(unit)]
    free = [(unit, node) for unit, node in pairs if not (unit.concepts or held.perhaps(unit))]
    least = ceil(len(free) / 2)
    if len(free) < LOOSE_FROM:
        needed += [node for unit, node in free if any(unit.translations)]
        free = [(unit, node) for unit, node in free if not any(unit.translations)]
        least = 0 if needed else 1
    if len(needed) + least >= wording.needed:
        return None
    optional = tuple(node for _unit, node in free)
    return Bool(must=tuple(needed), should=optional, least=least, never=(Term(column(READ_IN), wording.language),))


class _held:
    """Which words visible texts hold: asked of the engine once for the whole question."""

    def __init__(self, wording: Wording, known: Known):
        words = [unit for unit in wording.wanted if not (unit.concepts or unit.perhaps or unit.exact)]
        groups = [_keys(ways, met) for unit in words for _word, ways, learned in unit.met_by for met in ((), learned)]
        self.asked = bool(groups)
        groups += [own for unit in wording.wanted if unit.perhaps for own in _own(unit)]
        groups = list(dict.fromkeys(groups))
        self.known = known
        self._held = dict(zip(groups, known.visible(groups), strict=True)) if groups else {}

    def __call__(self, ways: tuple[Way, ...], translations: tuple[Way, ...] = ()) -> bool:
        return self._held.get(_keys(ways, translations), True)

    def perhaps(self, unit: Unit) -> tuple[str, ...]:
        """What its words name in other languages, unless the reader's own has texts with all of them: then they mean what they mean there."""
        return () if all(self._held.get(own, False) for own in _own(unit)) else unit.perhaps


class _typed:
    """Words that must not be there are what was typed: no beginnings, no slips, no words of other languages."""

    def __init__(self, known: Known):
        self.known = known

    def __call__(self, *_ways: tuple[Way, ...]) -> bool:
        return True

    def perhaps(self, _unit: Unit) -> tuple[str, ...]:
        return ()


def _own(unit: Unit) -> list[tuple[str, ...]]:
    """The keys of each word in the reader's language."""
    return [tuple(key for key, weight in ways if weight == 1.0) for ways in unit.ways]


def _keys(ways: tuple[Way, ...], translations: tuple[Way, ...]) -> tuple[str, ...]:
    return tuple(key for key, _weight in (*ways, *translations))


def _unit(unit: Unit, held) -> Node:
    if unit.facet:
        return any_of(column(unit.facet[0]), [unit.facet[1]])
    if unit.exact:
        parts = [_exactly(unit, held)]
    else:
        parts = [_meant(unit, held)]
    parts += [_unit(other, held) for other in unit.others]
    return Best(tuple(parts), 0.3)


def _meant(unit: Unit, held: "_held") -> Node:
    """Its words, or what they name: that is worth the same in every language, for by the reader's own words hers would drown the others."""
    if unit.within:
        return Best((_named(unit.concepts), Bool(must=tuple(_unit(part, held) for part in unit.within))))
    words = Bool(must=tuple(_word(ways, learned, unit, held) for _asked, ways, learned in unit.met_by))
    if unit.concepts:
        return Best((_named(unit.concepts), Constant(words, WORDS_SCORE)))
    perhaps = held.perhaps(unit)
    return Best((words, _named(perhaps, FOREIGN))) if perhaps else words


def _named(concepts: tuple[str, ...], worth: float = 1.0) -> Node:
    scores = CONCEPT_SCORES.items()
    return Best(
        tuple(Constant(Term(field, concept), score * worth) for concept in concepts for field, score in scores), 0.3
    )


def _word(ways: tuple[Way, ...], translations: tuple[Way, ...], unit: Unit, held) -> Node:
    """Translations count only where they are worth more: they don't change what the word itself is worth."""
    if held(ways):
        itself = Best(_terms(ways, unit, held), 0.1)
    else:
        slips = () if held(ways, translations) else _slips(ways[0][0], unit)
        itself = Best((*_completed(ways[0][0], unit), *slips))
    if not translations:
        return itself
    return Best((itself, *_terms(translations, unit, held), *_within(translations, unit, held)))


def _terms(ways: tuple[Way, ...], unit: Unit, held) -> tuple[Node, ...]:
    """Most of a word's spellings in 24 languages are in no text: they are left out."""
    boosts, worth = _boosts(unit), dict(ways)
    places = held.known.places(_keys(ways, ()))
    return tuple(Term(field, key, boosts[field] * worth[key]) for field, key in places if field in boosts)


def _within(translations: tuple[Way, ...], unit: Unit, held) -> tuple[Node, ...]:
    """As parts of compounds, in the languages that have them."""
    if unit.field:
        return ()
    compounding = ((key, weight) for key, weight in translations if key.partition(":")[0] in compounds.BETWEEN)
    return tuple(Term(PARTS, key, PARTS_BOOST * weight) for key, weight in compounding if held.known.most[PARTS, key])


def _boosts(unit: Unit) -> dict[str, float]:
    return {unit.field: BOOST[unit.field]} if unit.field else BOOST


def _exactly(unit: Unit, held) -> Node:
    """The words in this order, in the reader's language or in any other that spells them so."""
    boosts = _boosts(unit)
    if len(unit.phrases[0]) == 1:
        return Best(tuple(Term(field, key, boost) for (key,) in unit.phrases for field, boost in boosts.items()), 0.1)
    phrases = (in_order(field, keys) for keys in unit.phrases for field in boosts)
    return Best(
        tuple(Phrase(SEQUENCE, keys) for keys in phrases if all(held.known.most[SEQUENCE, key] for key in keys)), 0.1
    )


def _completed(key: str, unit: Unit) -> tuple[Node, ...]:
    """No text holds the word: what begins with it while it is being typed."""
    if not unit.last or len(key.partition(":")[2]) < TYPED:
        return ()
    return tuple(Constant(Prefix(field, key), PREFIX_SCORE) for field in _boosts(unit))


def _slips(key: str, unit: Unit) -> tuple[Node, ...]:
    """Nobody knows the word: what differs from it by a slip."""
    letters = len(key.partition(":")[2])
    distance = 1 if letters < 8 else 2
    return (
        tuple(Constant(Fuzzy(field, key, distance), FUZZY_SCORE) for field in _boosts(unit)) if letters >= SPELT else ()
    )
