"""What every engine keeps of an entry, the same for all: its digest, its JSON, its words, its concepts, its place in each order."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from search import analysis, concepts, facets
from search.contract import Entry, Text
from search.translations import tables

TITLE, SUMMARY, BODY = "title", "summary", "body"
SEQUENCE = "sequence"  # all words of title, summary and body in order, each with the name of its part
PARTS = "parts"  # of compounds: found by translations of a part
WHOLE = "whole"  # a title as one value
DECLARED, TITLED, NAMED = "declared", "titled", "named"
ORDER_BITS = 24  # of a number made of the key: entries of the same second keep their order
WEIGHT_BITS = 34 + ORDER_BITS  # seconds fit in 34 bits until the year 2514


@dataclass(frozen=True)
class Words:
    """Keys and concepts of an entry's texts."""

    fields: dict[str, list[str]]  # title, summary, body -> the keys of each text, joined by spaces
    declared: tuple[str, ...]  # concepts an author chose, scheme/notation
    titled: tuple[str, ...]  # concepts found in a title
    named: tuple[str, ...]  # concepts only found in the text
    whole: tuple[str, ...]  # the keys of each title in order, as one
    parts: list[str]  # of the compounds in each text, joined by spaces


def digest(entry: Entry) -> str:
    return digest_of(to_json(entry))


def digest_of(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()[:32]


def to_json(entry: Entry) -> str:
    data = {**vars(entry), "texts": [vars(text) for text in entry.texts], "audience": sorted(entry.audience)}
    data["published_at"], data["changed_at"] = entry.published_at.isoformat(), entry.changed_at.isoformat()
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def from_json(text: str | bytes) -> Entry:
    data = json.loads(text)
    data["texts"] = tuple(Text(**text) for text in data["texts"])
    data["audience"] = frozenset(data["audience"])
    data["facets"] = {name: tuple(values) for name, values in data["facets"].items()}
    for name in ("published_at", "changed_at"):
        data[name] = datetime.fromisoformat(data[name])
    return Entry(**data)


def words(entry: Entry) -> Words:
    fields: dict[str, list[str]] = {TITLE: [], SUMMARY: [], BODY: [], SEQUENCE: []}
    named: set[str] = set()
    titled: set[str] = set()
    whole: list[str] = []
    compounds: list[str] = []
    for text in entry.texts:
        told = f"{text.title}\n{text.summary}\n{text.body}"
        tokens = analysis.tokens(told, text.language)
        summary_at, body_at = len(text.title) + 1, len(text.title) + len(text.summary) + 2
        parts: dict[str, list[analysis.Token]] = {TITLE: [], SUMMARY: [], BODY: []}
        for token in tokens:
            part = TITLE if token.start < summary_at else SUMMARY if token.start < body_at else BODY
            parts[part].append(token)
        for name, part in parts.items():
            fields[name].append(_keys(part))
            fields[SEQUENCE] += _sequences(name, part)
        compounds.append(" ".join(part for token in tokens for part in tables.parts(token.key)))
        found = concepts.spoken(concepts.find(tokens, told, text.language))
        named.update(one.concept for one in found)
        titled.update(one.concept for one in found if tokens[one.first].start < summary_at)
        whole.append(sequence([token for token in tokens if token.start < summary_at]))
    declared = _declared(entry)
    return Words(
        fields=fields,
        declared=tuple(sorted(declared)),
        titled=tuple(sorted(titled)),
        named=tuple(sorted(named - declared)),
        whole=tuple(filter(None, whole)),
        parts=compounds,
    )


def _keys(part: list[analysis.Token]) -> str:
    keys = analysis.keys(part)
    return " ".join((*keys, *map(analysis.shared, keys)))


def in_order(part: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as they stand in the sequence: a phrase is met within one part of a text."""
    return tuple(f"{part}/{key}" for key in keys)


def _sequences(name: str, part: list[analysis.Token]) -> list[str]:
    """The words of a part in order; once more as they are typed without diacritics, where that is another order of keys."""
    orders = dict.fromkeys((tuple(token.key for token in part), tuple(token.plain for token in part)))
    return [" ".join(in_order(name, keys)) for keys in orders if keys]


def sequence(tokens: list[analysis.Token]) -> str:
    """Words in order, as one value."""
    return " ".join(token.key for token in tokens)


def _declared(entry: Entry) -> set[str]:
    schemes = {facet.name: facet.scheme for facet in facets.all_facets() if facet.scheme}
    return {
        f"{schemes[name]}/{value}"
        for name, values in entry.facets.items()
        if name in schemes and schemes[name] != "language"
        for value in values
        if ":" not in value
    }


def column(facet: str) -> str:
    """The field a facet's values lie in."""
    return f"f_{facet}"


def facet_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Of the facets there are; an entry need not name them all."""
    known = {name: values for name, values in entry.facets.items() if facets.by_name(name)}
    return known | {facets.KIND.name: (entry.kind,)}


def newest(entry: Entry) -> int:
    """Greater is newer; no two entries are equal."""
    order = int.from_bytes(hashlib.sha256(entry.key.encode()).digest()[: ORDER_BITS // 8])
    return (max(0, int(entry.published_at.timestamp())) << ORDER_BITS) | order


def evidence(entry: Entry) -> int:
    """Greater is stronger, then newer. At most 62 bits: it fits a signed number of 64."""
    return ((entry.weight + 1) << WEIGHT_BITS) | newest(entry)
