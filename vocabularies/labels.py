"""Preferred labels of all concepts by language, held in each process and renewed when a vocabulary changes.

A page shows dozens of labels; asking the database for each would cost a query apiece. Schemes with more than LARGE concepts are
not held whole: ask the database for what a page needs of them.
"""

import threading
import time
from dataclasses import dataclass, field

from django.db.models import Count, Max

LARGE = 3000
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
    concepts: dict[int, tuple[str, str, int, bool]] = field(default_factory=dict)
    labels: dict[str, dict[int, str]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, Value]] = field(default_factory=dict)


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
    return _labels(held, language).get(concept_id) or _labels(held, "en").get(concept_id) or ""


def scheme_notation(scheme_id: int) -> str:
    return _current().schemes.get(scheme_id, "")


def scheme_title(scheme: str, language: str | None) -> str:
    return best(_current().titles.get(scheme, {}), language) or scheme


def values(scheme: str, language: str | None) -> dict[str, Value]:
    """All concepts of a scheme in their order, as {notation: Value} with labels in `language`."""
    held = _current()
    language = language or "en"
    if (scheme, language) not in held.values:
        own, english = _labels(held, language), _labels(held, "en")
        rows = [
            Value(
                pk,
                scheme,
                notation,
                own.get(pk) or english.get(pk) or notation,
                language if pk in own else "en",
                position,
                deprecated,
            )
            for pk, (of, notation, position, deprecated) in held.concepts.items()
            if of == scheme
        ]
        held.values[scheme, language] = {row.notation: row for row in sorted(rows, key=lambda row: row.position)}
    return held.values[scheme, language]


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
            rows = Concept.objects.filter(scheme=scheme).values_list("id", "notation", "position", "deprecated_since")
            for pk, notation, position, deprecated in rows:
                held.concepts[pk] = (scheme.notation, notation, position, bool(deprecated))
    return held


def _labels(held: _Held, language: str) -> dict[int, str]:
    from vocabularies.models import ConceptLabel

    if language not in held.labels:
        rows = ConceptLabel.objects.filter(
            language=language, kind="pref", concept__scheme__in=list(held.schemes)
        ).values_list("concept_id", "text")
        held.labels[language] = {pk: text for pk, text in rows if pk in held.concepts}
    return held.labels[language]
