"""From the outbox to the index. It may die anywhere: a row leaves the outbox only after the index holds what it stands for."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import tee

from django.conf import settings
from django.db import transaction

from search import clock, documents, outbox, runs
from search.contract import Busy, Engine, Entry, Refused
from search.engines import engine
from search.models import IndexRun, OutboxRow
from search.sources import all_sources
from search.translating import texts
from search.turns import turn
from search.watching import changes

log = logging.getLogger(__name__)
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
    if not OutboxRow.objects.due().exists():
        return 0
    try:
        with turn(settings.DATA_DIR / "indexer.lock"):
            return _index_batch()
    except Busy:
        return 0


def _index_batch() -> int:
    keys = set(OutboxRow.objects.due().values_list("key", flat=True)[:BATCH])
    rows = dict(OutboxRow.objects.filter(key__in=keys).values_list("id", "key")[:MANY])
    read_at = clock.tick()
    written = list(_written(keys))
    found = list(texts.joined(written))
    gone = keys - {entry.key for entry in found}
    current = engine()
    if gone:
        current.drop(sorted(gone), read_at)
    refused = _put(current, found, read_at)
    current.refresh()
    found = [entry for entry in found if entry.key not in refused]
    held = [row for row, key in rows.items() if key in refused]
    with transaction.atomic():
        changes.note([entry for entry in written if entry.key not in refused], gone)
        texts.note_missing(found)
        if gone:
            texts.forget(gone)
        OutboxRow.objects.filter(id__in=rows.keys() - held).delete()
        outbox.hold(held, refused)
    return len(rows)


def _put(current: Engine, found: list[Entry], read_at: int) -> dict[str, str]:
    """{key: why} of what the engine can't keep. Its state of before goes too: it may tell what is no more for everybody."""
    try:
        if found:
            current.put(found, read_at)
    except Refused as refused:
        log.error("The index refused entries; they are tried again. %s", str(refused)[:1000])
        current.drop(sorted(refused.keys), read_at)
        return refused.keys
    return {}


def rebuild(progress: Progress = lambda items, total: items) -> int:
    """Everything anew beside what serves now; changes made meanwhile wait in the outbox and follow."""
    expected_total = total()
    with runs.recorded(IndexRun.Kind.REBUILD, expected_total) as run:
        read_at = clock.tick()
        count = engine().replace(runs.counted(run, progress(_learned(), expected_total)), read_at, expected_total)
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
    return texts.joined(_written(keys))


def all_entries() -> Iterator[Entry]:
    return (entry for _written, entry in as_written_and_held())


def as_written_and_held() -> Iterator[tuple[Entry, Entry]]:
    """Every entry as its source gives it, and as the index is to hold it: with what machines translate."""
    for source in all_sources().values():
        written, again = tee(source.entries())  # a batch apart at most
        yield from zip(written, texts.joined(again), strict=True)


def _learned() -> Iterator[Entry]:
    """What an index is built of is known, and no news."""
    learning = changes.Learning()
    for written, entry in as_written_and_held():
        learning.add(written)
        yield entry
    learning.finish()


def _written(keys: set[str]) -> Iterator[Entry]:
    by_kind: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        by_kind[key.partition(":")[0]].add(key)
    for kind, source in all_sources().items():
        if by_kind[kind]:
            yield from source.entries(sorted(by_kind[kind]))
