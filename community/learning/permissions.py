"""Who may make a case study of a thread."""

from django.db.models import Q

from community.models import Thread
from community.threads import permissions


def may_promote(person, thread: Thread) -> bool:
    """Who took part, hosts, advises or moderates: others agree before anything is published."""
    if not (person.is_authenticated and person.is_active and permissions.may_see(person, thread)):
        return False
    if person.pk in (thread.author_id, thread.host_id, thread.expert_id):
        return True
    return thread.posts.shown().filter(Q(author=person)).exists() or permissions.may_moderate(person, thread)
