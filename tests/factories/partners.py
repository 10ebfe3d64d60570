"""Boring makers of offers."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from community.models import Offer
from community.partners import actions
from people.models import User
from tests.factories import a_member

_numbers = count(1)


def an_offer(title: str = "", *, by: User | None = None, concepts=(), **fields) -> Offer:
    fields = {"kind": "offer", "text": "We have radios.", "language": "en", "languages": ["en"], **fields}
    fields.setdefault("expires_on", timezone.localdate() + timedelta(days=60))
    return actions.post(Offer(title=title or f"Offer {next(_numbers)}", **fields), concepts, by=by or a_member())
