"""A scheme of the database written as SKOS, as it would be loaded again."""

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from vocabularies import skos
from vocabularies.models import ConceptLabel, ConceptMatch, ConceptScheme

PREDICATES = {kind: predicate for predicate, kind in {**skos.LABELS, **skos.MATCHES}.items()}


def turtle(scheme: ConceptScheme) -> str:
    graph = Graph()
    graph.bind("schema", "http://schema.org/", replace=True)
    _add_scheme(graph, scheme)
    _add_concepts(graph, scheme)
    for uri, kind, text, language in _of(ConceptLabel, scheme).values_list("concept__uri", "kind", "text", "language"):
        graph.add((URIRef(uri), PREDICATES[kind], Literal(text, lang=language)))
    for uri, kind, other in _of(ConceptMatch, scheme).values_list("concept__uri", "kind", "uri"):
        graph.add((URIRef(uri), PREDICATES[kind], URIRef(other)))
    return graph.serialize(format="turtle")


def _of(model, scheme: ConceptScheme):
    return model.objects.filter(concept__scheme=scheme)


def _add_scheme(graph: Graph, scheme: ConceptScheme) -> None:
    node = URIRef(scheme.uri)
    graph.add((node, RDF.type, SKOS.ConceptScheme))
    graph.add((node, SKOS.notation, Literal(scheme.notation)))
    if scheme.version:
        graph.add((node, OWL.versionInfo, Literal(scheme.version)))
    for predicate, texts in ((DCTERMS.title, scheme.title), (DCTERMS.description, scheme.description)):
        for language, text in texts.items():
            graph.add((node, predicate, Literal(text, lang=language)))


def _add_concepts(graph: Graph, scheme: ConceptScheme) -> None:
    home = URIRef(scheme.uri)
    for concept in scheme.concepts.select_related("broader", "replaced_by"):
        node = URIRef(concept.uri)
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, home))
        graph.add((node, SKOS.notation, Literal(concept.notation)))
        graph.add((node, skos.POSITIONS[0], Literal(concept.position)))
        if concept.broader:
            graph.add((node, SKOS.broader, URIRef(concept.broader.uri)))
        if concept.replaced_by:
            graph.add((node, DCTERMS.isReplacedBy, URIRef(concept.replaced_by.uri)))
        if concept.deprecated_since:
            graph.add((node, OWL.deprecated, Literal(True, datatype=XSD.boolean)))
