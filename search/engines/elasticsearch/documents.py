"""How an entry lies in the cluster: one Document class, mapping and settings, and back."""

import hashlib
from functools import lru_cache

from django.conf import settings
from elasticsearch_dsl import DenseVector, Keyword, Long, Mapping, Text

from search import documents, facets, vectors
from search.contract import Entry
from search.documents import BODY, DECLARED, NAMED, PARTS, SEQUENCE, SUMMARY, TITLE, TITLED, WHOLE, column

FORMAT = 8  # raise it when documents change shape, or words their keys: older indices are then rebuilt
VECTOR = "vector"
DEEPEST = 10_000  # hits a page may lie deep: what query.MAX_PAGE allows


def mapping() -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for name in ("key", "digest", "audience", DECLARED, TITLED, NAMED, WHOLE):
        mapping.field(name, Keyword())
    for facet in facets.kept():
        mapping.field(column(facet.name), Keyword())
    for name in (TITLE, SUMMARY, BODY, PARTS):
        mapping.field(name, Text(analyzer="whitespace", index_options="freqs"))
    mapping.field(SEQUENCE, Text(analyzer="whitespace", index_options="positions"))
    for name in ("newest", "evidence"):
        mapping.field(name, Long())
    if model := vectors.model():
        mapping.field(VECTOR, DenseVector(dims=model.dimensions, index=True, similarity="cosine"))
    mapping.field("payload", Keyword(index=False, doc_values=False))
    # Words are there to be found, not to be read back: the entry itself is in the payload.
    mapping.meta("_source", excludes=[VECTOR, TITLE, SUMMARY, BODY, PARTS, SEQUENCE, DECLARED, TITLED, NAMED, WHOLE])
    return mapping


def index_settings() -> dict:
    return {
        "number_of_shards": settings.SEARCH_SHARDS,
        "number_of_replicas": settings.SEARCH_REPLICAS,
        "max_result_window": DEEPEST,
        "gc_deletes": "1d",  # a removal is remembered for longer than any late arrival takes
    }


def schema_digest() -> str:
    """Indices made for other facets or another format are of no use."""
    model = vectors.model()
    kept = (model.name, model.dimensions) if model else None
    shape = (FORMAT, [(facet.name, facet.field) for facet in facets.all_facets()], kept)
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


def document(entry: Entry) -> dict:
    words, vector, payload = documents.words(entry), vectors.of_entry(entry), documents.to_json(entry)
    return {
        **({VECTOR: vector} if vector else {}),
        "key": entry.key,
        "digest": documents.digest_of(payload),
        "audience": sorted(entry.audience),
        **{column(name): list(values) for name, values in documents.facet_values(entry).items()},
        **words.fields,
        PARTS: words.parts,
        DECLARED: list(words.declared),
        TITLED: list(words.titled),
        NAMED: list(words.named),
        WHOLE: list(words.whole),
        "newest": documents.newest(entry),
        "evidence": documents.evidence(entry),
        "payload": payload,
    }


@lru_cache(maxsize=2000)
def entry_of(payload: str) -> Entry:
    return documents.from_json(payload)
