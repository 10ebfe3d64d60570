"""How an entry lies in the index: schema, document, and back."""

import hashlib
import json
import zlib
from dataclasses import asdict
from datetime import datetime

import tantivy

from search import analysis, concepts, facets
from search.contract import Entry, Text

FORMAT = 1  # raise it when documents change shape: older folders are then rebuilt
TITLE, SUMMARY, BODY = "title", "summary", "body"
DECLARED, NAMED = "declared", "named"  # concepts an author chose, concepts found in the text


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "digest"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (TITLE, SUMMARY, BODY):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (DECLARED, NAMED, "audience", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for facet in facets.all_facets():
        builder.add_text_field(column(facet.name), tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("openings", tokenizer_name="raw", index_option="basic")
    for name in ("newest", "evidence"):
        builder.add_unsigned_field(name, fast=True, indexed=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def column(facet: str) -> str:
    return f"f_{facet}"


def schema_digest() -> str:
    """Folders made for other facets or another format are of no use."""
    shape = (FORMAT, tantivy.__version__, [(facet.name, facet.field) for facet in facets.all_facets()])
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:16]


def digest(entry: Entry) -> str:
    return hashlib.sha256(_json(entry).encode()).hexdigest()[:32]


def document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", entry.key)
    document.add_text("digest", digest(entry))
    document.add_text("kind", entry.kind)
    for audience in sorted(entry.audience):
        document.add_text("audience", audience)
    for name, values in entry.facets.items():
        if facets.by_name(name):
            for value in values:
                document.add_text(column(name), value)
    _add_texts(document, entry)
    order = int.from_bytes(hashlib.sha256(entry.key.encode()).digest()[:3])
    seconds = max(0, int(entry.published_at.timestamp()))
    document.add_unsigned("newest", (seconds << 24) | order)
    document.add_unsigned("evidence", ((entry.weight + 1) << 58) | ((seconds << 24) | order))
    document.add_bytes("payload", zlib.compress(_json(entry).encode(), 6))
    return document


def _add_texts(document: tantivy.Document, entry: Entry) -> None:
    named: set[str] = set()
    for text in entry.texts:
        for name, value in ((TITLE, text.title), (SUMMARY, text.summary), (BODY, text.body)):
            document.add_text(name, " ".join(analysis.keys(value, text.language)))
        whole = f"{text.title}\n{text.summary}\n{text.body}"
        named.update(found.concept for found in concepts.in_document(whole, text.language))
        document.add_text("openings", f"{text.language}:{_opening(text.title)}")
    declared = _declared(entry)
    for concept in sorted(declared):
        document.add_text(DECLARED, concept)
    for concept in sorted(named - declared):
        document.add_text(NAMED, concept)


def _declared(entry: Entry) -> set[str]:
    schemes = {facet.name: facet.scheme for facet in facets.all_facets() if facet.scheme}
    return {
        f"{schemes[name]}/{value}"
        for name, values in entry.facets.items()
        if name in schemes and schemes[name] != "language"
        for value in values
        if ":" not in value
    }


def _opening(title: str) -> str:
    return analysis.fold(analysis.normalise(title))[:120]


def _json(entry: Entry) -> str:
    data = asdict(entry)
    data["audience"] = sorted(entry.audience)
    data["published_at"], data["changed_at"] = entry.published_at.isoformat(), entry.changed_at.isoformat()
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def entry_of(document: tantivy.Document) -> Entry:
    data = json.loads(zlib.decompress(bytes(document.get_first("payload"))))
    data["texts"] = tuple(Text(**text) for text in data["texts"])
    data["audience"] = frozenset(data["audience"])
    data["facets"] = {name: tuple(values) for name, values in data["facets"].items()}
    for name in ("published_at", "changed_at"):
        data[name] = datetime.fromisoformat(data[name])
    return Entry(**data)
