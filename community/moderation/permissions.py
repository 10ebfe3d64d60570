"""Who may do what in moderation. Which cases somebody sees is `of` in querysets."""

from community.groups.permissions import may_moderate as may_moderate_group
from community.groups.permissions import may_own, moderates_all
from community.models import Decision, Group
from community.moderation import things
from people.models import User


def may_moderate(person, thing) -> bool:
    """Moderators of the portal everything, those of a group what lies in it; people and the group itself only the portal's."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    if moderates_all(person):
        return True
    if isinstance(thing, User | Group):
        return False
    group = things.group_of(thing)
    return group is not None and may_moderate_group(person, group)


def may_decide(person, thing) -> bool:
    """Not about oneself: another moderator does that."""
    author = things.author_of(thing)
    return may_moderate(person, thing) and (author is None or author.pk != person.pk)


def may_settle(person, case) -> bool:
    """A notice about a page of no member's is the portal's."""
    return may_decide(person, case.target) if case.target else moderates_all(person)


def may_suspend(person, other: User) -> bool:
    return moderates_all(person) and person.pk != other.pk and not other.is_superuser


def may_see_decision(person, decision: Decision) -> bool:
    if person is None or not person.is_authenticated:
        return False
    if decision.affects_id == person.pk or moderates_all(person):
        return True
    return decision.target is not None and may_moderate(person, decision.target)


def may_answer_complaint(person, decision: Decision) -> bool:
    """Another moderator than who decided."""
    if decision.by_id == person.pk or decision.affects_id == person.pk:
        return False
    return moderates_all(person) or (decision.target is not None and may_moderate(person, decision.target))


def may_read_log(person, group: Group | None) -> bool:
    return moderates_all(person) or (group is not None and person.is_authenticated and may_own(person, group))
