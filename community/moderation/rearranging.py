"""Threads put where they belong: moved, split, merged. Old addresses lead on."""

from django.db import transaction
from django.utils.translation import gettext as _

from community import signals
from community.groups import permissions as group_permissions
from community.models import Decision, FormerPlace, Group, Post, Thread, Watch
from community.moderation.deciding import Measure, NotNow, Reasons, decide
from community.threads import actions as threads
from people.models import User
from search import outbox


@transaction.atomic
def move(thread: Thread, group: Group | None, reasons: Reasons, *, by: User) -> Decision:
    """To another group, or to nobody's."""
    thread = _locked(thread)
    if thread.group_id == (group.pk if group else None):
        raise NotNow(_("It is there already."))
    _check_way(thread.group, group, by)
    before = thread.group.slug if thread.group else ""
    thread.group = group
    thread.save()
    return decide(thread, Measure.MOVE, reasons, by=by, before=before)


@transaction.atomic
def split(thread: Thread, numbers: list[int], title: str, reasons: Reasons, *, by: User) -> Thread:
    """Some of its posts begin a thread of their own."""
    thread = _locked(thread)
    posts = list(thread.posts.filter(number__in=numbers).exclude(number=1).order_by("number"))
    if not posts or posts[0].state != Post.State.SHOWN:
        raise NotNow(_("Choose posts after the first one; the first of them must be shown."))
    new = Thread.objects.create(
        kind=Thread.Kind.DISCUSSION,
        title=" ".join(title.split()),
        language=posts[0].language,
        group=thread.group,
        case_study=thread.case_study,
        author=posts[0].author,
        created_at=posts[0].created_at,
        last_post_at=posts[-1].created_at,
    )
    new.concepts.set(thread.concepts.all())
    _carry(posts, new)
    threads.recount(thread)
    threads.recount(new)
    outbox.touch(thread.search_key, new.search_key)
    decide(thread, Measure.SPLIT, reasons, by=by, into=new.pk)
    return new


@transaction.atomic
def merge(thread: Thread, into: Thread, reasons: Reasons, *, by: User) -> Decision:
    """Its posts follow after those of the other; its address leads there."""
    thread, into = _locked(thread), _locked(into)
    if thread.pk == into.pk or into.merged_into_id or thread.merged_into_id:
        raise NotNow(_("Choose another thread to merge it into."))
    if into.state not in (Thread.State.OPEN, Thread.State.CLOSED):
        raise NotNow(_("The other thread is not shown."))
    _check_way(thread.group, into.group, by)
    if thread.case_study_id and thread.case_study_id != into.case_study_id:
        raise NotNow(_("It belongs to a case study; merge it into a thread about the same one."))
    _carry(list(thread.posts.order_by("number")), into)
    thread.merged_into, thread.state, thread.post_count, thread.accepted = into, Thread.State.CLOSED, 0, None
    thread.save()
    threads.recount(into)
    _follow(thread, into)
    signals.gone.send(Thread, thread=thread)
    return decide(thread, Measure.MERGE, reasons, by=by, into=into.pk)


def _carry(posts: list[Post], to: Thread) -> None:
    """Each post keeps its own address, and its old number leads to it."""
    for post in posts:
        FormerPlace.objects.create(thread_id=post.thread_id, number=post.number, post=post)
        to.last_number += 1
        post.thread, post.number = to, to.last_number
        post.save(update_fields=["thread", "number"])
    to.save(update_fields=["last_number", "changed_at"])


def _follow(thread: Thread, into: Thread) -> None:
    """Who watched the one watches the other, unless she has chosen already."""
    chosen = Watch.objects.filter(topic=f"thread:{into.pk}").values("person")
    Watch.objects.filter(topic=f"thread:{thread.pk}").exclude(person__in=chosen).update(topic=f"thread:{into.pk}")


def _check_way(source: Group | None, target: Group | None, by: User) -> None:
    """What was written for the members of a group is shown to nobody else."""
    if source != target and source and not (source.is_open and source.state != Group.State.CLOSED):
        raise NotNow(_("What was written for members only stays in its group."))
    if target and not target.is_active:
        raise NotNow(_("This group is finished; choose another."))
    if not group_permissions.may_moderate(by, target):
        raise NotNow(_("You can move it only to where you are a moderator."))


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update().get(pk=thread.pk)
