"""The things themselves, as the database has them now: what is shown or mailed is checked once more against who may see it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from django.utils import timezone

from search.contract import Audience, Entry, Text
from search.models import Change, OutboxRow
from search.sources import all_sources

BATCH = 200  # entries read along with those that are needed
MANY = 1000


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


def first_seen(
    audience: Audience, keys: list[str], count: int, read: Callable[[list[str]], dict[str, Entry]] = of
) -> list[Entry]:
    """So many at most of those this audience sees, in this order. The more of them it doesn't, the more are read at a time."""
    found: list[Entry] = []
    at, size = 0, count
    while len(found) < count and at < len(keys):
        some = keys[at : at + size]
        found += seen_by(audience, read(some), some)
        at, size = at + size, min(2 * size, MANY)
    return found[:count]


def text_for(entry: Entry, languages: Iterable[str]) -> Text:
    """In the first of these languages there is; else the original."""
    by_language = {text.language: text for text in entry.texts}
    wanted = (by_language[language] for language in languages if language in by_language)
    return next(wanted, None) or by_language.get(entry.language) or entry.texts[0]


class Held:
    """Entries asked for again and again within one round: read many at a time, and anew when the outbox or a change names them."""

    def __init__(self, likely: Iterable[str] = ()):
        self._likely = list(likely)[:MANY]  # to be asked for: they are read along with what is
        self._held: dict[str, tuple[datetime, Entry | None]] = {}

    def of(self, keys: Iterable[str]) -> dict[str, Entry]:
        keys = list(keys)
        self._forget_what_changed(keys)
        if missing := [key for key in keys if key not in self._held]:
            self._read(missing)
        return {key: entry for key in keys if (entry := self._held[key][1])}

    def _forget_what_changed(self, keys: list[str]) -> None:
        """Whatever decides who may see a thing writes its key into the outbox; once indexed, the change stands noted."""
        changed = dict(Change.objects.filter(key__in=keys).values_list("key", "at"))  # None: not since it is known
        waiting = set(OutboxRow.objects.filter(key__in=keys).values_list("key", flat=True))
        for key in keys:
            read_at = self._held[key][0] if key in self._held else None
            if read_at and (key in waiting or key not in changed or (changed[key] or read_at) > read_at):
                del self._held[key]

    def _read(self, missing: list[str]) -> None:
        if len(self._held) > 5 * MANY:
            self._held = {}
        more = (key for key in self._likely if key not in self._held and key not in missing)
        wanted, read_at = [*missing, *islice(more, BATCH)], timezone.now()
        found = of(wanted)
        self._held.update({key: (read_at, found.get(key)) for key in wanted})
