"""One import from the file to the account: rows in batches, each batch whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from practices.importing import account, actions, countries, mapping, tables
from practices.importing.account import Account, Entry
from practices.importing.faults import RowFault, RowSkipped, Unreadable
from practices.importing.mapping import Mapping
from practices.importing.records import Record, record_of
from practices.importing.tables import Table

BATCH = 200

Progress = Callable[[Iterable], Iterable]
CarryOut = Callable[[list[actions.Plan]], list[Entry]]


def run(name: str, path: Path, into: Account, carry_out: CarryOut, progress: Progress = iter) -> Account:
    """Import a file through the mapping of this name. Raises Unreadable."""
    countries.forget()
    layout = mapping.load(name)
    batch: list[Record] = []
    try:
        for record in _records(tables.read(path, layout), layout, into, progress):
            batch.append(record)
            if len(batch) == BATCH:
                _finish(batch, into, carry_out)
    except Unreadable:
        _finish(batch, into, carry_out)  # what was whole before the file broke off
        raise
    _finish(batch, into, carry_out)
    return into


def _finish(batch: list[Record], into: Account, carry_out: CarryOut) -> None:
    """Store the batch, account for it and empty it."""
    for entry in carry_out(actions.plan(batch)):
        into.add(entry)
    batch.clear()


def _records(table: Table, layout: Mapping, into: Account, progress: Progress) -> Iterator[Record]:
    """Records ready to be stored; rows that don't become one are accounted for at once."""
    seen: dict[int, int] = {}
    for row in progress(table.rows):
        into.read += 1
        try:
            record = record_of(row, table, layout)
        except RowSkipped as skipped:
            into.add(Entry(row.number, account.SKIPPED, reason=skipped.reason))
            continue
        except RowFault as fault:
            into.add(Entry(row.number, account.FAILED, column=fault.column, reason=fault.reason, remedy=fault.remedy))
            continue
        earlier = seen.setdefault(hash(record.key), row.number)
        if earlier != row.number:
            reason = f"its key is that of row {earlier}: a repetition"
            into.add(Entry(row.number, account.SKIPPED, record.title, record.key, reason=reason))
            continue
        yield record
