"""Who may do what with one case study. Which ones somebody may see in lists is `visible_to` in querysets."""

from people.models import User
from practices.models import CaseStudy


def may_edit(person, page: CaseStudy) -> bool:
    return _is_author(person, page) or may_publish(person, page)


def may_withdraw(person, page: CaseStudy) -> bool:
    return page.live and not page.withdrawn_at and may_edit(person, page)


def may_restore(person, page: CaseStudy) -> bool:
    return bool(page.withdrawn_at) and may_publish(person, page)


def may_delete(person, page: CaseStudy) -> bool:
    """A draft nobody but its author has seen. What was public is withdrawn, not deleted."""
    return _is_author(person, page) and page.first_published_at is None and not page.workflow_in_progress


def may_publish(person, page: CaseStudy) -> bool:
    return person.is_authenticated and page.permissions_for_user(person).can_publish()


def _is_author(person: User, page: CaseStudy) -> bool:
    return person.is_authenticated and page.owner_id == person.pk
