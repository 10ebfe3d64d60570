"""A week before an offer ends by itself, its author is told; then she can renew it with one press."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.attention.telling import Happening, tell
from community.models import Notification, Offer
from portal import duties

BEFORE = timedelta(days=7)
EVERY = 3600  # seconds


def tell_authors() -> int:
    """Each once for each end: the key holds the day. The number of offers that end soon."""
    until = timezone.localdate() + BEFORE
    soon = list(Offer.objects.current().filter(expires_on__lte=until))
    for offer in soon:
        happening = Happening(f"offer:{offer.pk}:ends:{offer.expires_on}", None, {"offer": offer})
        with transaction.atomic():
            tell([offer.author_id], Notification.Reason.EXPIRES, happening)
    return len(soon)


duties.register("ends of offers", EVERY, tell_authors)
