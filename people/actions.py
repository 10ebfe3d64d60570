"""What changes a member."""

from django.db import transaction

from people import personal_data
from people.models import User
from vocabularies.models import Concept


@transaction.atomic
def save_profile(person: User, interests: list[Concept]) -> None:
    person.save()
    person.interests.set(interests)


@transaction.atomic
def delete_account(person: User) -> None:
    """The person is gone; what she published stays, under no name."""
    personal_data.erase(person)
    person.delete()
