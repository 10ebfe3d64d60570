"""Questions nobody has answered yet, counted without the person who asked."""

from django.db.models import F

from search import facets
from search.contract import Results
from search.models import DemandGap
from search.query import Query


def note(results: Results) -> None:
    """Keep a question that found nothing. One statement when it was asked before, two when it is new."""
    query: Query = results.query
    if results.total or query.page > 1 or not query.text:
        return
    chosen = (*query.selected, (facets.KIND.name, query.kind))
    filters = "&".join(f"{name}={value}" for name, values in chosen for value in values)[:500]
    same = {"text": query.text.casefold()[:200], "language": query.language, "filters": filters}
    if not DemandGap.objects.filter(**same).update(times=F("times") + 1):
        DemandGap.objects.get_or_create(**same)
