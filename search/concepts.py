"""Concepts found in text: the labels of all loaded vocabularies, met by the same keys as words.

A label is met where each of its words shares its stem or its folded form with the text, in order; the longest label wins. In languages that
write compounds as one word, a label is also met as the beginning or end of a long word (Maaseutukoulu holds maaseutu). Labels of facets are read
apart from those of each vocabulary an operator loads, so that a long label of hers ("school attendance") takes no "school" from what is counted.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.dispatch import receiver

from portal.languages import CODES
from search import analysis, facets
from search.analysis import Token
from vocabularies import actions

# Schemes whose labels say too little in running text ("low", "idea", "other"); they count only where an author chose them.
UNSPOKEN = {
    "licence", "cost", "evidence", "outcome", "stage", "origin", "role", "school-size", "device-ratio", "connection",
    "scale", "organisation-type", "language",
}  # fmt: skip
ONLY_ASKED = {"country"}  # named in passing everywhere: met in questions, not in documents
COMPOUNDING = {"de", "nl", "sv", "da", "fi", "et", "hu"}
SHORTEST_STEM = 4  # letters: shorter stems are met only by the whole word
SHORTEST_PART = 5  # letters of a label inside a compound
SHORTEST_COMPOUND = SHORTEST_PART + 3
SHORTEST_ABROAD = (
    4  # letters of a word read in a language that isn't the reader's: shorter ones are words in most languages
)
LONGEST_LABEL = 8  # words
CHECK_EVERY = 5.0  # seconds


@dataclass(frozen=True)
class Found:
    concept: str  # scheme/notation
    first: int  # token numbers, inclusive
    last: int
    words: str  # as they stand in the text


_Label = tuple[tuple[tuple[str, str], ...], str]  # each word's stem and folded form, and the concept


@dataclass(eq=False)
class _Lexicon:
    """Labels of one language: by the stem of their first word and by its folded form, the longest first; parts of compounds; all of a concept."""

    starts: dict[str, list[_Label]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[str, list[_Label]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, list[tuple[tuple[str, str], ...]]] = field(default_factory=lambda: defaultdict(list))


class _Held:
    def __init__(self, stamp):
        self.stamp, self.checked = stamp, time.monotonic()
        self.lexicons: dict[str, tuple[_Lexicon, ...]] = {}
        self.begun: dict[str, frozenset[str]] | None = None


_held: _Held | None = None
_lock = threading.Lock()


@receiver(actions.loaded)
def forget(**_kwargs) -> None:
    global _held
    _held = None


def edition() -> tuple:
    """Another one when vocabularies have been loaded."""
    return _current().stamp


def concepts_in(text: str, language: str, schemes: Iterable[str] = ("factor", "topic")) -> list[tuple[str, str]]:
    """Concepts of these schemes in a text, each once with the words that named it: [("factor/privacy", "yksityisyys")]."""
    wanted = set(schemes)
    seen: dict[str, str] = {}
    for found in in_document(text, language):
        if found.concept.partition("/")[0] in wanted:
            seen.setdefault(found.concept, found.words)
    return list(seen.items())


def in_document(text: str, language: str) -> list[Found]:
    return spoken(find(analysis.tokens(text, language), text, language))


def spoken(found: list[Found]) -> list[Found]:
    """Without those that documents name only in passing."""
    return [one for one in found if one.concept.partition("/")[0] not in ONLY_ASKED]


def abroad(tokens: list[Token], text: str, language: str, known: list[Found]) -> list[Found]:
    """Labels of other languages in a question, written as they are there, where nothing is `known` of its words."""
    begun = _beginning_somewhere()
    begins = {begun[token.folded] for token in tokens if token.folded in begun}
    others = set().union(*begins) - {language}
    if not others:
        return []
    taken = {number for one in known for number in range(one.first, one.last + 1)}
    telling = {number for number, token in enumerate(tokens) if _is_telling(token, text, language)} - taken
    if not telling:
        return []
    found: list[Found] = []
    for lexicon in (lexicon for other in CODES if other in others for lexicon in _lexicons(other)):
        at = 0
        while at < len(tokens):
            length, concepts = _written(lexicon, tokens, at, telling, taken)
            found += _found(concepts, tokens, text, at, length)
            at += max(length, 1)
    return found


def _is_telling(token: Token, text: str, language: str) -> bool:
    """No small word, and no short one unless it is an abbreviation: "el" is Greece, "PE" in a Romanian sentence may be sports."""
    if analysis.is_stopword(token.word, language):
        return False
    written = text[token.start : token.end]
    is_alone = written == text.strip()
    return len(token.folded) >= SHORTEST_ABROAD or (written.isupper() and (is_alone or not text.isupper()))


def _written(
    lexicon: _Lexicon, tokens: list[Token], at: int, telling: set[int], taken: set[int]
) -> tuple[int, set[str]]:
    """The longest labels written here letter by letter."""
    length, concepts = 0, set()
    for words, concept in lexicon.folded.get(tokens[at].folded, ()):  # the longest first
        size = len(words)
        if size < length:
            break
        place = range(at, at + size)
        if size > len(tokens) - at or not telling.intersection(place) or taken.intersection(place):
            continue
        if all(tokens[at + number].folded == folded for number, (_stem, folded) in enumerate(words)):
            length = size
            concepts.add(concept)
    return length, concepts


def find(tokens: list[Token], text: str, language: str) -> list[Found]:
    """Of facets and of each loaded vocabulary the longest labels from left to right; labels of the same words all count.

    A small word that is a label only without its diacritics names nothing: Swedish "är" isn't AR.
    """
    found: list[Found] = []
    for lexicon in _lexicons(language):
        at = 0
        while at < len(tokens):
            length, concepts = _longest(lexicon, tokens, at)
            if not length and lexicon.parts:
                length, concepts = 1, _in_compound(lexicon, tokens[at].word)
            if concepts and not (length == 1 and analysis.is_stopword(tokens[at].word, language)):
                found += _found(concepts, tokens, text, at, length)
            at += max(length, 1)
    return found


def _found(concepts: Iterable[str], tokens: list[Token], text: str, at: int, length: int) -> list[Found]:
    last = at + length - 1
    return [Found(concept, at, last, text[tokens[at].start : tokens[last].end]) for concept in sorted(concepts)]


@dataclass(frozen=True)
class Beginnings:
    """What a word that names one of some concepts, or begins to, looks like in a language: texts without such words needn't be searched."""

    keys: frozenset[str]
    folded: frozenset[str]
    parts: frozenset[str]  # of compounds

    def __contains__(self, word: tuple[str, str]) -> bool:
        """`word`: its key and its folded form."""
        key, folded = word
        return (
            key in self.keys
            or folded in self.folded
            or (
                len(folded) >= SHORTEST_COMPOUND and any(folded.startswith(p) or folded.endswith(p) for p in self.parts)
            )
        )


def beginnings(concepts: Iterable[str], language: str) -> Beginnings:
    lexicons = _lexicons(language)
    labels = [words for concept in set(concepts) for lexicon in lexicons for words in lexicon.labels.get(concept, ())]
    alone = {words[0][1] for words in labels if len(words) == 1} if language in COMPOUNDING else ()
    return Beginnings(
        keys=frozenset(words[0][0] for words in labels if words[0][0]),
        folded=frozenset(words[0][1] for words in labels),
        parts=frozenset(part for part in alone if len(part) >= SHORTEST_PART),
    )


def _longest(lexicon: _Lexicon, tokens: list[Token], at: int) -> tuple[int, set[str]]:
    length, concepts = 0, set()
    room = len(tokens) - at
    for labels in _beginning_with(lexicon, tokens[at]):
        for words, concept in labels:  # the longest first
            size = len(words)
            if size < length:
                break
            if size <= room and (size == 1 or _follow(words, tokens, at)):
                if size > length:
                    length, concepts = size, set()
                concepts.add(concept)
    return length, concepts


def _beginning_with(lexicon: _Lexicon, token: Token) -> Iterator[list[_Label]]:
    if token.key in lexicon.starts:
        yield lexicon.starts[token.key]
    if token.folded in lexicon.folded:
        yield lexicon.folded[token.folded]


def _follow(words: tuple[tuple[str, str], ...], tokens: list[Token], at: int) -> bool:
    """Whether the words of a label after its first stand in the text after the first."""
    for number in range(1, len(words)):
        key, folded = words[number]
        token = tokens[at + number]
        if token.key != key and token.folded != folded:
            return False
    return True


@lru_cache(maxsize=100_000)
def _in_compound(lexicon: _Lexicon, word: str) -> frozenset[str]:
    folded = analysis.fold(word)
    if len(folded) < SHORTEST_COMPOUND:
        return frozenset()
    for size in range(len(folded) - 3, SHORTEST_PART - 1, -1):
        for part in (folded[:size], folded[-size:]):
            if part in lexicon.parts:
                return frozenset(lexicon.parts[part])
    return frozenset()


def _current() -> _Held:
    global _held
    now = time.monotonic()
    if _held is not None and now - _held.checked < CHECK_EVERY:
        return _held
    with _lock:
        stamp = _stamp()
        if _held is None or _held.stamp != stamp:
            _held = _Held(stamp)
            _in_compound.cache_clear()
        _held.checked = now
    return _held


def _stamp() -> tuple:
    from django.db.models import Count, Max

    from vocabularies.models import ConceptScheme

    row = ConceptScheme.objects.aggregate(last=Max("changed_at"), schemes=Count("id"))
    return (row["last"], row["schemes"], facets.edition())


def _lexicons(language: str) -> tuple[_Lexicon, ...]:
    held = _current()
    if language not in held.lexicons:
        held.lexicons[language] = _read(language)
    return held.lexicons[language]


def _beginning_somewhere() -> dict[str, frozenset[str]]:
    """The first words of all labels, folded, each with the languages where a label begins so."""
    held = _current()
    if held.begun is None:
        begun: dict[str, list[str]] = defaultdict(list)
        for language in CODES:
            for word in {word for lexicon in _lexicons(language) for word in lexicon.folded}:
                begun[word].append(language)
        shared: dict[tuple[str, ...], frozenset[str]] = {}  # few different ones for many words
        held.begun = {
            word: shared.setdefault(tuple(languages), frozenset(languages)) for word, languages in begun.items()
        }
    return held.begun


def _read(language: str) -> tuple[_Lexicon, ...]:
    """Of the facets together, then of every other scheme by itself."""
    from vocabularies.models import ConceptLabel

    counted = {facet.scheme for facet in facets.all_facets()}
    lexicons: dict[str, _Lexicon] = defaultdict(_Lexicon)
    rows = (
        ConceptLabel.objects.filter(language=language, concept__deprecated_since="")
        .exclude(kind="def")
        .exclude(concept__scheme__notation__in=UNSPOKEN)
        .values_list("concept__scheme__notation", "concept__notation", "text")
    )
    for scheme, notation, text in rows.iterator():
        _add(lexicons["" if scheme in counted else scheme], f"{scheme}/{notation}", text, language)
    for lexicon in lexicons.values():
        for labels in (*lexicon.starts.values(), *lexicon.folded.values()):
            labels.sort(key=lambda label: -len(label[0]))
    return tuple(lexicons[scheme] for scheme in sorted(lexicons))


def _stem_of(token: Token) -> str:
    """The key a word is also met by; none for a stem so short that it stands for anything."""
    return token.key if len(token.key.partition(":")[2]) >= SHORTEST_STEM else ""


def _add(lexicon: _Lexicon, concept: str, text: str, language: str) -> None:
    spoken = text.partition("(")[0] if not text.startswith("(") else text
    words = tuple((_stem_of(token), token.folded) for token in analysis.tokens(spoken, language))
    if not words or len(words) > LONGEST_LABEL:
        return
    if len(words) == 1 and (len(words[0][1]) < 2 or analysis.is_stopword(words[0][1], language)):
        return
    lexicon.labels[concept].append(words)
    entry = (words, concept)
    if words[0][0]:
        lexicon.starts[words[0][0]].append(entry)
    lexicon.folded[words[0][1]].append(entry)
    if language in COMPOUNDING and len(words) == 1 and len(words[0][1]) >= SHORTEST_PART:
        lexicon.parts[words[0][1]].add(concept)
