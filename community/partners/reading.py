"""Messages about an offer, as each of the two who wrote them sees them."""

from dataclasses import dataclass

from django.db.models import Q

from community.models import Contact, Offer
from people.models import User


@dataclass(frozen=True)
class Exchange:
    other: User
    messages: tuple[Contact, ...]


def exchanges(offer: Offer, viewer) -> list[Exchange]:
    """With everybody who wrote, for the author; with the author, for who wrote; nothing for others. One query."""
    if not viewer.is_authenticated:
        return []
    rows = Contact.objects.filter(Q(sender=viewer) | Q(receiver=viewer), offer=offer)
    by_other: dict[User, list[Contact]] = {}
    for row in rows.select_related("sender", "receiver"):
        by_other.setdefault(row.receiver if row.sender_id == viewer.pk else row.sender, []).append(row)
    return [Exchange(other, tuple(messages)) for other, messages in by_other.items()]
