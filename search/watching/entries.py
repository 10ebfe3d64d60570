"""The things themselves, as the database has them now: what is shown or mailed is checked once more against who may see it."""

import time
from collections import defaultdict
from collections.abc import Iterable

from search import hits, wording
from search.contract import Audience, Entry, Hit, Text
from search.sources import all_sources

FRESH = 10.0  # seconds


def of(keys: Iterable[str]) -> dict[str, Entry]:
    """Entries of these keys that are still there; a constant number of queries for each kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_kind[key.partition(":")[0]].append(key)
    sources = all_sources()
    found = (entry for kind, some in by_kind.items() if kind in sources for entry in sources[kind].entries(some))
    return {entry.key: entry for entry in found}


def seen_by(audience: Audience, entries: dict[str, Entry], keys: Iterable[str]) -> list[Entry]:
    """The index may be a moment behind a restriction; the database is not."""
    return [entries[key] for key in keys if key in entries and entries[key].audience & audience]


def cards(entries: Iterable[Entry], language: str) -> list[Hit]:
    without_words = wording.read("", language)
    return [hits.hit(entry, language, without_words) for entry in entries]


def text_for(entry: Entry, languages: Iterable[str]) -> Text:
    """In the first of these languages there is; else the original."""
    by_language = {text.language: text for text in entry.texts}
    wanted = (by_language[language] for language in languages if language in by_language)
    return next(wanted, None) or by_language.get(entry.language) or entry.texts[0]


class Held:
    """Entries asked for again and again within one look, read anew when they are older than some seconds."""

    def __init__(self):
        self._held: dict[str, tuple[float, Entry | None]] = {}

    def of(self, keys: Iterable[str]) -> dict[str, Entry]:
        keys, now = list(keys), time.monotonic()
        missing = [key for key in keys if now - self._held.get(key, (float("-inf"), None))[0] > FRESH]
        found = of(missing) if missing else {}
        self._held.update({key: (now, found.get(key)) for key in missing})
        return {key: entry for key in keys if (entry := self._held[key][1])}
