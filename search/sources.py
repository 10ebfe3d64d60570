"""Who offers entries to search: each package registers a Source in its searchable.py."""

from collections.abc import Iterable
from typing import Protocol

from django.db.models import QuerySet
from django.utils.module_loading import autodiscover_modules

from search.contract import Entry


class Source(Protocol):
    """One kind of thing. What is not in `queryset()` is dropped from the index: the one rule for removal."""

    kind: str

    def queryset(self) -> QuerySet: ...

    def entries(self, keys: Iterable[str] | None = None) -> Iterable[Entry]:
        """Entries of these keys (of all when None), read in bounded memory."""

    def keys(self) -> Iterable[str]: ...


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    _sources[source.kind] = source
    return source


def all_sources() -> dict[str, Source]:
    autodiscover_modules("searchable")
    return dict(_sources)


def source_of(key: str) -> Source | None:
    return all_sources().get(key.partition(":")[0])
