"""Reading partner offers, and who may see which."""

from django.db.models import Q, QuerySet
from django.utils import timezone


class OfferQuerySet(QuerySet):
    def current(self) -> "OfferQuerySet":
        return self.filter(state="open", expires_on__gte=timezone.localdate(), author__is_active=True)

    def visible_to(self, viewer) -> "OfferQuerySet":
        """Current ones for everybody; one's own whatever their state; hidden ones for the portal's moderators."""
        seen = Q(state__in=("open", "found"), author__is_active=True)
        if viewer is not None and viewer.is_authenticated:
            if viewer.has_perm("community.moderate"):
                return self
            seen |= Q(author=viewer)
        return self.filter(seen)

    def for_cards(self) -> "OfferQuerySet":
        return self.select_related("author", "country__scheme").prefetch_related("concepts__scheme")
