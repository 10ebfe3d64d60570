"""Saved searches as they are after a while."""

from datetime import timedelta

from django.utils import timezone

from search.models import SavedSearch
from tests.factories import a_member


def a_saved_search(question: str = "", *, person=None, language: str = "en", **fields) -> SavedSearch:
    """Saved ten days ago and due for whatever changed since."""
    then = timezone.now() - timedelta(days=10)
    fields = {"name": question or "Everything", "cadence": SavedSearch.Cadence.AT_ONCE, "asked_until": then, **fields}
    saved = SavedSearch.objects.create(person=person or a_member(), question=question, language=language, **fields)
    SavedSearch.objects.filter(pk=saved.pk).update(created_at=then)
    saved.refresh_from_db()
    return saved
