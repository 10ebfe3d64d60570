"""How moderation works, in figures everybody may see: what came in, what was done, how long it took."""

from collections import Counter
from datetime import datetime
from statistics import median

from community.models import Decision, Flag, Notice
from community.models.moderation import Ground

Row = tuple[str, int]


def by_year() -> list[dict]:
    """The latest first; four queries whatever has happened."""
    flags = list(Flag.objects.values_list("at", "ground", "settled_at", "state", "is_automatic"))
    notices = list(Notice.objects.values_list("at", "ground", "settled_at", "state"))
    decisions = list(Decision.objects.values_list("at", "measure", "is_automatic", "complaint_state"))
    years = sorted({row[0].year for row in (*flags, *notices, *decisions)}, reverse=True)
    return [_year(year, *(_of(year, rows) for rows in (flags, notices, decisions))) for year in years]


def _of(year: int, rows: list[tuple]) -> list[tuple]:
    return [row for row in rows if row[0].year == year]


def _year(year: int, flags: list, notices: list, decisions: list) -> dict:
    complaints = Counter(row[3] for row in decisions if row[3])
    return {
        "year": year,
        "flags": sum(not row[4] for row in flags),
        "held": sum(row[4] for row in flags),
        "notices": len(notices),
        "grounds": _named(Counter(row[1] for row in (*flags, *notices)), Ground),
        "measures": _named(Counter(row[1] for row in decisions), Decision.Measure),
        "automatic": sum(row[2] for row in decisions),
        "hours": _hours(flags),
        "notice_hours": _hours(notices),
        "complaints": sum(complaints.values()),
        "complaints_upheld": complaints[Decision.Complaint.UPHELD],
    }


def _named(counts: Counter, choices) -> list[Row]:
    return [(choices(value).label, number) for value, number in counts.most_common()]


def _hours(rows: list[tuple]) -> int | None:
    """Half of what was settled took no longer."""
    taken = [_between(row[0], row[2]) for row in rows if row[2]]
    return round(median(taken)) if taken else None


def _between(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600
