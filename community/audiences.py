"""Which circles a person is in: what search may show her beyond what everybody sees."""

from community.models import Group, Membership
from people import access

MODERATORS = "moderators"


def circles_of(person) -> set[str]:
    groups = Membership.objects.active().filter(person=person).values_list("group", flat=True)
    circles = {f"circle:{pk}" for pk in groups}
    return circles | {MODERATORS} if person.has_perm("community.moderate") else circles


def of_content(group: Group | None) -> frozenset[str]:
    """Who may read what lies in a group."""
    if group is None:
        return frozenset({access.PUBLIC})
    is_public = group.is_open and group.state != Group.State.CLOSED
    return frozenset({access.PUBLIC}) if is_public else frozenset({group.audience, MODERATORS})


def of_group(group: Group) -> frozenset[str]:
    """Who may know that it exists."""
    is_public = group.access != Group.Access.HIDDEN and group.state != Group.State.CLOSED
    return frozenset({access.PUBLIC}) if is_public else frozenset({group.audience, MODERATORS})


access.register(circles_of)
