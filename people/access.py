"""Whose eyes a search looks with: a person resolved once into a set of audiences."""

from collections.abc import Callable, Iterable

PUBLIC = "public"
MEMBERS = "members"

_further: list[Callable[[object], Iterable[str]]] = []


def register(audiences_of: Callable[[object], Iterable[str]]) -> None:
    """A package names further audiences a signed-in person is in."""
    _further.append(audiences_of)


def audience_of(person) -> frozenset[str]:
    """public for everybody; members, group:<id> and what packages registered for who is signed in."""
    if person is None or not person.is_authenticated:
        return frozenset({PUBLIC})
    groups = person.groups.values_list("pk", flat=True)
    further = (audience for audiences_of in _further for audience in audiences_of(person))
    return frozenset({PUBLIC, MEMBERS, *(f"group:{pk}" for pk in groups), *further})
