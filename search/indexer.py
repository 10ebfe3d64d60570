"""From the outbox to the index. It may die anywhere: a row leaves the outbox only after the index holds what it stands for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import transaction

from search import clock, documents, runs
from search.contract import Busy, Entry
from search.engines import engine
from search.models import IndexRun, OutboxRow
from search.sources import all_sources
from search.translating import texts
from search.turns import turn
from search.watching import changes

BATCH, MANY = 500, 5000  # rows looked at for their keys; rows that one look at these keys settles
Progress = Callable[[Iterable, int], Iterable]  # of entries and their number: the same entries, told of as they pass


def drain() -> int:
    """Index everything that waits, all of it where there is no index yet; the number of rows done."""
    if OutboxRow.objects.exists() and not engine().ready() and engine().faults():
        rebuild()
    done = 0
    while batch := step():
        done += batch
    return done


def step() -> int:
    """One batch of the outbox: newest state of each key, once, however often it changed. None where another is at it."""
    if not OutboxRow.objects.exists():
        return 0
    try:
        with turn(settings.DATA_DIR / "indexer.lock"):
            return _index_batch()
    except Busy:
        return 0


def _index_batch() -> int:
    keys = set(OutboxRow.objects.values_list("key", flat=True)[:BATCH])
    rows = list(OutboxRow.objects.filter(key__in=keys).values_list("id", flat=True)[:MANY])
    read_at = clock.tick()
    found = list(entries(keys))
    gone = keys - {entry.key for entry in found}
    current = engine()
    if gone:
        current.drop(sorted(gone), read_at)
    if found:
        current.put(found, read_at)
    current.refresh()
    with transaction.atomic():
        changes.note([entry.key for entry in found], gone)
        texts.note_missing(found)
        if gone:
            texts.forget(gone)
        OutboxRow.objects.filter(id__in=rows).delete()
    return len(rows)


def rebuild(progress: Progress = lambda items, total: items) -> int:
    """Everything anew beside what serves now; changes made meanwhile wait in the outbox and follow."""
    expected_total = total()
    with runs.recorded(IndexRun.Kind.REBUILD, expected_total) as run:
        read_at = clock.tick()
        count = engine().replace(runs.counted(run, progress(all_entries(), expected_total)), read_at)
        run.outcome = {"entries": count}
    engine().refresh()
    return count


def counts() -> dict[str, int]:
    """How many entries of each kind the index should hold; cheap."""
    return {kind: source.count() for kind, source in all_sources().items()}


def total() -> int:
    return sum(counts().values())


def expected() -> dict[str, str]:
    """{key: digest} as the index should hold them by the database."""
    return {entry.key: documents.digest(entry) for entry in all_entries()}


def entries(keys: set[str]) -> Iterator[Entry]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        by_kind[key.partition(":")[0]].add(key)
    for kind, source in all_sources().items():
        if by_kind[kind]:
            yield from texts.joined(source.entries(sorted(by_kind[kind])))


def all_entries() -> Iterator[Entry]:
    for source in all_sources().values():
        yield from texts.joined(source.entries())
