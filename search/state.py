"""How the search is: what the operator sees on one page, and health checks in a word."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search import demand, indexer, runs, sources
from search.contract import Unavailable
from search.engines import engine
from search.models import IndexRun, MachineText, OutboxRow
from search.translating import provider, working

GAPS = 50
FAULTS = 20


@dataclass(frozen=True)
class Translations:
    """Those of the operator's provider."""

    provider: str
    made: int
    waiting: int  # not tried yet
    failed: int  # to be tried again
    is_away: bool
    faults: tuple[dict, ...]  # error, texts, last_at


@dataclass(frozen=True)
class State:
    engine: str  # embedded or elasticsearch
    ready: bool
    faults: tuple[str, ...]
    expected: tuple[tuple[str, int], ...]  # entries of each kind by the database
    waiting: int  # changes not yet in the index
    oldest: datetime | None  # when the first of them was made
    rebuild: IndexRun | None  # under way or asked for
    runs: tuple[IndexRun, ...]  # the last of each kind that ended
    gaps: tuple[demand.Gap, ...]
    translations: Translations | None  # none without a provider

    @property
    def percent(self) -> int:
        return round(100 * self.rebuild.done / self.rebuild.total) if self.rebuild and self.rebuild.total else 0


def state() -> State:
    translations, misnamed = _translations()
    oldest = OutboxRow.objects.order_by("id").values_list("created_at", flat=True).first()
    return State(
        engine=settings.SEARCH_URL.partition(":")[0].removesuffix("s"),
        ready=engine().ready(),
        faults=(*_doubts(), *misnamed, *_refused()),
        expected=tuple((sources.label(kind), count) for kind, count in indexer.counts().items()),
        waiting=OutboxRow.objects.count(),
        oldest=oldest,
        rebuild=runs.under_way(IndexRun.Kind.REBUILD) or runs.asked_for(IndexRun.Kind.REBUILD),
        runs=tuple(run for run in map(runs.last_ended, IndexRun.Kind) if run),
        gaps=tuple(demand.gaps(GAPS)),
        translations=translations,
    )


def _doubts() -> list[str]:
    try:
        return engine().doubts()
    except Unavailable as error:
        return [str(error)]


def _refused() -> list[str]:
    """What waits because the engine can't keep it, and why."""
    rows = OutboxRow.objects.refused().order_by("key").values_list("key", "refusal").distinct()
    return [f"{key} is left out of the index: {why}" for key, why in rows[:FAULTS]]


def _translations() -> tuple[Translations | None, list[str]]:
    """With why the provider can't be used."""
    try:
        translator = provider.translator()
        if translator:
            provider.targets()
    except ImproperlyConfigured as error:
        return None, [str(error)]
    if translator is None:
        return None, []
    texts = MachineText.objects
    failed = texts.failed().count()
    return Translations(
        provider=translator.name,
        made=texts.made().count(),
        waiting=texts.unmade().count() - failed,
        failed=failed,
        is_away=working.is_away(),
        faults=tuple(texts.faults()[:FAULTS]),
    ), []
