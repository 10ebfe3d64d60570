"""What somebody was told, and what she watches."""

from community.attention import actions, topics
from community.models import Barrier, Notification, Watch
from people.models import User


def watching(person: User, thing, level: str = Watch.Level.WATCHING) -> None:
    actions.watch(person, topics.of(thing), level)


def keep_away(person: User, other: User, kind: str = Barrier.Kind.MUTE) -> None:
    Barrier.objects.create(by=person, against=other, kind=kind)


def told(person: User) -> list[tuple[str, str]]:
    """(reason, delivery), the oldest first."""
    return [(row.reason, row.delivery) for row in Notification.objects.filter(person=person).order_by("pk")]


def mention(person: User) -> str:
    return f"@[{person.name}]({person.pk})"
