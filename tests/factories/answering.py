"""Boring makers of people who answer, and turns of the worker at a chosen time."""

from datetime import timedelta

from django.utils import timezone

from community.answering import routing
from community.models import Ask, Attention, Thread
from people.models import User
from tests.factories import a_member, concept


def a_helper(*interests: str, languages=("en",), willing: bool = True, adult: bool = True, **fields) -> User:
    """An adult who takes questions."""
    confirmed = timezone.now() if adult else None
    person = a_member(languages=list(languages), adult_confirmed_at=confirmed, **fields)
    person.interests.set([concept(path) for path in interests])
    Attention.objects.create(person=person, takes_questions=willing)
    return person


def later(**time) -> None:
    """The worker's turn, so much later."""
    routing.turn(timezone.now() + timedelta(**time))


def asked(thread: Thread, *states: str) -> set[User]:
    asks = Ask.objects.filter(thread=thread).select_related("person")
    return {ask.person for ask in asks if not states or ask.state in states}
