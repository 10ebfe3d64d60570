"""Loading concept schemes: idempotent, versioned, deprecating instead of deleting."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.dispatch import Signal

from vocabularies import cldr, labels, skos
from vocabularies.models import Concept, ConceptLabel, ConceptMatch, ConceptScheme

SHIPPED = Path(__file__).parent / "data"
AT_ONCE = 500  # concepts compared and written together: few queries, and memory that doesn't grow with the scheme
BATCH = 2000  # rows of one insert
UNNAMED = "?"  # deprecated by a version that has no name

loaded = Signal()  # sent after a scheme changed, with scheme=notation

Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Report:
    scheme: str
    added: int = 0
    changed: int = 0
    deprecated: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return self.added + self.changed + self.deprecated

    def __str__(self) -> str:
        return (
            f"{self.scheme}: {self.added} added, {self.changed} changed, "
            f"{self.deprecated} deprecated, {self.unchanged} unchanged"
        )


@transaction.atomic
def load_files(paths: Iterable[Path], progress: Progress = iter) -> list[Report]:
    """Load every scheme of these files, all or nothing. Raises skos.Faulty."""
    return [report for path in paths for report in load_file(path, progress)]


def try_files(paths: Iterable[Path], progress: Progress = iter) -> list[Report]:
    """What load_files would report; nothing is kept."""
    with transaction.atomic():
        reports = load_files(paths, progress)
        transaction.set_rollback(True)
    labels.forget()
    return reports


@transaction.atomic
def load_file(path: Path, progress: Progress = iter) -> list[Report]:
    """Load every scheme of a SKOS file, all or nothing. Raises skos.Faulty."""
    return [load(scheme, progress) for scheme in skos.read(path)]


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
def load(data: skos.SchemeData, progress: Progress = iter) -> Report:
    """Bring one scheme to the state of `data`. A concept no longer in it stays, deprecated since this version."""
    scheme, is_changed = _scheme(data)
    have = {concept.uri: concept for concept in scheme.concepts.all()}
    _check_taken(data, scheme, have)
    change = _Change(scheme, data, have)
    change.write_concepts()
    change.write_words(progress)
    deprecated = _deprecate_missing(data, have)
    if is_changed or change.added or change.changed or deprecated:
        scheme.save()  # with the moment of the change, by which other processes notice
        transaction.on_commit(lambda: _tell(data.notation))
    labels.forget()
    total = len(data.concepts)
    added, changed = len(change.added), len(change.changed)
    return Report(data.notation, added, changed, deprecated, total - added - changed)


def _tell(notation: str) -> None:
    labels.forget()
    loaded.send(sender=ConceptScheme, scheme=notation)


def _scheme(data: skos.SchemeData) -> tuple[ConceptScheme, bool]:
    """The scheme as `data` has it, and whether something of it differs from what is kept."""
    scheme = ConceptScheme.objects.filter(uri=data.uri).first() or ConceptScheme(uri=data.uri)
    taken = ConceptScheme.objects.filter(notation=data.notation).exclude(pk=scheme.pk).first()
    if taken:
        raise skos.Faulty(
            [
                f"{data.uri}: the notation {data.notation} belongs to the scheme {taken.uri}. "
                "Give it another skos:notation."
            ]
        )
    before = {**vars(scheme)}
    scheme.notation, scheme.version, scheme.digest = data.notation, data.version, data.digest
    scheme.title, scheme.description = data.title, data.description
    if scheme.pk is None:
        scheme.save()
    return scheme, before != vars(scheme)


def _check_taken(data: skos.SchemeData, scheme: ConceptScheme, have: dict[str, Concept]) -> None:
    """No notation of an old concept for a new one, no concept of another scheme."""
    wanted = {item.notation: item.uri for item in data.concepts}
    present = set(wanted.values())
    faults = [
        f"{wanted[concept.notation]}: its notation {concept.notation} belongs to {uri}, which this file doesn't hold. "
        "Use another notation: old case studies still point to the old one."
        for uri, concept in have.items()
        if concept.notation in wanted and uri not in present
    ]
    for uris in _chunks(uri for uri in sorted(present) if uri not in have):
        elsewhere = Concept.objects.filter(uri__in=uris).exclude(scheme=scheme).select_related("scheme")
        faults += [
            f"{concept.uri}: belongs to the scheme {concept.scheme.uri}. "
            "Give it an address of its own, and skos:exactMatch to that one."
            for concept in elsewhere
        ]
    if faults:
        raise skos.Faulty(faults)


@dataclass
class _Change:
    """One load at work: which concepts are new, which differ."""

    scheme: ConceptScheme
    data: skos.SchemeData
    have: dict[str, Concept]
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def write_concepts(self) -> None:
        new = [self._new(item) for item in self.data.concepts if item.uri not in self.have]
        self.added = {concept.uri for concept in new}
        self._update("notation", "position", "deprecated_since", wanted=self._state)
        Concept.objects.bulk_create(new, batch_size=BATCH)
        self.have.update((concept.uri, concept) for concept in new)
        # Only now every concept has a key to point to
        self._update("broader_id", "replaced_by_id", wanted=self._links)

    def _new(self, item: skos.ConceptData) -> Concept:
        return Concept(
            scheme=self.scheme,
            uri=item.uri,
            notation=item.notation,
            position=item.position,
            since_version=self.data.version,
            deprecated_since=self._deprecated_since(item, ""),
        )

    def _deprecated_since(self, item: skos.ConceptData, before: str) -> str:
        return (before or self.data.version or UNNAMED) if item.deprecated else ""

    def _state(self, item: skos.ConceptData, concept: Concept) -> tuple:
        return item.notation, item.position, self._deprecated_since(item, concept.deprecated_since)

    def _links(self, item: skos.ConceptData, _concept: Concept) -> tuple:
        broader, replaced_by = self.have.get(item.broader), self.have.get(item.replaced_by)
        return broader and broader.pk, replaced_by and replaced_by.pk

    def _update(self, *names: str, wanted: Callable[[skos.ConceptData, Concept], tuple]) -> None:
        differing = []
        for item in self.data.concepts:
            concept = self.have.get(item.uri)
            if concept is None:
                continue
            values = wanted(item, concept)
            if values != tuple(getattr(concept, name) for name in names):
                for name, value in zip(names, values, strict=True):
                    setattr(concept, name, value)
                differing.append(concept)
        if "notation" in names:
            _free_notations(differing)
        Concept.objects.bulk_update(differing, [name.removesuffix("_id") for name in names], batch_size=AT_ONCE)
        self.changed |= {concept.uri for concept in differing} - self.added

    def write_words(self, progress: Progress) -> None:
        """Labels and matches of AT_ONCE concepts at a time."""
        for items in _chunks(progress(self.data.concepts)):
            pairs = [(self.have[item.uri], item) for item in items]
            differing = _write(ConceptLabel, ("language", "kind", "text"), [(c, item.labels) for c, item in pairs])
            differing |= _write(ConceptMatch, ("kind", "uri"), [(c, item.matches) for c, item in pairs])
            self.changed |= differing - self.added


def _free_notations(concepts: list[Concept]) -> None:
    """Two concepts may exchange their notations; for a moment neither has one."""
    for some in _chunks(concepts):
        passing = Concat(Value("~"), Cast(F("pk"), CharField()))
        Concept.objects.filter(pk__in=[concept.pk for concept in some]).update(notation=passing)


def _write(model, names: tuple[str, ...], wanted: list[tuple[Concept, set[tuple]]]) -> set[str]:
    """Replace the rows of the concepts whose rows differ; the addresses of these concepts."""
    rows = defaultdict(set)
    ids = [concept.pk for concept, _rows in wanted]
    for pk, *values in model.objects.filter(concept_id__in=ids).values_list("concept_id", *names):
        rows[pk].add(tuple(values))
    differing = [(concept, new) for concept, new in wanted if rows[concept.pk] != new]
    model.objects.filter(concept_id__in=[concept.pk for concept, _new in differing if rows[concept.pk]]).delete()
    made = (
        model(concept_id=concept.pk, **dict(zip(names, values, strict=True)))
        for concept, new in differing
        for values in sorted(new)
    )
    model.objects.bulk_create(made, batch_size=BATCH)
    return {concept.uri for concept, _new in differing}


def _chunks(items: Iterable) -> Iterator[list]:
    items = iter(items)
    while some := list(islice(items, AT_ONCE)):
        yield some


def _deprecate_missing(data: skos.SchemeData, have: dict[str, Concept]) -> int:
    present = {item.uri for item in data.concepts}
    missing = [concept.pk for uri, concept in have.items() if uri not in present and not concept.deprecated_since]
    for some in _chunks(missing):
        Concept.objects.filter(pk__in=some).update(deprecated_since=data.version or UNNAMED)
    return len(missing)
