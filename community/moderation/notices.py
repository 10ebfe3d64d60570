"""Notices of anybody, member or not: received with a receipt, answered by a decision."""

import secrets

from django.db import transaction

from community.models import Notice
from community.moderation import mails, things


@transaction.atomic
def receive(notice: Notice) -> Notice:
    """What stands at the address is found now, so that it is the same thing when it has moved."""
    notice.receipt = secrets.token_urlsafe(18)
    thing = things.at(notice.address)
    if thing is not None:
        setattr(notice, things.kind_of(thing), thing)
    notice.save()
    mails.confirm(notice)
    return notice
