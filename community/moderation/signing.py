"""Links that open one decision for whom it affects, also when she can't sign in."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from community.models import Decision
from portal import own_address

_signer = Signer(salt="community.moderation.decision")


def link(decision: Decision) -> str:
    """Absolute, in the language active now."""
    signed = _signer.sign(f"{decision.pk}-{decision.affects_id}")
    return own_address.absolute(reverse("decision_link", args=[signed]))


def read(signed: str) -> Decision | None:
    """None where the link was not made here, or the decision is about nobody any more."""
    try:
        pk, _dash, person = _signer.unsign(signed).partition("-")
    except BadSignature:
        return None
    return Decision.objects.filter(pk=int(pk), affects=int(person)).first() if person.isdigit() else None
