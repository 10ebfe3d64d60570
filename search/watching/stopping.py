"""Signed links that stop messages without signing in (RFC 8058); they can do nothing else."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from search.models import SavedSearch

ALL = "all"
_signer = Signer(salt="search.watching.stopping")


def link(saved: SavedSearch) -> str:
    return _address(saved.person_id, str(saved.pk))


def link_for_all(person_id: int) -> str:
    return _address(person_id, ALL)


def read(signed: str) -> tuple[int, int | None] | None:
    """(person, search or None for all); None where the link was not made here."""
    try:
        person, _dash, what = _signer.unsign(signed).partition("-")
    except BadSignature:
        return None
    return int(person), None if what == ALL else int(what)


def _address(person_id: int, what: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(
        "stop_messages", args=[_signer.sign(f"{person_id}-{what}")]
    )
