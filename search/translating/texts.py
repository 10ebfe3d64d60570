"""Which machine translations a thing has and which it lacks. A text belongs to the words it was made from: when they change, it is made anew."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from search import facets, sources
from search.contract import PUBLIC, Entry, Text
from search.models import MachineText
from search.translating import provider

log = logging.getLogger(__name__)
BATCH = 200
READABLE = "text_languages"  # the field of the languages a thing can be read in
T = TypeVar("T")


def original(entry: Entry) -> Text:
    return next((text for text in entry.texts if text.language == entry.language), entry.texts[0])


def digest(text: Text) -> str:
    return hashlib.sha256("\0".join((text.language, text.title, text.summary, text.body)).encode()).hexdigest()[:32]


def note_missing(entries: Iterable[Entry]) -> int:
    """Into the queue with what is to be translated; the number of texts. Only what everybody may read leaves the house."""
    if not provider.is_named():
        return 0
    wanted = (one for one in entries if PUBLIC in one.audience and sources.is_published(one.kind))
    return sum(_note(batch) for batch in batches(wanted, BATCH))


def forget(keys: Iterable[str]) -> None:
    MachineText.objects.filter(key__in=list(keys)).delete()


def joined(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with their machine translations, where nobody has translated them: one entry still, one hit. None without a provider."""
    if not provider.is_named():
        yield from entries
        return
    for batch in batches(entries, BATCH):
        held = defaultdict(list)
        for row in MachineText.objects.made().filter(key__in=[entry.key for entry in batch]).order_by("language"):
            held[row.key].append(row)
        for entry in batch:
            yield _with(entry, held[entry.key])


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


def _note(entries: list[Entry]) -> int:
    languages = _targets()
    rows = MachineText.objects.filter(key__in=[entry.key for entry in entries])
    held = {(row.key, row.language): row.digest for row in rows}
    new, stale = [], 0
    for entry in entries:
        wanted = digest(original(entry))
        have = {text.language for text in entry.texts}
        for language in languages:
            known = held.get((entry.key, language))
            if language in have or known == wanted:
                continue
            if known is None:
                new.append(MachineText(key=entry.key, language=language, digest=wanted))
            else:
                stale += _begin_anew(entry.key, language, wanted)
    MachineText.objects.bulk_create(new, ignore_conflicts=True)
    return len(new) + stale


def _targets() -> tuple[str, ...]:
    """None where they are misnamed: what people wrote is indexed all the same."""
    try:
        return provider.targets()
    except ImproperlyConfigured as error:
        _complain(str(error))
        return ()


@cache
def _complain(what: str) -> None:
    """Once: entries come by the thousand."""
    log.error("Nothing new is translated: %s", what)


def _begin_anew(key: str, language: str, wanted: str) -> int:
    nothing = {"title": "", "summary": "", "body": "", "engine": "", "error": "", "made_at": None, "tried_at": None}
    return MachineText.objects.filter(key=key, language=language).update(digest=wanted, **nothing)


def _with(entry: Entry, rows: list[MachineText]) -> Entry:
    source, have = original(entry), {text.language for text in entry.texts}
    wanted = digest(source)
    more = tuple(
        Text(row.language, row.title, row.summary, row.body, source.url, f"mt:{row.engine}")
        for row in rows
        if row.digest == wanted and row.language not in have
    )
    languages = tuple(sorted(have | {text.language for text in more}))
    readable = {facet.name: languages for facet in facets.all_facets() if facet.field == READABLE}
    return replace(entry, texts=(*entry.texts, *more), facets=entry.facets | readable) if more else entry
