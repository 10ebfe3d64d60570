"""Signed links in mails that let a person stop them without signing in (RFC 8058); they can do nothing else."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from portal import own_address


class SignedLinks:
    """Of one page. What a link stands for is a person and a word."""

    def __init__(self, url_name: str, salt: str):
        self._url_name, self._signer = url_name, Signer(salt=salt)

    def address(self, person_id: int, what: str) -> str:
        signed = self._signer.sign(f"{person_id}-{what}")
        return own_address.absolute(reverse(self._url_name, args=[signed]))

    def read(self, signed: str) -> tuple[int, str] | None:
        """None where the link was not made here."""
        try:
            person, _dash, what = self._signer.unsign(signed).partition("-")
        except BadSignature:
            return None
        return int(person), what
