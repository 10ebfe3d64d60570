"""Who offers entries to search: each package registers a Source in its searchable.py."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.utils.module_loading import autodiscover_modules

from search.contract import Entry

USUAL = "practice"  # the kind a question is about unless it names others
CARD = "search/_card.html"


class Source(Protocol):
    """One kind of thing. What it doesn't give for a key is dropped from the index: the one rule for removal.

    It may have a `label`, what things of its kind are called in the plural, a `card_template` that shows one as a hit, say that it
    `is_published`: written to last, and so translated by the provider where there is one, and what is news where it changes on the card
    (`news_on_card`): its words and facets always are, a count never.
    """

    kind: str

    def count(self) -> int: ...

    def entries(self, keys: Iterable[str] | None = None) -> Iterable[Entry]:
        """Entries of these keys (of all when None), in bounded memory and a constant number of queries a batch."""


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    _sources[source.kind] = source
    return source


def all_sources() -> dict[str, Source]:
    """In the order they were registered, the usual kind first."""
    _discover()
    return dict(sorted(_sources.items(), key=lambda item: item[0] != USUAL))


def label(kind: str) -> str:
    return str(getattr(all_sources().get(kind), "label", kind))


def card_template(kind: str) -> str:
    return getattr(all_sources().get(kind), "card_template", CARD)


def is_published(kind: str) -> bool:
    return getattr(all_sources().get(kind), "is_published", False)


def news_on_card(kind: str) -> tuple[str, ...]:
    return getattr(all_sources().get(kind), "news_on_card", ())


@cache
def _discover() -> None:
    autodiscover_modules("searchable")
