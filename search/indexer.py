"""From the outbox to the index. It may die anywhere: a row leaves the outbox only after the index holds what it stands for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from search import documents
from search.contract import Entry
from search.engines import engine
from search.models import OutboxRow
from search.sources import all_sources

BATCH = 500


def drain() -> int:
    """Index everything that waits; the number of rows done."""
    done = 0
    while batch := step():
        done += batch
    return done


def step() -> int:
    """One batch of the outbox: newest state of each key, once."""
    rows = list(OutboxRow.objects.values_list("id", "key")[:BATCH])
    if not rows:
        return 0
    keys = {key for _id, key in rows}
    entries = list(_entries(keys))
    gone = keys - {entry.key for entry in entries}
    current = engine()
    if gone:
        current.drop(sorted(gone))
    if entries:
        current.put(entries)
    current.refresh()
    OutboxRow.objects.filter(id__in=[pk for pk, _key in rows]).delete()
    return len(rows)


def rebuild(progress: Callable[[Iterable, int], Iterable] = lambda items, total: items) -> int:
    """Everything anew beside what serves now; changes made meanwhile wait in the outbox and follow."""
    total = sum(source.count() for source in all_sources().values())
    count = engine().replace(progress(_all_entries(), total))
    engine().refresh()
    return count


def expected() -> dict[str, str]:
    """{key: digest} as the index should hold them by the database."""
    return {entry.key: documents.digest(entry) for entry in _all_entries()}


def _entries(keys: set[str]) -> Iterator[Entry]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        by_kind[key.partition(":")[0]].add(key)
    for kind, source in all_sources().items():
        if by_kind[kind]:
            yield from source.entries(sorted(by_kind[kind]))


def _all_entries() -> Iterator[Entry]:
    for source in all_sources().values():
        yield from source.entries()
