"""A saved search as a feed: who has its address needs no account, so it shows what everybody may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import feeds
from search.contract import Hit, Unavailable
from search.models import SavedSearch
from search.watching import questions


class SavedFeed(feeds.SearchFeed):
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

    def items(self, saved: SavedSearch) -> tuple[Hit, ...]:
        asked = questions.of(saved)
        return super().items(asked.query.sorted_by("newest")) if asked.can_be_asked else ()


@require_safe
def feed(request: HttpRequest, token) -> HttpResponse:
    try:
        response = SavedFeed()(request, token=token)
    except Unavailable:
        response = HttpResponse(_("The search is not available now. Try again in a minute."), status=503)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private"
    return response
