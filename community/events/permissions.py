"""Who may do what with an event. Which ones somebody may see is `visible_to` in querysets."""

from community.groups import permissions as group_permissions
from community.models import Event, Registration


def may_post_in(person, group) -> bool:
    """In a group one may write in, or in the open where there is none."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    return group is None or group_permissions.may_write_in(person, group)


def may_change(person, event: Event) -> bool:
    """Its host and who moderates its group, while it is planned."""
    if not person.is_authenticated or event.state != Event.State.PLANNED:
        return False
    return event.host_id == person.pk or group_permissions.may_moderate(person, event.group)


def may_see_who_comes(person, event: Event) -> bool:
    return person.is_authenticated and (
        event.host_id == person.pk or group_permissions.may_moderate(person, event.group)
    )


def may_see_link(person, event: Event, registration: Registration | None) -> bool:
    """Who comes, who hosts, and every reader where nobody has to register."""
    if not event.takes_registrations:
        return True
    if registration is not None and registration.state == Registration.State.COMING:
        return True
    return may_see_who_comes(person, event)
