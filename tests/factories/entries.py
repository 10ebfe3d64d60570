"""Entries of real texts, without a database: demonstration case studies and project records, with values dealt by a fixed hand."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from portal.languages import CODES
from practices.demo import loader
from search import facets
from search.contract import Entry, Text
from vocabularies import labels

AUDIENCES = (("public",), ("public",), ("public",), ("members",), ("group:1", "group:2"), ())
STARTED = datetime(2020, 1, 1, tzinfo=UTC)


def real_entries(data: Path, records: int) -> list[Entry]:
    """Every demonstration case study, and so many project records from all over the list."""
    chance = random.Random(20_26)
    texts = [*_demonstration(), *_records(data, records)]
    return [_entry(number, versions, chance) for number, versions in enumerate(texts)]


def an_entry(key: str, title: str, language: str = "en", *, body: str = "", audience=("public",), **values) -> Entry:
    """An entry of one short text; `values` by facet."""
    return Entry(
        key=f"practice:{key}",
        kind="practice",
        language=language,
        texts=(Text(language, title, "", body, f"/{language}/practices/{key}/"),),
        facets={name: tuple(values.get(name, ())) for name in facets.names()},
        audience=frozenset(audience),
        published_at=STARTED,
        changed_at=STARTED,
    )


def _demonstration() -> Iterator[list[Text]]:
    for told in loader.contents():
        versions = {told["language"]: told, **told.get("translations", {})}
        yield [
            _text(
                language,
                one["title"],
                one.get("one_line_result", ""),
                f"{one['summary']}\n{one.get('what_was_done', '')}",
            )
            for language, one in versions.items()
        ]


def _records(data: Path, count: int) -> Iterator[list[Text]]:
    with gzip.open(data / "projects" / "education_subset.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["lang"] in CODES]
    for row in islice(rows, 0, None, max(1, len(rows) // count)):
        yield [_text(row["lang"], row["title"], row["summary"][:300], row["summary"])]


def _text(language: str, title: str, summary: str, body: str) -> Text:
    return Text(language, title, summary, body, f"/{language}/practices/x/")


def _entry(number: int, texts: list[Text], chance: random.Random) -> Entry:
    published = STARTED + timedelta(minutes=chance.randrange(3_000_000))
    return Entry(
        key=f"practice:{number:06}",
        kind="practice",
        language=texts[0].language,
        texts=tuple(texts),
        facets={facet.name: _values(facet, chance) for facet in facets.all_facets()},
        audience=frozenset(chance.choice(AUDIENCES)),
        published_at=published,
        changed_at=published,
        weight=chance.randrange(-1, 6),
    )


def _values(facet: facets.Facet, chance: random.Random) -> tuple[str, ...]:
    known = sorted(labels.values(facet.scheme, "en")) if facet.scheme else ["2023", "2024", "2025"]
    values = chance.sample(known, min(len(known), chance.randrange(4)))
    if facet.roles:
        roles = sorted(labels.values(facet.roles, "en"))
        values += [f"{value}:{chance.choice(roles)}" for value in values]
    return tuple(sorted(values))
