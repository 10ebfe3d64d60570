"""How an entry lies in the index: schema, document, and back."""

import hashlib
import zlib

import tantivy

from search import documents, facets
from search.contract import Entry
from search.documents import BODY, DECLARED, NAMED, PARTS, SEQUENCE, SUMMARY, TITLE, TITLED, WHOLE
from search.engines.embedded import columns

FORMAT = 11  # raise it when documents change shape, or words their keys: older folders are then rebuilt


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "digest"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (TITLE, SUMMARY, BODY, PARTS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(SEQUENCE, tokenizer_name="whitespace", index_option="position")
    for name in (DECLARED, TITLED, NAMED, WHOLE, "audience"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    columns.add_to(builder)
    for name in ("newest", "evidence"):
        builder.add_unsigned_field(name, fast=True, indexed=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def schema_digest() -> str:
    """Folders made for other facets or another format are of no use."""
    shape = (FORMAT, tantivy.__version__, [(facet.name, facet.field, facet.places) for facet in facets.all_facets()])
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:16]


def document(entry: Entry, numbers: columns.Numbers) -> tantivy.Document:
    document, payload = tantivy.Document(), documents.to_json(entry)
    document.add_text("key", entry.key)
    document.add_text("digest", documents.digest_of(payload))
    for audience in sorted(entry.audience):
        document.add_text("audience", audience)
    numbers.fill(document, documents.facet_values(entry))
    words = documents.words(entry)
    for name, texts in words.fields.items():
        for text in texts:
            document.add_text(name, text)
    for parts in words.parts:
        document.add_text(PARTS, parts)
    values = {DECLARED: words.declared, TITLED: words.titled, NAMED: words.named, WHOLE: words.whole}
    for name, held in values.items():
        for value in held:
            document.add_text(name, value)
    document.add_unsigned("newest", documents.newest(entry))
    document.add_unsigned("evidence", documents.evidence(entry))
    document.add_bytes("payload", zlib.compress(payload.encode(), 6))
    return document


class Unreadable(ValueError):
    """The index gives something that is no entry."""


def entry_of(document: tantivy.Document) -> Entry:
    try:
        return documents.from_json(zlib.decompress(bytes(document.get_first("payload"))))
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"An entry can't be read: {error!r}") from error
