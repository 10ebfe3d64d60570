"""An Atom feed for any search: the newest hits of the question in the address."""

from collections.abc import Sequence

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.feeds import AtomFeed
from search import engines, presenting, sources
from search.contract import EVERYBODY, Hit, Unavailable
from search.query import Fault, Query, is_whole
from search.views import asked


class SearchFeed(Feed):
    """Feeds carry no person: they show what everybody may see."""

    feed_type = AtomFeed
    faults: Sequence[Fault] = ()

    def get_object(self, request: HttpRequest) -> Query:
        query, faults = asked(request)
        self.faults = () if is_whole(query, faults) else faults
        return query.sorted_by("newest")

    def title(self, query: Query) -> str:
        named = presenting.named(query)
        if query.kind:
            return named
        return _("Case studies: %(search)s") % {"search": named} if named else _("Case studies")

    def subtitle(self, query: Query) -> str:
        return " ".join(f"{fault.parameter}: {fault.message}" for fault in self.faults)

    def link(self, query: Query) -> str:
        return presenting.address(query)

    def feed_url(self, query: Query) -> str:
        return presenting.feed_address(query)

    def items(self, query: Query) -> tuple[Hit, ...]:
        """Nothing where a filter can't be used: without it, everything would come."""
        return () if self.faults else engines.engine().find(query, EVERYBODY).hits

    def item_title(self, hit: Hit) -> str:
        return hit.title

    def item_description(self, hit: Hit) -> str:
        return hit.summary

    def item_link(self, hit: Hit) -> str:
        return hit.url

    def item_guid(self, hit: Hit) -> str | None:
        """Without one, the feed makes it of address and date."""
        return f"urn:uuid:{hit.key.partition(':')[2]}" if hit.kind == sources.USUAL else None

    def item_pubdate(self, hit: Hit):
        return hit.published_at

    def item_updateddate(self, hit: Hit):
        return hit.published_at

    def item_extra_kwargs(self, hit: Hit) -> dict:
        return {"language": hit.language}

    def item_author_name(self, hit: Hit) -> str | None:
        return hit.card.get("author") or None


def feed(request: HttpRequest) -> HttpResponse:
    try:
        return SearchFeed()(request)
    except Unavailable:
        message = _("The search is not available now. Try again in a minute.")
        return HttpResponse(
            message, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
        )
