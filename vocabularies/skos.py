"""Reading SKOS files into plain schemes and concepts, with every fault named by concept."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from portal.languages import CODES
from vocabularies.parsing import Faulty, parse

__all__ = ["ConceptData", "Faulty", "SchemeData", "digest_of", "read"]

LABELS = {SKOS.prefLabel: "pref", SKOS.altLabel: "alt", SKOS.hiddenLabel: "hidden", SKOS.definition: "def"}
MATCHES = {
    SKOS.exactMatch: "exact",
    SKOS.closeMatch: "close",
    SKOS.broadMatch: "broad",
    SKOS.narrowMatch: "narrow",
    SKOS.relatedMatch: "related",
}
POSITIONS = (URIRef("http://schema.org/position"), URIRef("https://schema.org/position"))
OTHERS = {
    SKOS.ConceptScheme,
    SKOS.Collection,
    SKOS.OrderedCollection,
    URIRef("http://www.w3.org/2008/05/skos-xl#Label"),
}
VERSIONS = (OWL.versionInfo, DCTERMS.modified, DCTERMS.issued)
LAST = 10**6  # the position of what has none

# As long as the database holds
LONGEST_URI = 500
LONGEST_NOTATION = 100
LONGEST_SCHEME = 50
LONGEST_VERSION = 50
LONGEST_LANGUAGE = 12


@dataclass
class ConceptData:
    uri: str
    notation: str
    position: int = 0
    labels: set[tuple[str, str, str]] = field(default_factory=set)  # language, kind, text
    matches: set[tuple[str, str]] = field(default_factory=set)  # kind, uri
    broader: str = ""
    replaced_by: str = ""
    deprecated: bool = False


@dataclass
class SchemeData:
    uri: str
    notation: str
    version: str
    title: dict[str, str]
    description: dict[str, str]
    concepts: list[ConceptData]
    digest: str = ""


def read(path: Path) -> list[SchemeData]:
    """All schemes of a file. Raises Faulty; nothing is guessed that a later load would contradict."""
    graph = parse(path)
    faults: list[str] = []
    members = _members(graph, faults)
    schemes = [_scheme(graph, node, concepts, faults) for node, concepts in members.items()]
    if not schemes:
        faults.append("no skos:ConceptScheme in it. Add one, and skos:inScheme to each concept.")
    if faults:
        raise Faulty([f"{path.name}: {fault}" for fault in faults])
    digest = digest_of(path)
    for scheme in schemes:
        scheme.digest = digest
    return schemes


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _members(graph: Graph, faults: list[str]) -> dict:
    """The concepts of each scheme. Where a file holds one scheme, a concept that names none belongs to it."""
    schemes = sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)))
    members = _whole({node: _placed_in(graph, node) for node in schemes})
    placed = defaultdict(list)
    for node, concepts in members.items():
        for concept in concepts:
            placed[concept].append(node)
    for concept in sorted(concept for concept, schemes in placed.items() if len(schemes) > 1):
        names = ", ".join(str(node) for node in placed[concept])
        faults.append(f"{concept}: in several schemes ({names}). Keep one skos:inScheme.")
    for concept in sorted(set(graph.subjects(RDF.type, SKOS.Concept)) - set(placed)):
        elsewhere = graph.value(concept, SKOS.inScheme, any=True)
        if elsewhere is not None:
            faults.append(f"{concept}: its scheme {elsewhere} is not in this file. Add the skos:ConceptScheme.")
        elif len(schemes) == 1:
            next(iter(members.values())).add(concept)
        elif members:
            faults.append(f"{concept}: in no scheme. Add skos:inScheme.")
    return members


def _placed_in(graph: Graph, scheme) -> set:
    found = {
        *graph.subjects(SKOS.inScheme, scheme),
        *graph.subjects(SKOS.topConceptOf, scheme),
        *graph.objects(scheme, SKOS.hasTopConcept),
    }
    return {node for node in found if _may_be_concept(set(graph.objects(node, RDF.type)))}


def _may_be_concept(types: set) -> bool:
    """Parts of a scheme, groups and labels may say which scheme they are of, too."""
    return SKOS.Concept in types or not types & OTHERS


def _whole(members: dict) -> dict:
    """Without the schemes that are a part of another, such as the microthesauri of EuroVoc."""
    return {
        node: concepts
        for node, concepts in members.items()
        if not concepts or not any(concepts < others for others in members.values())
    }


def _scheme(graph: Graph, node, members: set, faults: list[str]) -> SchemeData:
    concepts = [_concept(graph, member, members, faults) for member in sorted(members)]
    data = SchemeData(
        uri=str(node),
        notation=_notation(graph, node),
        version=_version(graph, node),
        title=_texts(graph, node, SKOS.prefLabel, DCTERMS.title),
        description=_texts(graph, node, SKOS.definition, DCTERMS.description),
        concepts=concepts,
    )
    faults += _faults_of_scheme(data, node)
    faults += _repeated_notations(concepts)
    faults += _circles(concepts)
    concepts.sort(key=lambda concept: (concept.position, concept.notation))
    for position, concept in enumerate(concepts, 1):
        concept.position = position
    return data


def _concept(graph: Graph, node, members: set, faults: list[str]) -> ConceptData:
    concept = ConceptData(
        uri=str(node),
        notation=_notation(graph, node),
        position=_position(graph, node),
        labels=_labels(graph, node, faults),
        matches={
            (kind, str(uri))
            for predicate, kind in MATCHES.items()
            for uri in graph.objects(node, predicate)
            if isinstance(uri, URIRef) and len(uri) <= LONGEST_URI
        },
        replaced_by=_first(graph.objects(node, DCTERMS.isReplacedBy)),
        deprecated=any(str(value).lower() in ("true", "1") for value in graph.objects(node, OWL.deprecated)),
    )
    above = {*graph.objects(node, SKOS.broader), *graph.subjects(SKOS.narrower, node)}
    concept.broader = _first(above & members)
    faults += _faults_of_concept(concept, node)
    return concept


def _first(nodes) -> str:
    return min((str(node) for node in nodes), default="")


def _position(graph: Graph, node) -> int:
    given = [str(value) for predicate in POSITIONS for value in graph.objects(node, predicate)]
    return min((int(value) for value in given if value.isascii() and value.isdigit()), default=LAST)


def _notation(graph: Graph, node) -> str:
    """What skos:notation says, else the last part of the address."""
    return _first(graph.objects(node, SKOS.notation)) or re.split("[/#:]", str(node).rstrip("/#"))[-1]


def _version(graph: Graph, node) -> str:
    for predicate in VERSIONS:
        if version := max((str(value).strip() for value in graph.objects(node, predicate)), default=""):
            return version
    return ""


def _texts(graph: Graph, node, *predicates) -> dict[str, str]:
    found = {}
    for predicate in reversed(predicates):
        for text in sorted(graph.objects(node, predicate)):
            if isinstance(text, Literal) and str(text).strip():
                found[_language(text)] = _clean(text)
    return found


def _labels(graph: Graph, node, faults: list[str]) -> set[tuple[str, str, str]]:
    labels = {
        (_language(text), kind, _clean(text))
        for predicate, kind in LABELS.items()
        for text in graph.objects(node, predicate)
        if isinstance(text, Literal) and _clean(text)
    }
    labels = _with_regions_merged(labels)
    preferred: dict[str, set[str]] = defaultdict(set)
    for language, kind, text in labels:
        if kind == "pref":
            preferred[language].add(text)
        if len(language) > LONGEST_LANGUAGE:
            faults.append(f"{node}: the language tag {language} is too long. Use one such as pt or pt-BR.")
    if not preferred:
        faults.append(f"{node}: no skos:prefLabel. Give it one in at least one language.")
    for language, texts in sorted(preferred.items()):
        if len(texts) > 1:
            named = " / ".join(sorted(texts))
            faults.append(
                f"{node}: several skos:prefLabel in {language} ({named}). Keep one, make the others skos:altLabel."
            )
    return labels


def _with_regions_merged(labels: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """What is said in pt-PT stands for pt, as an alternative where pt has its own preferred label."""
    own = {(language, kind) for language, kind, _text in labels}
    merged = set()
    for language, kind, text in sorted(labels):
        base = language.partition("-")[0]
        if base == language or base not in CODES:
            merged.add((language, kind, text))
        elif kind in ("pref", "def") and (base, kind) in own:
            if kind == "pref" and (base, "pref", text) not in labels:
                merged.add((base, "alt", text))
        else:
            own.add((base, kind))
            merged.add((base, kind, text))
    return merged


def _language(text: Literal) -> str:
    """A label without a language is taken for English."""
    return (text.language or "en").lower()


def _clean(text: Literal) -> str:
    return str(text).replace("\x00", "").strip()


def _faults_of_scheme(scheme: SchemeData, node) -> Iterator[str]:
    yield from _faults_of_address(node)
    if not re.fullmatch(rf"[-\w]{{1,{LONGEST_SCHEME}}}", scheme.notation, re.ASCII):
        yield (
            f"{node}: its notation “{scheme.notation[:80]}” can't stand in addresses. "
            f"Give it a skos:notation of at most {LONGEST_SCHEME} letters, digits, - and _."
        )
    if len(scheme.version) > LONGEST_VERSION:
        yield f"{node}: its owl:versionInfo is longer than {LONGEST_VERSION} characters. Shorten it."
    if not scheme.concepts:
        yield f"{node}: no concept in it. Add skos:inScheme to each of its concepts."


def _faults_of_concept(concept: ConceptData, node) -> Iterator[str]:
    yield from _faults_of_address(node)
    if (
        not concept.notation
        or len(concept.notation) > LONGEST_NOTATION
        or re.search(r"[/:\x00-\x1f]", concept.notation)
    ):
        yield (
            f"{node}: its notation “{concept.notation[:80]}” can't stand in addresses. "
            f"Give it a skos:notation of at most {LONGEST_NOTATION} characters without / and :."
        )


def _faults_of_address(node) -> Iterator[str]:
    if isinstance(node, BNode):
        yield f"{node}: it has no address (URI), so it could not be found again. Give it one."
    elif len(node) > LONGEST_URI or re.search(r'[\s<>"{}|\\^`]', node):
        yield f"{node[:80]}: not an address (URI) of at most {LONGEST_URI} characters without spaces. Correct it."


def _repeated_notations(concepts: list[ConceptData]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for concept in concepts:
        if concept.notation in seen:
            yield (
                f"{concept.uri}: its notation {concept.notation} is also that of {seen[concept.notation]}. "
                "Give one of them another skos:notation."
            )
        seen.setdefault(concept.notation, concept.uri)


def _circles(concepts: list[ConceptData]) -> Iterator[str]:
    """A chain of broader concepts must end; each circle is told once."""
    above = {concept.uri: concept.broader for concept in concepts}
    ends: set[str] = {""}
    for uri in above:
        walked, at = [], uri
        while at in above and at not in ends and at not in walked:
            walked.append(at)
            at = above[at]
        if at in walked:
            yield f"{at}: its broader concepts run in a circle through {above[at]}. Remove one skos:broader."
        ends.update(walked)
