"""Questions nobody has answered yet, counted without the person who asked."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from search import facets, presenting, syntax
from search.contract import Results
from search.models import DemandGap
from search.query import Query


@dataclass(frozen=True)
class Gap:
    text: str
    language: str  # of the page it was asked on
    filters: tuple[presenting.Chip, ...]
    kind: str  # where it isn't case studies
    url: str  # of the search, as it was asked
    times: int
    last_at: datetime


def gaps(limit: int) -> list[Gap]:
    """What was asked for most, named in the language of the page."""
    return [_gap(row) for row in DemandGap.objects.all()[:limit]]


def _gap(row: DemandGap) -> Gap:
    params = QueryDict(row.filters, mutable=True)
    params["q"] = row.text
    query, _faults = Query.read(params, row.language)  # a value may be known no more
    filters, kind = tuple(presenting.chips(query)), presenting.kind_label(query)
    with override(row.language):
        return Gap(row.text, row.language, filters, kind, presenting.address(query), row.times, row.last_at)


def _folded(text: str) -> str:
    """Whoever writes it in capitals asks the same; an operator in small letters would be a word."""
    return " ".join(word if word in {*syntax.EITHER, syntax.BOTH} else word.casefold() for word in text.split())


def note(results: Results) -> None:
    """Keep a question that found nothing. One statement when it was asked before, two when it is new."""
    query: Query = results.query
    if results.total or query.page > 1 or not query.text:
        return
    chosen = (*query.selected, (facets.KIND.name, query.kind))
    filters = urlencode([(name, value) for name, values in chosen for value in values], safe=":")[:500]
    same = {"text": _folded(query.text)[:200], "language": query.language, "filters": filters}
    if not DemandGap.objects.filter(**same).update(times=F("times") + 1, last_at=timezone.now()):
        DemandGap.objects.get_or_create(**same)
