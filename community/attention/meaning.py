"""Whom a post means, and why: mentioned before quoted before answered."""

from functools import reduce
from operator import or_

from django.db.models import Q

from community.models import Notification, Post
from community.threads import rendering

Reason = Notification.Reason
MOST = 30  # people one post can mention, and posts it can quote


def of_reply(post: Post) -> dict[int, str]:
    """{person: reason}; a post that answers nobody else's answers who began the thread."""
    answered = post.reply_to.author_id if post.reply_to else post.thread.author_id
    return {answered: Reason.REPLY, **of_words(post)} if answered else of_words(post)


def of_opening(post: Post) -> dict[int, str]:
    """A thread below a case study means who wrote it."""
    study = post.thread.case_study
    return {study.owner_id: Reason.OPENED, **of_words(post)} if study and study.owner_id else of_words(post)


def of_words(post: Post) -> dict[int, str]:
    """Whom its text names."""
    quoted = dict.fromkeys(_quoted(post), Reason.QUOTE)
    mentioned = list(dict.fromkeys(int(number) for _name, number in rendering.MENTION.findall(post.source)))
    return quoted | dict.fromkeys(mentioned[:MOST], Reason.MENTION)


def _quoted(post: Post) -> set[int]:
    pairs = list(dict.fromkeys(rendering.QUOTED.findall(post.source)))[:MOST]
    if not pairs:
        return set()
    named = reduce(or_, (Q(thread=int(thread), number=int(number)) for thread, number in pairs))
    return set(Post.objects.shown().filter(named).exclude(author=None).values_list("author", flat=True))
