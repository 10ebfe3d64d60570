"""Who may do what with an offer. Which ones somebody may see is `visible_to` in querysets."""

from community.models import Barrier, Offer


def may_change(person, offer: Offer) -> bool:
    """Its author, unless moderators have hidden it."""
    return person.is_authenticated and offer.author_id == person.pk and offer.state != Offer.State.HIDDEN


def may_write_to(person, offer: Offer) -> bool:
    """Somebody else's, while it is current."""
    if not person.is_authenticated or not person.is_active or person.pk == offer.author_id:
        return False
    return Offer.objects.current().filter(pk=offer.pk).exists() and not is_kept_away(person, offer.author_id)


def is_kept_away(person, by_id: int) -> bool:
    return Barrier.objects.filter(by=by_id, against=person, kind=Barrier.Kind.BLOCK).exists()
