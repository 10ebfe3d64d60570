"""Who may do what in a group. Which groups somebody may see or read is in querysets."""

from community.models import Group, Membership


def moderates_all(person) -> bool:
    return person is not None and person.is_authenticated and person.has_perm("community.moderate")


def membership_of(person, group: Group) -> Membership | None:
    if person is None or not person.is_authenticated:
        return None
    return group.memberships.filter(person=person).first()


def belongs(person, group: Group) -> bool:
    row = membership_of(person, group)
    return row is not None and row.state == Membership.State.ACTIVE


def may_moderate(person, group: Group | None) -> bool:
    """Moderators of the portal moderate everywhere, those of a group there."""
    if moderates_all(person):
        return True
    row = membership_of(person, group) if group else None
    return (
        row is not None
        and row.state == Membership.State.ACTIVE
        and row.role in (Membership.Role.OWNER, Membership.Role.MODERATOR)
    )


def may_own(person, group: Group) -> bool:
    """Change its settings, archive, close and export it."""
    if moderates_all(person):
        return True
    row = membership_of(person, group)
    return row is not None and row.state == Membership.State.ACTIVE and row.role == Membership.Role.OWNER


def may_write_in(person, group: Group) -> bool:
    """Begin threads and answer: members of an active group; observers read."""
    row = membership_of(person, group)
    return (
        group.is_active
        and row is not None
        and row.state == Membership.State.ACTIVE
        and row.role != Membership.Role.OBSERVER
    )
