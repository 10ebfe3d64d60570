"""Concepts found in text: the labels of all loaded vocabularies, met by the same keys as words.

A label is met where each of its words shares its stem or its folded form with the text, in order; the longest label wins. In languages that
write compounds as one word, a label is also met as the beginning or end of a long word (Maaseutukoulu holds maaseutu).
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.dispatch import receiver

from portal.languages import CODES
from search import analysis
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
LONGEST_LABEL = 8  # words
CHECK_EVERY = 5.0  # seconds


@dataclass(frozen=True)
class Found:
    concept: str  # scheme/notation
    first: int  # token numbers, inclusive
    last: int
    words: str  # as they stand in the text


_Label = tuple[tuple[tuple[str, str], ...], str]  # each word's stem and folded form, and the concept


@dataclass
class _Lexicon:
    """Labels of one language: by the stem of their first word and by its folded form, the longest first; those of one word whole; all of a concept."""

    starts: dict[str, list[_Label]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[str, list[_Label]] = field(default_factory=lambda: defaultdict(list))
    single: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, list[tuple[tuple[str, str], ...]]] = field(default_factory=lambda: defaultdict(list))


class _Held:
    def __init__(self, stamp):
        self.stamp, self.checked = stamp, time.monotonic()
        self.lexicons: dict[str, _Lexicon] = {}


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


def in_question(text: str, language: str) -> list[Found]:
    """As in a document; words that mean nothing in the reader's language are tried in the others."""
    tokens = analysis.tokens(text, language)
    found = find(tokens, text, language)
    taken = {number for one in found for number in range(one.first, one.last + 1)}
    words = [token.word for number, token in enumerate(tokens) if number not in taken]
    for other in _begun_in(words):
        if other != language:
            more = find(analysis.tokens(text, other), text, other)
            found += [one for one in more if not taken & set(range(one.first, one.last + 1))]
    return found


def _begun_in(words: list[str]) -> list[str]:
    """The languages in which a label begins with one of the words, or may be a part of it."""
    folded = [(word, analysis.fold(word)) for word in words]
    return [
        language
        for language in CODES
        if any(_begins_one(word, plain, language, _lexicon(language)) for word, plain in folded)
    ]


def _begins_one(word: str, folded: str, language: str, lexicon: _Lexicon) -> bool:
    return (
        folded in lexicon.folded
        or analysis.key(word, language) in lexicon.starts
        or (language in COMPOUNDING and bool(_in_compound(edition(), language, word)))
    )


def find(tokens: list[Token], text: str, language: str) -> list[Found]:
    """The longest labels from left to right; labels of the same words all count."""
    lexicon = _lexicon(language)
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        length, concepts = _longest(lexicon, tokens, at)
        if not length and language in COMPOUNDING:
            length, concepts = 1, _in_compound(edition(), language, tokens[at].word)
        for concept in sorted(concepts):
            last = at + length - 1
            found.append(Found(concept, at, last, text[tokens[at].start : tokens[last].end]))
        at += max(length, 1)
    return found


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
    lexicon = _lexicon(language)
    labels = [words for concept in set(concepts) for words in lexicon.labels.get(concept, ())]
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
def _in_compound(stamp, language: str, word: str) -> frozenset[str]:
    single = _lexicon(language).single
    folded = analysis.fold(word)
    if len(folded) < SHORTEST_COMPOUND:
        return frozenset()
    for size in range(len(folded) - 3, SHORTEST_PART - 1, -1):
        for part in (folded[:size], folded[-size:]):
            if part in single:
                return frozenset(single[part])
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
        _held.checked = now
    return _held


def _stamp() -> tuple:
    from django.db.models import Count, Max

    from vocabularies.models import ConceptScheme

    row = ConceptScheme.objects.aggregate(last=Max("changed_at"), schemes=Count("id"))
    return (row["last"], row["schemes"])


def _lexicon(language: str) -> _Lexicon:
    held = _current()
    if language not in held.lexicons:
        held.lexicons[language] = _read(language)
    return held.lexicons[language]


def _read(language: str) -> _Lexicon:
    from vocabularies.models import ConceptLabel

    lexicon = _Lexicon()
    rows = (
        ConceptLabel.objects.filter(language=language, concept__deprecated_since="")
        .exclude(kind="def")
        .exclude(concept__scheme__notation__in=UNSPOKEN)
        .values_list("concept__scheme__notation", "concept__notation", "text")
    )
    for scheme, notation, text in rows.iterator():
        _add(lexicon, f"{scheme}/{notation}", text, language)
    for labels in (*lexicon.starts.values(), *lexicon.folded.values()):
        labels.sort(key=lambda label: -len(label[0]))
    return lexicon


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
    if len(words) == 1 and len(words[0][1]) >= SHORTEST_PART:
        lexicon.single[words[0][1]].add(concept)
