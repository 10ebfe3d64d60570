"""Preferred labels of all concepts by language, held in each process and renewed when a vocabulary changes.

A page shows dozens of labels; asking the database for each would cost a query apiece. Of schemes with more than LARGE concepts
only the labels that are asked for are held.
"""

import threading
import time
from dataclasses import dataclass, field

from django.db.models import Count, Max

LARGE = 20_000
CHECK_EVERY = 5.0  # seconds between looks at whether another process has loaded a vocabulary


@dataclass(frozen=True)
class Value:
    """One concept as a menu, facet or chip needs it."""

    pk: int
    scheme: str
    notation: str
    label: str
    language: str  # the language of the label: differs from the asked one where that has none
    position: int
    deprecated: bool


@dataclass
class _Held:
    stamp: tuple = ()
    checked: float = 0.0
    schemes: dict[int, str] = field(default_factory=dict)
    titles: dict[str, dict] = field(default_factory=dict)
    whole: list[int] = field(default_factory=list)  # schemes held with all their concepts
    concepts: dict[int, tuple[str, str, int, bool]] = field(default_factory=dict)
    labels: dict[str, dict[int, str]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, Value]] = field(default_factory=dict)
    further: dict[int, tuple[str, str]] | None = None
    single: dict[tuple[int, str], str] = field(default_factory=dict)


_held = _Held()
_lock = threading.Lock()


def best(texts: dict, language: str | None) -> str:
    """The text in `language`, else English, else any."""
    return texts.get(language or "en") or texts.get("en") or next(iter(texts.values()), "")


def forget() -> None:
    """Drop what is held: a vocabulary was changed in this process."""
    global _held
    _held = _Held()


def label_of(concept_id: int, language: str | None) -> str:
    held = _current()
    language = language or "en"
    if concept_id not in held.concepts:
        return _single(held, concept_id, language)
    return _best(held, concept_id, language)[0]


def scheme_notation(scheme_id: int) -> str:
    return _current().schemes.get(scheme_id, "")


def scheme_title(scheme: str, language: str | None) -> str:
    return best(_current().titles.get(scheme, {}), language) or scheme


def values(scheme: str, language: str | None) -> dict[str, Value]:
    """All concepts of a scheme in their order, as {notation: Value} with labels in `language`."""
    held = _current()
    language = language or "en"
    if (scheme, language) not in held.values:
        rows = [
            Value(pk, scheme, notation, *_named(held, pk, language, notation), position, deprecated)
            for pk, (of, notation, position, deprecated) in held.concepts.items()
            if of == scheme
        ]
        held.values[scheme, language] = {row.notation: row for row in sorted(rows, key=lambda row: row.position)}
    return held.values[scheme, language]


def _named(held: _Held, pk: int, language: str, notation: str) -> tuple[str, str]:
    text, of = _best(held, pk, language)
    return (text, of) if text else (notation, "en")


def _best(held: _Held, pk: int, language: str) -> tuple[str, str]:
    """(label, its language): as asked, else English, else the first there is."""
    for code in (language, "en"):
        if text := _labels(held, code).get(pk):
            return text, code
    return _further(held).get(pk, ("", ""))


def _current() -> _Held:
    global _held
    now = time.monotonic()
    if _held.stamp and now - _held.checked < CHECK_EVERY:
        return _held
    with _lock:
        stamp = _stamp()
        if stamp != _held.stamp:
            _held = _load(stamp)
        _held.checked = now
    return _held


def _stamp() -> tuple:
    from vocabularies.models import ConceptScheme

    row = ConceptScheme.objects.aggregate(last=Max("changed_at"), schemes=Count("id"))
    return (row["last"], row["schemes"])


def _load(stamp: tuple) -> _Held:
    from vocabularies.models import Concept, ConceptScheme

    held = _Held(stamp=stamp)
    for scheme in ConceptScheme.objects.annotate(size=Count("concepts")):
        held.schemes[scheme.pk] = scheme.notation
        held.titles[scheme.notation] = scheme.title
        if scheme.size <= LARGE:
            held.whole.append(scheme.pk)
            rows = Concept.objects.filter(scheme=scheme).values_list("id", "notation", "position", "deprecated_since")
            for pk, notation, position, deprecated in rows:
                held.concepts[pk] = (scheme.notation, notation, position, bool(deprecated))
    return held


def _labels(held: _Held, language: str) -> dict[int, str]:
    from vocabularies.models import ConceptLabel

    if language not in held.labels:
        rows = ConceptLabel.objects.filter(language=language, kind="pref", concept__scheme__in=held.whole).values_list(
            "concept_id", "text"
        )
        held.labels[language] = dict(rows)
    return held.labels[language]


def _further(held: _Held) -> dict[int, tuple[str, str]]:
    """(label, language) of the concepts nobody named in English."""
    from vocabularies.models import ConceptLabel

    if held.further is None:
        unnamed = ConceptLabel.objects.filter(kind="pref", concept__scheme__in=held.whole).exclude(
            concept__in=ConceptLabel.objects.filter(language="en", kind="pref").values("concept")
        )
        rows = unnamed.order_by("-language").values_list("concept_id", "text", "language")
        held.further = {pk: (text, language) for pk, text, language in rows}
    return held.further


def _single(held: _Held, concept_id: int, language: str) -> str:
    """The label of a concept whose scheme is not held, or of one just loaded."""
    from vocabularies.models import ConceptLabel

    key = (concept_id, language)
    if key not in held.single:
        texts = ConceptLabel.objects.filter(concept=concept_id, kind="pref").order_by("language")
        found = best(dict(texts.values_list("language", "text")), language)
        if not found:
            return ""
        held.single[key] = found
    return held.single[key]
