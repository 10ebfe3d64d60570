"""A saved search as a feed: who has its address needs no account, so it shows what everybody may see."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import feeds, hits
from search.contract import EVERYBODY, Entry, Hit, Unavailable
from search.models import SavedSearch
from search.query import Query
from search.translating import texts
from search.watching import answers, entries, questions

LEAST, MOST = 20, 50  # entries


class SavedFeed(feeds.SearchFeed):
    _changed_at: dict[str, datetime] = {}

    def get_object(self, request: HttpRequest, token) -> SavedSearch:
        return get_object_or_404(SavedSearch, token=token, person__is_active=True)

    def title(self, saved: SavedSearch) -> str:
        return saved.name

    def subtitle(self, saved: SavedSearch) -> str:
        asked = questions.of(saved)
        if asked.faults:
            return _("A part of this search no longer exists. Open it, choose anew and save it again.")
        return questions.described(asked.query)

    def link(self, saved: SavedSearch) -> str:
        return questions.address(saved)

    def feed_url(self, saved: SavedSearch) -> str:
        return questions.feed_address(saved)

    def items(self, saved: SavedSearch) -> list[Hit]:
        """What changed, the latest first, as alerts tell of it; where little did, the newest answers follow."""
        asked = questions.of(saved)
        if not asked.can_be_asked:
            return []
        changed = answers.latest(asked.query, EVERYBODY, MOST)
        self._changed_at = {entry.key: at for entry, at in changed}
        shown = [entry for entry, _at in changed]
        shown += self._newest(asked.query, LEAST - len(shown))
        return hits.cards(texts.joined(shown), asked.query.language)

    def _newest(self, query: Query, count: int) -> list[Entry]:
        if count <= 0:
            return []
        keys = [hit.key for hit in super().items(query.sorted_by("newest"))]
        return entries.first_seen(EVERYBODY, [key for key in keys if key not in self._changed_at], count)

    def item_updateddate(self, hit: Hit) -> datetime:
        return self._changed_at.get(hit.key, hit.published_at)


@require_safe
def feed(request: HttpRequest, token) -> HttpResponse:
    try:
        response = SavedFeed()(request, token=token)
    except Unavailable:
        response = HttpResponse(_("The search is not available now. Try again in a minute."), status=503)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private"
    return response
