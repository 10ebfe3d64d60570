"""What moderators do to one thing: each verb one transaction, a decision with its reasons, and a line in the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from community import logbook, signals
from community.groups import actions as groups
from community.models import Decision, Event, Flag, Group, Offer, Post, Thread
from community.moderation import deciding
from community.moderation.deciding import Measure, NotNow, Reasons, decide
from community.threads import actions as threads
from people.models import User
from vocabularies.models import Concept

USUAL = {Post: Post.State.SHOWN, Thread: Thread.State.OPEN, Event: Event.State.PLANNED, Offer: Offer.State.OPEN}


@transaction.atomic
def hide(thing, reasons: Reasons, *, by: User | None) -> Decision:
    """Out of sight for everybody but moderators, on every way to it. An opening post takes its thread along."""
    thing = _locked(thing)
    if isinstance(thing, Post) and thing.is_opening:
        thing = _locked(thing.thread)
    before = thing.state
    if before in ("hidden", "deleted"):
        raise NotNow(_("It is hidden already."))
    accepted = isinstance(thing, Post) and thing.thread.accepted_id == thing.pk
    put_away(thing)
    return decide(thing, Measure.HIDE, reasons, by=by, before=before, accepted=accepted)


@transaction.atomic
def restore(thing, reasons: Reasons, *, by: User | None) -> Decision:
    thing = _locked(thing)
    if thing.state != "hidden":
        raise NotNow(_("It is not hidden."))
    before = deciding.remembered(thing, Measure.HIDE)
    bring_back(thing, before.get("before") or USUAL[type(thing)])
    if before.get("accepted") and thing.thread.accepted_id is None:
        Thread.objects.filter(pk=thing.thread_id).update(accepted=thing)
    return decide(thing, Measure.RESTORE, reasons, by=by)


def put_away(thing) -> None:
    """Hidden, without a decision of its own. Call it inside a transaction."""
    thing.state = "hidden"
    thing.save()
    if isinstance(thing, Post):
        threads.recount(thing.thread)
        signals.gone.send(Post, post=thing)
    elif isinstance(thing, Thread):
        signals.gone.send(Thread, thread=thing)


def bring_back(thing, state: str) -> None:
    """Call it inside a transaction. What was held before it was hidden is let through with it."""
    held = state == "held"
    thing.state = USUAL[type(thing)] if held else state
    thing.save()
    if isinstance(thing, Post):
        threads.recount(thing.thread)
    elif isinstance(thing, Thread) and held:
        _let_through(thing)


@transaction.atomic
def let_through(post: Post, *, by: User) -> None:
    """What was held is seen by others from now on."""
    post = _locked(post)
    if post.state != Post.State.HELD:
        raise NotNow(_("It is not waiting any more."))
    if post.is_opening:
        _let_through(post.thread)
    else:
        threads.show(post)
    _dismiss_flags(post, by)


def _let_through(thread: Thread) -> None:
    thread.state = Thread.State.OPEN
    thread.save()
    signals.thread_opened.send(Thread, thread=thread)
    opening = thread.posts.filter(number=1, state=Post.State.HELD).first()
    if opening:
        threads.show(opening)


def _dismiss_flags(post: Post, by: User) -> None:
    for flag in Flag.objects.filter(post=post, state__in=deciding.OPEN, is_automatic=True):
        flag.handler = by
        deciding.conclude(flag, None, Flag.State.DISMISSED)
    logbook.note("let through", post, by=by, group=post.thread.group)


@transaction.atomic
def close(thing: Thread | Group, reasons: Reasons, *, by: User) -> Decision:
    """A thread takes no more posts; a group is out of sight for everybody but its members."""
    thing = _locked(thing)
    before = thing.state
    if before not in ("open", "active", "archived"):
        raise NotNow(_("It is closed already."))
    if isinstance(thing, Group):
        groups.close(thing, by=by)
    else:
        thing.state = Thread.State.CLOSED
        thing.save()
    return decide(thing, Measure.CLOSE, reasons, by=by, before=before)


@transaction.atomic
def reopen(thing: Thread | Group, reasons: Reasons, *, by: User) -> Decision:
    thing = _locked(thing)
    if thing.state != "closed":
        raise NotNow(_("It is not closed."))
    if isinstance(thing, Group):
        groups.reopen(thing, by=by)
    else:
        thing.state = Thread.State.OPEN
        thing.save()
    return decide(thing, Measure.REOPEN, reasons, by=by)


@transaction.atomic
def edit(thread: Thread, title: str, concepts: list[Concept], reasons: Reasons, *, by: User) -> Decision:
    """Its title and topics; nobody's words."""
    thread, before = _locked(thread), thread.title
    thread.title = " ".join(title.split())
    thread.save()
    thread.concepts.set(concepts)
    return decide(thread, Measure.EDIT, reasons, by=by, before=before)


def _locked(thing):
    return type(thing).objects.select_for_update().get(pk=thing.pk)
