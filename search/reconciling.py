"""Comparing the index with the database, entry by entry, and asking for anew whatever differs.

Nothing is written to the index from here: what differs goes through the outbox, as every change does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search import documents, indexer, outbox, runs
from search.contract import Entry
from search.engines import engine
from search.indexer import Progress
from search.models import IndexRun, OutboxRow
from search.watching import changes

BATCH = 500


@dataclass(frozen=True)
class Differences:
    """Keys by what is wrong with them in the index."""

    compared: int
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.stale, *self.surplus)

    def figures(self) -> dict[str, int]:
        kinds = {"missing": self.missing, "stale": self.stale, "surplus": self.surplus}
        return {"compared": self.compared, **{name: len(keys) for name, keys in kinds.items()}}


def reconcile(progress: Progress = lambda items, total: items) -> Differences:
    """Find what differs and put it into the outbox; the worker does the rest."""
    with runs.recorded(IndexRun.Kind.RECONCILE, indexer.total()) as run:
        found = differences(lambda items, total: runs.counted(run, progress(items, total)))
        for keys in _batches(found.keys):
            outbox.touch(*keys)
        run.outcome = found.figures()
    return found


def differences(progress: Progress = lambda items, total: items) -> Differences:
    """One pass over everything, then a second look at what seemed to differ: the portal goes on while it is compared."""
    held, compared, suspects, learning = _held(), 0, [], changes.Learning()
    for written, entry in progress(indexer.as_written_and_held(), indexer.total()):
        compared += 1
        if held.pop(entry.key, None) == _digest(entry):
            learning.add(written)
        else:
            suspects.append(entry.key)
    learning.finish()
    suspects += sorted(held)  # what is left is not in the database
    return _sorted_out(suspects, compared)


def _sorted_out(suspects: list[str], compared: int) -> Differences:
    """Real is only what nobody is about to index, and what is the same in the database before and after the index is asked."""
    if not suspects:
        return Differences(compared)
    before = _expected(suspects)
    waiting = _waiting(suspects)
    held = _held()
    after = _expected(suspects)
    missing, stale, surplus = [], [], []
    for key in suspects:
        if key in waiting or before.get(key) != after.get(key) or after.get(key) == held.get(key):
            continue
        if key not in after:
            surplus.append(key)
        elif key not in held:
            missing.append(key)
        else:
            stale.append(key)
    return Differences(compared, tuple(missing), tuple(stale), tuple(surplus))


def _held() -> dict[str, str]:
    current = engine()
    current.refresh()
    return current.digests()


def _expected(keys: list[str]) -> dict[str, str]:
    entries: Iterator[Entry] = (entry for batch in _batches(keys) for entry in indexer.entries(set(batch)))
    return {entry.key: _digest(entry) for entry in entries}


def _digest(entry: Entry) -> str:
    """Empty where it can't be indexed: so it is missing, and the operator told why when the indexer has tried."""
    try:
        return documents.digest(entry)
    except (TypeError, ValueError):  # no JSON, no UTF-8
        return ""


def _waiting(keys: list[str]) -> set[str]:
    rows = (OutboxRow.objects.filter(key__in=batch).values_list("key", flat=True) for batch in _batches(keys))
    return {key for batch in rows for key in batch}


def _batches(keys) -> Iterator[list[str]]:
    keys = list(keys)
    for at in range(0, len(keys), BATCH):
        yield keys[at : at + BATCH]
