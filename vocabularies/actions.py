"""Loading concept schemes: idempotent, versioned, deprecating instead of deleting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.dispatch import Signal

from vocabularies import cldr, labels, skos
from vocabularies.models import Concept, ConceptLabel, ConceptMatch, ConceptScheme

SHIPPED = Path(__file__).parent / "data"
BATCH = 2000

loaded = Signal()  # sent after a scheme changed, with scheme=notation


@dataclass(frozen=True)
class Report:
    scheme: str
    added: int = 0
    changed: int = 0
    deprecated: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return (
            f"{self.scheme}: {self.added} added, {self.changed} changed, "
            f"{self.deprecated} deprecated, {self.unchanged} unchanged"
        )


def load_file(path: Path, progress: Callable[[Iterable], Iterable] = iter) -> list[Report]:
    """Load every scheme of a SKOS file, all or nothing. Raises skos.Faulty."""
    schemes = skos.read(path)
    with transaction.atomic():
        return [load(scheme, progress) for scheme in schemes]


def load_shipped() -> list[Report]:
    """The schemes that come with Praxis, and countries and languages from CLDR; what has not changed costs one query."""
    reports = []
    for path in sorted(SHIPPED.glob("*.ttl")):
        if not ConceptScheme.objects.filter(digest=skos.digest_of(path)).exists():
            reports += load_file(path)
    for make in (cldr.countries, cldr.languages):
        scheme = make()
        if not ConceptScheme.objects.filter(notation=scheme.notation, digest=scheme.digest).exists():
            reports.append(load(scheme))
    return reports


@transaction.atomic
def load(data: skos.SchemeData, progress: Callable[[Iterable], Iterable] = iter) -> Report:
    """Bring one scheme to the state of `data`. A concept no longer in it stays, deprecated since this version."""
    scheme = _scheme(data)
    have = {concept.uri: concept for concept in scheme.concepts.prefetch_related("labels", "matches")}
    _free_notations(data, have)
    added = changed = unchanged = 0
    for item in progress(data.concepts):
        concept = have.get(item.uri)
        if concept is None:
            have[item.uri] = _add(scheme, item, data.version)
            added += 1
        elif _change(concept, item, data.version):
            changed += 1
        else:
            unchanged += 1
    changed += _connect(data, have)
    deprecated = _deprecate_missing(data, have)
    if added or changed or deprecated:
        transaction.on_commit(lambda: loaded.send(sender=ConceptScheme, scheme=data.notation))
    labels.forget()
    return Report(data.notation, added, changed, deprecated, unchanged)


def _scheme(data: skos.SchemeData) -> ConceptScheme:
    scheme = ConceptScheme.objects.filter(uri=data.uri).first() or ConceptScheme(uri=data.uri)
    taken = ConceptScheme.objects.filter(notation=data.notation).exclude(pk=scheme.pk).first()
    if taken:
        raise skos.Faulty(
            [
                f"{data.uri}: the notation {data.notation} belongs to the scheme {taken.uri}. Give it another skos:notation."
            ]
        )
    scheme.notation, scheme.version, scheme.digest = data.notation, data.version, data.digest
    scheme.title, scheme.description = data.title, data.description
    scheme.save()
    return scheme


def _free_notations(data: skos.SchemeData, have: dict[str, Concept]) -> None:
    wanted = {item.notation: item.uri for item in data.concepts}
    faults = [
        f"{wanted[concept.notation]}: its notation {concept.notation} belongs to {uri}, which this file doesn't hold. "
        "Use another notation: old case studies still point to the old one."
        for uri, concept in have.items()
        if concept.notation in wanted and wanted[concept.notation] != uri
    ]
    if faults:
        raise skos.Faulty(faults)


def _add(scheme: ConceptScheme, item: skos.ConceptData, version: str) -> Concept:
    concept = Concept.objects.create(
        scheme=scheme,
        uri=item.uri,
        notation=item.notation,
        position=item.position,
        since_version=version,
        deprecated_since=version or "?" if item.deprecated else "",
    )
    _write_labels(concept, item)
    _write_matches(concept, item)
    return concept


def _change(concept: Concept, item: skos.ConceptData, version: str) -> bool:
    deprecated_since = (concept.deprecated_since or version or "?") if item.deprecated else ""
    fields = {"notation": item.notation, "position": item.position, "deprecated_since": deprecated_since}
    differs = {name: value for name, value in fields.items() if getattr(concept, name) != value}
    for name, value in differs.items():
        setattr(concept, name, value)
    if differs:
        concept.save(update_fields=list(differs))
    relabelled = {(label.language, label.kind, label.text) for label in concept.labels.all()} != item.labels
    if relabelled:
        concept.labels.all().delete()
        _write_labels(concept, item)
    rematched = {(match.kind, match.uri) for match in concept.matches.all()} != item.matches
    if rematched:
        concept.matches.all().delete()
        _write_matches(concept, item)
    return bool(differs) or relabelled or rematched


def _write_labels(concept: Concept, item: skos.ConceptData) -> None:
    rows = [
        ConceptLabel(concept=concept, language=language, kind=kind, text=text)
        for language, kind, text in sorted(item.labels)
    ]
    ConceptLabel.objects.bulk_create(rows, batch_size=BATCH)


def _write_matches(concept: Concept, item: skos.ConceptData) -> None:
    ConceptMatch.objects.bulk_create(ConceptMatch(concept=concept, kind=kind, uri=uri) for kind, uri in item.matches)


def _connect(data: skos.SchemeData, have: dict[str, Concept]) -> int:
    """Set broader and replaced-by once every concept exists."""
    changed = []
    for item in data.concepts:
        concept = have[item.uri]
        broader, replaced_by = have.get(item.broader), have.get(item.replaced_by)
        if (concept.broader_id, concept.replaced_by_id) != (broader and broader.pk, replaced_by and replaced_by.pk):
            concept.broader, concept.replaced_by = broader, replaced_by
            changed.append(concept)
    Concept.objects.bulk_update(changed, ["broader", "replaced_by"], batch_size=BATCH)
    return len(changed)


def _deprecate_missing(data: skos.SchemeData, have: dict[str, Concept]) -> int:
    present = {item.uri for item in data.concepts}
    missing = [concept.pk for uri, concept in have.items() if uri not in present and not concept.deprecated_since]
    Concept.objects.filter(pk__in=missing).update(deprecated_since=data.version or "?")
    return len(missing)
