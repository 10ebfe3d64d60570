"""How the search is: what the operator sees on one page, and health checks in a word."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from search import indexer, runs
from search.contract import Unavailable
from search.engines import engine
from search.models import DemandGap, IndexRun, OutboxRow

GAPS = 50


@dataclass(frozen=True)
class State:
    engine: str  # embedded or elasticsearch
    ready: bool
    faults: tuple[str, ...]
    expected: int  # entries by the database
    waiting: int  # changes not yet in the index
    oldest: datetime | None  # when the first of them was made
    rebuild: IndexRun | None  # under way or asked for
    runs: tuple[IndexRun, ...]  # the last of each kind that ended
    gaps: tuple[DemandGap, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.rebuild.done / self.rebuild.total) if self.rebuild and self.rebuild.total else 0


def state() -> State:
    oldest = OutboxRow.objects.order_by("id").values_list("created_at", flat=True).first()
    return State(
        engine=settings.SEARCH_URL.partition(":")[0].removesuffix("s"),
        ready=engine().ready(),
        faults=tuple(_doubts()),
        expected=indexer.total(),
        waiting=OutboxRow.objects.count(),
        oldest=oldest,
        rebuild=runs.under_way(IndexRun.Kind.REBUILD) or runs.asked_for(IndexRun.Kind.REBUILD),
        runs=tuple(run for run in map(runs.last_ended, IndexRun.Kind) if run),
        gaps=tuple(DemandGap.objects.all()[:GAPS]),
    )


def _doubts() -> list[str]:
    try:
        return engine().doubts()
    except Unavailable as error:
        return [str(error)]
