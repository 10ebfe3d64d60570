"""The aligned texts an installation has: labels of its vocabularies, its own texts that exist in several languages, further files."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from portal.languages import CODES
from search.contract import PUBLIC, Entry
from search.sources import all_sources
from search.translations.corpus import Row
from vocabularies.models import ConceptLabel

AT_ONCE = 5000  # labels read together


class Faulty(ValueError):
    """A file that doesn't hold aligned texts; the message says where and what to do."""


def rows(files: list[Path]) -> Iterator[Row]:
    yield from labels()
    yield from own_texts()
    for file in files:
        yield from read(file)


def labels() -> Iterator[Row]:
    """One row a concept: its preferred labels first, then its alternative ones."""
    found = (
        ConceptLabel.objects.filter(kind__in=("pref", "alt"), language__in=CODES)
        .order_by("concept_id", "-kind", "id")
        .values_list("concept_id", "language", "text")
    )
    for _concept, named in groupby(found.iterator(chunk_size=AT_ONCE), key=itemgetter(0)):
        row: dict[str, list[str]] = {}
        for _concept, language, text in named:
            row.setdefault(language, []).append(text)
        yield row


def own_texts() -> Iterator[Row]:
    """Titles, summaries and, where they have as many lines, bodies. Only what everybody may read teaches."""
    for source in all_sources().values():
        for entry in source.entries():
            if len(entry.texts) > 1 and PUBLIC in entry.audience:
                yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[Row]:
    yield {text.language: [text.title] for text in entry.texts}
    yield {text.language: [text.summary] for text in entry.texts}
    lines = {text.language: [line for line in text.body.splitlines() if line.strip()] for text in entry.texts}
    original = len(lines.get(entry.language, ()))
    alike = {language: found for language, found in lines.items() if len(found) == original}
    for number in range(original if len(alike) > 1 else 0):
        yield {language: [found[number]] for language, found in alike.items()}


def read(file: Path) -> Iterator[Row]:
    """JSON Lines: on each line an object of texts by language, {"en": "school", "fi": ["koulu", "oppilaitos"]}. Raises Faulty."""
    try:
        with open(file, encoding="utf-8-sig") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield _row(line, f"{file}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise Faulty(f"{file}: It can't be read as UTF-8 text: {error}") from error


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Faulty(f"{where}: This is not JSON ({error}). Write one object a line.") from error
    if not isinstance(row, dict):
        raise Faulty(f'{where}: Write an object of texts by language, for example {{"en": "school", "fi": "koulu"}}.')
    texts = {code: [text] if isinstance(text, str) else text for code, text in row.items() if code in CODES}
    for code, found in texts.items():
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise Faulty(f"{where}: The value of {code} must be a text or a list of texts.")
    return texts
