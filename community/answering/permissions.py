"""Who may take questions on, ask others, and say what became of a clinic."""

from community.groups.permissions import moderates_all
from community.models import Barrier, Thread
from community.moderation.querysets import moderates_something
from community.threads import permissions as threads


def may_take_on(person, thread: Thread) -> bool:
    """Who may answer it, but its author."""
    if not person.is_authenticated or thread.author_id == person.pk or not thread.wants_an_answer:
        return False
    return threads.may_reply(person, thread) and not _keeps_away(person, thread)


def may_ask_others(person, thread: Thread) -> bool:
    """Its moderators: they ask somebody by name, or assign the expert of a clinic."""
    return thread.wants_an_answer and person.is_authenticated and threads.may_moderate(person, thread)


def may_decide_on(person, thread: Thread) -> bool:
    """Its author says whether it still matters, and what became of it."""
    return person.is_authenticated and thread.wants_an_answer and thread.author_id == person.pk


def may_see_figures(person) -> bool:
    return person.is_authenticated and person.is_active and (moderates_all(person) or moderates_something(person))


def _keeps_away(person, thread: Thread) -> bool:
    return Barrier.objects.filter(by=person, against=thread.author_id).exists() if thread.author_id else False
