"""Who offers entries to search: each package registers a Source in its searchable.py."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.module_loading import autodiscover_modules

from search.contract import Entry


class Source(Protocol):
    """One kind of thing. What it doesn't give for a key is dropped from the index: the one rule for removal."""

    kind: str

    def count(self) -> int: ...

    def entries(self, keys: Iterable[str] | None = None) -> Iterable[Entry]:
        """Entries of these keys (of all when None), in bounded memory and a constant number of queries a batch."""


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    _sources[source.kind] = source
    return source


def all_sources() -> dict[str, Source]:
    autodiscover_modules("searchable")
    return dict(_sources)
