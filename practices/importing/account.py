"""What became of each row, counted and written down."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

CREATED, UPDATED, UNCHANGED, SKIPPED, FAILED = "created", "updated", "unchanged", "skipped", "failed"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, SKIPPED, FAILED)
HEADER = ("row", "outcome", "title", "key", "column", "reason", "remedy", "notes")
SHOWN = 20
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Entry:
    row: int
    outcome: str
    title: str = ""
    key: str = ""
    column: str = ""
    reason: str = ""
    remedy: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", {self.column}" if self.column else "")
        about = "; ".join(part for part in (self.reason, *self.notes) if part)
        return f"{place}: {about}" + (f". {self.remedy}" if self.remedy else "")


@dataclass
class Account:
    """Every row comes here once; only the first rows worth a look are held, the rest goes to the report."""

    read: int = 0
    counts: Counter = field(default_factory=Counter)
    noted: int = 0
    shown: dict[str, list[Entry]] = field(default_factory=lambda: {FAILED: [], SKIPPED: [], "noted": []})
    report: TextIO | None = None

    def add(self, entry: Entry) -> None:
        self.counts[entry.outcome] += 1
        kind = entry.outcome if entry.outcome in self.shown else "noted" if entry.notes else ""
        self.noted += bool(entry.notes)
        if kind and len(self.shown[kind]) < SHOWN:
            self.shown[kind].append(entry)
        if self.report:
            cells = (entry.row, entry.outcome, entry.title, entry.key, entry.column, entry.reason, entry.remedy)
            csv.writer(self.report).writerow(_safe(cell) for cell in (*cells, "; ".join(entry.notes)))

    @property
    def balanced(self) -> bool:
        return self.read == sum(self.counts.values())

    def __str__(self) -> str:
        parts = ", ".join(f"{self.counts[outcome]} {outcome}" for outcome in OUTCOMES)
        return f"{self.read} rows read: {parts}."


def opened(path: Path) -> TextIO:
    report = path.open("w", encoding="utf-8-sig", newline="")
    csv.writer(report).writerow(HEADER)
    return report


def _safe(cell) -> str:
    """Spreadsheets take a cell that begins like a formula for one."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
