"""From a saved search to the question it asks, although its vocabularies may have changed since, and back."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from search import presenting
from search.models import SavedSearch
from search.query import Fault, Query, is_whole

NAME_LENGTH = SavedSearch._meta.get_field("name").max_length


@dataclass(frozen=True)
class Asked:
    query: Query
    faults: tuple[Fault, ...] = ()  # parts of the saved search that no longer exist

    @property
    def can_be_asked(self) -> bool:
        return is_whole(self.query, self.faults)


def of(saved: SavedSearch) -> Asked:
    query, faults = Query.read(QueryDict(saved.question), saved.language)
    return Asked(query, tuple(faults))


def canonical(query: Query) -> str:
    """The question alone, without a place in its results."""
    return query.on_page(1).sorted_by("").to_querystring()


def address(saved: SavedSearch) -> str:
    """Of its page, in the language its words were asked in."""
    with override(saved.language):
        return reverse("search") + (f"?{saved.question}" if saved.question else "")


def feed_address(saved: SavedSearch) -> str:
    with override(saved.language):
        return reverse("saved_feed", args=[saved.token])


def described(query: Query) -> str:
    """Its words and what its filters are called."""
    return presenting.named(query) or _("Case studies")


def proposed_name(query: Query) -> str:
    name = described(query)
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"
