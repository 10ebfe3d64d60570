"""What changes threads and posts: each verb one transaction, told to whoever listens."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook, signals
from community.models import Group, Post, PostFile, PostVersion, Reaction, SummaryPoint, Thread
from community.moderation import screening
from community.threads import permissions, rendering
from community.threads.languages import language_of
from people.models import User
from practices.models import CaseStudy
from vocabularies.models import Concept

GIVEN = "given"  # held because who called said so


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


@dataclass(frozen=True)
class Opening:
    """What a thread begins with."""

    title: str
    text: str
    language: str = ""  # empty: found from the text
    kind: str = Thread.Kind.DISCUSSION
    group: Group | None = None
    case_study: CaseStudy | None = None
    concepts: tuple[Concept, ...] = ()
    situation: str = ""
    tried: str = ""
    constraints: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    files: tuple[int, ...] = ()  # PostFile rows of the author's, not posted yet
    held: bool = False  # a moderator looks at it first
    idempotency_key: str | None = None
    data: dict = field(default_factory=dict)


@transaction.atomic
def open_thread(opening: Opening, *, by: User, at: datetime | None = None) -> Thread:
    if not permissions.may_begin_in(by, opening.group):
        raise NotNow(_("Join the group first; then you can write in it."))
    if opening.idempotency_key:
        before = Post.objects.filter(idempotency_key=opening.idempotency_key).select_related("thread").first()
        if before:
            return before.thread
    held = _screened(by, opening.text, at, group=opening.group, has_files=bool(opening.files), opens_thread=True)
    held = held or (GIVEN if opening.held else "")
    now = at or timezone.now()
    language = opening.language or _language(f"{opening.title}\n{opening.text}", by, by.language or "en")
    thread = Thread.objects.create(
        kind=opening.kind,
        title=" ".join(opening.title.split()),
        language=language,
        group=opening.group,
        case_study=opening.case_study,
        author=by,
        created_at=now,
        last_post_at=now,
        situation=opening.situation,
        tried=opening.tried,
        constraints=opening.constraints,
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        host=by if opening.kind == Thread.Kind.WRITTEN else None,
        state=Thread.State.HELD if held else Thread.State.OPEN,
    )
    thread.concepts.set(opening.concepts)
    _write(thread, opening.text, language, by, now, held, opening.files, opening.idempotency_key)
    if not held:
        signals.thread_opened.send(Thread, thread=thread)
    return thread


@transaction.atomic
def reply(
    thread: Thread,
    text: str,
    *,
    by: User,
    language: str = "",
    to: Post | None = None,
    files: tuple[int, ...] = (),
    held: bool = False,
    idempotency_key: str | None = None,
    origin: str = Post.Origin.WEB,
    at: datetime | None = None,
) -> Post:
    """Raises NotNow where the thread is closed, or she may not write there any more."""
    thread = Thread.objects.select_for_update(of=("self",)).select_related("group").get(pk=thread.pk)
    if idempotency_key and (before := Post.objects.filter(idempotency_key=idempotency_key).first()):
        return before
    if not permissions.may_reply(by, thread, at):
        raise NotNow(_("This thread takes no posts of yours now. What you wrote is kept as a draft."))
    why_held = _screened(by, text, at, group=thread.group, to=to, has_files=bool(files)) or (GIVEN if held else "")
    language = language or _language(text, by, thread.language)
    return _write(thread, text, language, by, at or timezone.now(), why_held, files, idempotency_key, to, origin)


def _screened(by: User, text: str, at: datetime | None, **circumstances) -> str:
    """Why a moderator looks at it first. What comes with its own date is brought in by the portal, not sent by a form."""
    if at is not None:
        return ""
    verdict = screening.screen(by, text, **circumstances)
    if verdict.refused:
        raise NotNow(verdict.refused)
    return verdict.held


def _write(thread, text, language, by, at, held, files, idempotency_key, to=None, origin=Post.Origin.WEB) -> Post:
    """`held`: why a moderator looks at it first; empty where others see it at once."""
    Thread.objects.filter(pk=thread.pk).update(last_number=F("last_number") + 1)
    thread.refresh_from_db(fields=["last_number"])
    try:
        with transaction.atomic():
            post = Post.objects.create(
                thread=thread,
                number=thread.last_number,
                author=by,
                reply_to=to if to and to.thread_id == thread.pk else None,
                state=Post.State.HELD if held else Post.State.SHOWN,
                language=language,
                source=text,
                html=rendering.rendered(text, by).html,
                created_at=at,
                origin=origin,
                idempotency_key=idempotency_key or None,
            )
    except IntegrityError:  # the same form came twice at once
        return Post.objects.get(idempotency_key=idempotency_key)
    PostFile.objects.filter(pk__in=files, by=by, post=None).update(post=post)
    if held:
        screening.hold(post, held)
    else:
        show(post)
    return post


def show(post: Post) -> None:
    """From now on others read it: also what was held and is let through. Call it inside a transaction."""
    if post.state != Post.State.SHOWN:
        post.state = Post.State.SHOWN
        post.save(update_fields=["state"])
    recount(post.thread)
    signals.posted.send(Post, post=post)


def recount(thread: Thread) -> None:
    """Figures of a thread, made anew from its posts."""
    shown = thread.posts.shown()
    thread.post_count = shown.count()
    last = shown.order_by("-created_at").values_list("created_at", flat=True).first()
    thread.last_post_at = last or thread.created_at
    others = shown.exclude(number=1).exclude(author=thread.author_id).exclude(author=None)
    thread.first_answer_at = others.aggregate(first=Min("created_at"))["first"]
    if thread.accepted_id and not shown.filter(pk=thread.accepted_id).exists():
        thread.accepted = None
    thread.save(update_fields=["post_count", "last_post_at", "first_answer_at", "accepted", "changed_at"])


@transaction.atomic
def edit(post: Post, text: str, *, by: User, language: str = "") -> Post:
    """What it said before stays in its history."""
    if not permissions.may_edit(by, post):
        raise NotNow(_("This post can't be changed any more."))
    language = language or post.language
    if (text, language) == (post.source, post.language):
        return post
    if post.state == Post.State.SHOWN and (refused := screening.refuses_change(by, post.source, text)):
        raise NotNow(refused)
    PostVersion.objects.create(post=post, source=post.source, language=post.language, by=by)
    post.source, post.language = text, language
    post.html = rendering.rendered(text, by).html
    post.edited_at, post.translations = timezone.now(), {}
    post.save()
    signals.edited.send(Post, post=post)
    return post


@transaction.atomic
def correct_language(post: Post, language: str, *, by: User) -> None:
    """By its author or a moderator: the words stay as they are."""
    post.language, post.translations = language, {}
    post.save(update_fields=["language", "translations"])
    if post.is_opening:
        post.thread.language = language
        post.thread.save(update_fields=["language", "changed_at"])
    logbook.note("language corrected", post.thread, by=by, group=post.thread.group, post=post.number, language=language)


@transaction.atomic
def delete(post: Post, *, by: User) -> None:
    """By its author. The number stays, so that links and quotes lead somewhere; the words go."""
    if not permissions.may_delete(by, post):
        raise NotNow(_("Others have answered this post. Ask a moderator if it has to go."))
    post.state, post.source, post.html, post.translations = Post.State.DELETED, "", "", {}
    post.save()
    post.versions.all().delete()
    post.reactions.all().delete()
    post.files.all().delete()
    if post.is_opening:
        post.thread.state = Thread.State.DELETED
        post.thread.save(update_fields=["state", "changed_at"])
    recount(post.thread)
    signals.gone.send(Post, post=post)


@transaction.atomic
def accept(post: Post, *, by: User) -> None:
    """The answer that helped. Accepting it again takes it back."""
    thread = post.thread
    if not permissions.may_accept(by, thread) or post.is_opening or post.state != Post.State.SHOWN:
        raise NotNow(_("This post can't be accepted as the answer."))
    thread.accepted = None if thread.accepted_id == post.pk else post
    thread.save(update_fields=["accepted", "changed_at"])
    if thread.accepted:
        signals.accepted.send(Post, post=post, by=by)


@transaction.atomic
def react(post: Post, kind: str, *, by: User) -> Reaction | None:
    """Once of each kind; the second time takes it back."""
    if not permissions.may_react(by, post):
        raise NotNow(_("You can't react to this post."))
    row, is_new = Reaction.objects.get_or_create(post=post, person=by, kind=kind)
    if not is_new:
        row.delete()
        return None
    signals.reacted.send(Reaction, reaction=row)
    return row


@transaction.atomic
def publish_summary(thread: Thread, points: list[tuple[str, Post]], *, by: User, language: str) -> None:
    """Each sentence with the post behind it."""
    if not permissions.may_summarise(by, thread):
        raise NotNow(_("Only the host writes the summary."))
    thread.summary_points.all().delete()
    SummaryPoint.objects.bulk_create(
        SummaryPoint(thread=thread, post=post, sentence=sentence, language=language, position=number)
        for number, (sentence, post) in enumerate(points)
    )
    thread.summary_at = timezone.now() if points else None
    thread.save(update_fields=["summary_at", "changed_at"])


def _language(text: str, by: User, expected: str) -> str:
    return language_of(text, expected=expected, written=by.languages)
