"""The facets of this installation, as its facets.toml configures them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.contract import Bucket


@dataclass(frozen=True)
class Facet:
    name: str  # the parameter in addresses
    field: str  # of the thing searched
    scheme: str = ""  # where the values' labels come from; without one the values speak for themselves
    length: str = "short"  # short: every value is shown, zeros greyed; long: only values with hits
    roles: str = ""  # scheme of roles: values also count as value:role
    places: int = 4  # values a thing has at most, as a rule; more are counted too, only slower

    @property
    def is_short(self) -> bool:
        return self.length == "short"


KIND = Facet("kind", "kind", places=1)  # of every installation: its value is Entry.kind


class _Configured:
    """What the rows of the settings say; asked with every question."""

    def __init__(self, rows: list[dict], edition: int):
        self.rows, self.edition = rows, edition
        self.facets = _facets(rows)
        self.by_name = {facet.name: facet for facet in self.facets}


_read: _Configured | None = None


def _configured() -> _Configured:
    global _read
    rows = settings.PRAXIS_FACETS
    if _read is None or _read.rows is not rows:
        _read = _Configured(rows, _read.edition + 1 if _read else 1)
    return _read


def all_facets() -> tuple[Facet, ...]:
    return _configured().facets


def edition() -> int:
    """Another one when they are configured anew."""
    return _configured().edition


def kept() -> tuple[Facet, ...]:
    """What engines keep and count: the kind beside what is configured."""
    return (*all_facets(), KIND)


def names() -> Collection[str]:
    return _configured().by_name.keys()


def by_name(name: str) -> Facet | None:
    return _configured().by_name.get(name)


def buckets(counts: dict[str, int], selected: tuple[str, ...]) -> tuple[Bucket, ...]:
    """All values with hits and all selected ones; the most frequent first."""
    values = {**dict.fromkeys(selected, 0), **counts}
    rows = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bucket(value, count, value in selected) for value, count in rows)


def _facets(rows: list[dict]) -> tuple[Facet, ...]:
    facets = []
    for number, row in enumerate(rows, 1):
        unknown = set(row) - {"name", "field", "scheme", "length", "roles", "places"}
        if unknown or not row.get("name") or not row.get("field"):
            raise ImproperlyConfigured(
                f"facet {number} of the facets file: needs name and field, may have scheme, length, roles and places; "
                f"has {', '.join(sorted(row))}."
            )
        if row["name"] in {"q", "language", "page", "sort", KIND.name} or row["name"] in {
            facet.name for facet in facets
        }:
            raise ImproperlyConfigured(f"facet {number} of the facets file: the name {row['name']} is taken.")
        facets.append(Facet(**row))
    return tuple(facets)
