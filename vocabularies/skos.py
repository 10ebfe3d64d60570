"""Reading SKOS files (Turtle, RDF/XML, JSON-LD) into plain schemes and concepts, with every fault named by place."""

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS
from rdflib.plugins.parsers.notation3 import BadSyntax

FORMATS = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".n3": "n3",
    ".nt": "nt",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
LABELS = {SKOS.prefLabel: "pref", SKOS.altLabel: "alt", SKOS.hiddenLabel: "hidden", SKOS.definition: "def"}
MATCHES = {
    SKOS.exactMatch: "exact",
    SKOS.closeMatch: "close",
    SKOS.broadMatch: "broad",
    SKOS.narrowMatch: "narrow",
    SKOS.relatedMatch: "related",
}
POSITION = URIRef("http://schema.org/position")
VERSION = OWL.versionInfo


class Faulty(Exception):
    """The file can't be loaded; `faults` says where and what to do, one sentence each."""

    def __init__(self, faults: list[str]):
        self.faults = faults
        super().__init__("\n".join(faults))


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
    graph = _parse(path)
    faults: list[str] = []
    schemes = [_scheme(graph, node, faults) for node in sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)))]
    if not schemes:
        faults.append(f"{path.name}: no skos:ConceptScheme in it. Add one, and skos:inScheme to each concept.")
    if faults:
        raise Faulty(faults)
    for scheme in schemes:
        scheme.digest = digest_of(path)
    return schemes


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _parse(path: Path) -> Graph:
    if not path.is_file():
        raise Faulty([f"{path}: there is no such file."])
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(sorted(FORMATS))
        raise Faulty([f"{path.name}: the ending {path.suffix or '(none)'} is not known. Use one of {known}."])
    graph = Graph()
    try:
        graph.parse(data=path.read_text(encoding="utf-8-sig"), format=form, publicID="urn:praxis:loaded:")
    except UnicodeDecodeError as error:
        raise Faulty([f"{path.name}, byte {error.start}: not UTF-8. Save the file as UTF-8."]) from error
    except BadSyntax as error:
        raise Faulty([f"{path.name}, line {error.lines + 1}: {error._why}. Correct the line."]) from error
    except SAXParseException as error:
        raise Faulty([f"{path.name}, line {error.getLineNumber()}: {error.getMessage()}. Correct the line."]) from error
    except json.JSONDecodeError as error:
        raise Faulty([f"{path.name}, line {error.lineno}: {error.msg}. Correct the line."]) from error
    except Exception as error:  # the parsers of rdflib raise many kinds
        raise Faulty([f"{path.name}: {error}. Check the file with an RDF validator."]) from error
    return graph


def _scheme(graph: Graph, node, faults: list[str]) -> SchemeData:
    members = set(graph.subjects(SKOS.inScheme, node)) | set(graph.subjects(SKOS.topConceptOf, node))
    members |= set(graph.objects(node, SKOS.hasTopConcept))
    concepts = [_concept(graph, member, faults) for member in sorted(members)]
    _check_notations(concepts, faults)
    _check_broader(concepts, faults)
    concepts.sort(key=lambda concept: (concept.position, concept.notation))
    for position, concept in enumerate(concepts, 1):
        concept.position = position
    return SchemeData(
        uri=str(node),
        notation=_notation(graph, node),
        version=str(graph.value(node, VERSION) or graph.value(node, DCTERMS.issued) or ""),
        title=_texts(graph, node, SKOS.prefLabel, DCTERMS.title),
        description=_texts(graph, node, SKOS.definition, DCTERMS.description),
        concepts=concepts,
    )


def _concept(graph: Graph, node, faults: list[str]) -> ConceptData:
    concept = ConceptData(uri=str(node), notation=_notation(graph, node))
    preferred: dict[str, set[str]] = defaultdict(set)
    for predicate, kind in LABELS.items():
        for text in graph.objects(node, predicate):
            if not isinstance(text, Literal) or not str(text).strip():
                continue
            concept.labels.add(((text.language or "en").lower(), kind, str(text).strip()))
            if kind == "pref":
                preferred[(text.language or "en").lower()].add(str(text))
    if not preferred:
        faults.append(f"{node}: no skos:prefLabel. Give it one in at least one language.")
    for language, texts in preferred.items():
        if len(texts) > 1:
            faults.append(
                f"{node}: {len(texts)} preferred labels in {language}. Keep one, make the others skos:altLabel."
            )
    for predicate, kind in MATCHES.items():
        concept.matches.update((kind, str(uri)) for uri in graph.objects(node, predicate))
    concept.broader = str(graph.value(node, SKOS.broader, any=True) or "")
    concept.replaced_by = str(graph.value(node, DCTERMS.isReplacedBy, any=True) or "")
    concept.deprecated = str(graph.value(node, OWL.deprecated) or "").lower() == "true"
    position = graph.value(node, POSITION)
    concept.position = int(position) if position is not None and str(position).isdigit() else 10**6
    return concept


def _notation(graph: Graph, node) -> str:
    return str(graph.value(node, SKOS.notation, any=True) or re.split("[/#:]", str(node).rstrip("/#"))[-1])


def _texts(graph: Graph, node, *predicates) -> dict[str, str]:
    return {
        (text.language or "en").lower(): str(text)
        for predicate in reversed(predicates)
        for text in graph.objects(node, predicate)
        if isinstance(text, Literal)
    }


def _check_notations(concepts: list[ConceptData], faults: list[str]) -> None:
    seen: dict[str, str] = {}
    for concept in concepts:
        if concept.notation in seen:
            faults.append(f"{concept.uri}: its notation {concept.notation} is also that of {seen[concept.notation]}.")
        seen.setdefault(concept.notation, concept.uri)


def _check_broader(concepts: list[ConceptData], faults: list[str]) -> None:
    """A chain of broader concepts must end; concepts of other schemes end it."""
    above = {concept.uri: concept.broader for concept in concepts}
    for uri in above:
        seen, at = {uri}, above[uri]
        while at in above:
            if at in seen:
                faults.append(f"{uri}: its broader concepts run in a circle through {at}. Remove one skos:broader.")
                break
            seen.add(at)
            at = above[at]
