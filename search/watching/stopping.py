"""Links that stop messages about one saved search, or about all."""

from people.signed_links import SignedLinks
from search.models import SavedSearch

ALL = "all"
_links = SignedLinks("stop_messages", salt="search.watching.stopping")


def link(saved: SavedSearch) -> str:
    return _links.address(saved.person_id, str(saved.pk))


def link_for_all(person_id: int) -> str:
    return _links.address(person_id, ALL)


def read(signed: str) -> tuple[int, int | None] | None:
    """(person, search or None for all); None where the link was not made here."""
    found = _links.read(signed)
    if found is None:
        return None
    person_id, what = found
    return person_id, None if what == ALL else int(what)
