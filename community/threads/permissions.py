"""Who may do what with a thread or a post. Which ones somebody may see is `visible_to` in querysets."""

from datetime import datetime

from django.utils import timezone

from community.groups import permissions as group_permissions
from community.models import Barrier, Post, Thread


def may_see(person, thread: Thread) -> bool:
    return Thread.objects.visible_to(person).filter(pk=thread.pk).exists()


def may_moderate(person, thread: Thread) -> bool:
    return group_permissions.may_moderate(person, thread.group)


def may_reply(person, thread: Thread, at: datetime | None = None) -> bool:
    if not _may_take_part(person) or thread.state != Thread.State.OPEN or not may_see(person, thread):
        return False
    if not thread.takes_posts_at(at or timezone.now()):
        return False
    if thread.group and not group_permissions.may_write_in(person, thread.group):
        return may_moderate(person, thread) and thread.group.is_active
    return not _is_blocked(person, thread.author_id)


def may_begin_in(person, group) -> bool:
    """Begin a thread in a group, or in the open where there is none."""
    return _may_take_part(person) and (group is None or group_permissions.may_write_in(person, group))


def may_edit(person, post: Post) -> bool:
    return _is_author(person, post) and post.state in (Post.State.SHOWN, Post.State.HELD) and _is_writable(post.thread)


def may_delete(person, post: Post) -> bool:
    """One's own words. The opening post takes the thread with it, so only while nobody has answered."""
    if not _is_author(person, post) or post.state == Post.State.DELETED:
        return False
    return not post.is_opening or post.thread.post_count <= 1


def may_accept(person, thread: Thread) -> bool:
    return (
        thread.wants_an_answer
        and thread.state == Thread.State.OPEN
        and person.is_authenticated
        and (thread.author_id == person.pk or may_moderate(person, thread))
    )


def may_react(person, post: Post) -> bool:
    return (
        _may_take_part(person)
        and post.author_id != person.pk
        and post.state == Post.State.SHOWN
        and may_see(person, post.thread)
        and not _is_blocked(person, post.author_id)
    )


def may_summarise(person, thread: Thread) -> bool:
    return person.is_authenticated and (thread.host_id == person.pk or may_moderate(person, thread))


def _may_take_part(person) -> bool:
    return person is not None and person.is_authenticated and person.is_active


def _is_author(person, post: Post) -> bool:
    return _may_take_part(person) and post.author_id == person.pk


def _is_writable(thread: Thread) -> bool:
    return thread.state in (Thread.State.OPEN, Thread.State.HELD) and (thread.group is None or thread.group.is_active)


def _is_blocked(person, by_id: int | None) -> bool:
    return by_id is not None and Barrier.objects.filter(by=by_id, against=person, kind=Barrier.Kind.BLOCK).exists()
