"""What changes offers, and messages about them: each verb one transaction."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook
from community.attention.telling import Happening, tell
from community.models import Contact, Notification, Offer
from community.partners import permissions
from people.models import User
from vocabularies.models import Concept

LONGEST = timedelta(days=365)
A_DAY, MOST_A_DAY, MOST_OPEN = timedelta(days=1), 20, 30


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


@transaction.atomic
def post(offer: Offer, concepts: Iterable[Concept], *, by: User) -> Offer:
    User.objects.select_for_update().get(pk=by.pk)
    if Offer.objects.current().filter(author=by).count() >= MOST_OPEN:
        raise NotNow(_("You have many open offers. Close one first."))
    offer.author = by
    return save(offer, concepts)


@transaction.atomic
def save(offer: Offer, concepts: Iterable[Concept]) -> Offer:
    offer.save()
    offer.concepts.set(concepts)
    return offer


@transaction.atomic
def close(offer: Offer, state: str, *, by: User) -> None:
    """Partners found, or withdrawn."""
    _check_own(offer, by)
    offer.state = state
    offer.save(update_fields=["state", "changed_at"])
    logbook.note(f"offer {state}", offer, by=by)


@transaction.atomic
def renew(offer: Offer, until: date, *, by: User) -> None:
    """Open again, or longer."""
    _check_own(offer, by)
    offer.state, offer.expires_on = Offer.State.OPEN, min(until, timezone.localdate() + LONGEST)
    offer.save(update_fields=["state", "expires_on", "changed_at"])


@transaction.atomic
def write(offer: Offer, text: str, *, by: User, to: User | None = None, language: str = "en") -> Contact:
    """To the author of an offer, or her answer `to` somebody who wrote; mailed afterwards, no address in it."""
    User.objects.select_for_update().get(pk=by.pk)
    receiver = to or offer.author
    _check_message(offer, by, receiver)
    since = timezone.now() - A_DAY
    if Contact.objects.filter(sender=by, at__gt=since).count() >= MOST_A_DAY:
        raise NotNow(_("You have written many messages today. Go on tomorrow."))
    message = Contact.objects.create(offer=offer, sender=by, receiver=receiver, text=text, language=language)
    happening = Happening(key=f"contact:{message.pk}", actor=by, about={"offer": offer})
    tell([receiver.pk], Notification.Reason.CONTACT, happening)
    return message


def _check_own(offer: Offer, by: User) -> None:
    if not permissions.may_change(by, offer):
        raise NotNow(_("This offer can't be changed any more."))


def _check_message(offer: Offer, by: User, receiver: User) -> None:
    """An exchange goes on after the offer has ended; a new one begins while it is open."""
    between = Contact.objects.filter(offer=offer, sender=receiver, receiver=by)
    is_known = between.exists() or (
        by.pk != offer.author_id and Contact.objects.filter(offer=offer, sender=by, receiver=receiver).exists()
    )
    is_open = receiver.pk == offer.author_id and permissions.may_write_to(by, offer)
    is_reached = receiver.is_active and not permissions.is_kept_away(by, receiver.pk)
    if offer.state == Offer.State.HIDDEN or not is_reached or not (is_open or is_known):
        raise NotNow(_("You can't write to this member about this offer."))
