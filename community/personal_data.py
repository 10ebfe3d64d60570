"""What the community holds of a person, beside what she watches and was told: for her to take away, and to erase."""

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.groups import actions as groups
from community.learning import actions as learning
from community.models import (
    Ask,
    Barrier,
    Contact,
    Decision,
    Draft,
    Event,
    Flag,
    Group,
    Membership,
    Notice,
    Offer,
    Post,
    PostFile,
    PostVersion,
    Quotation,
    Reaction,
    ReadingPlace,
    Registration,
    Suspension,
    Thread,
)
from community.moderation.deciding import OPEN, conclude
from community.threads import rendering
from people.models import User
from people.personal_data import Holder, register
from search import outbox

Role = Membership.Role


def export(person: User) -> dict:
    return {
        "memberships": _rows(person.memberships.all(), "group__title", "role", "state", "note", "is_listed", "joined_at"),
        "groups_founded": _rows(Group.objects.filter(created_by=person), "title", "aim", "created_at"),
        "threads": _rows(
            Thread.objects.filter(author=person), "pk", "title", "state", "situation", "tried", "constraints", "created_at"
        ),
        "posts": _rows(
            Post.objects.filter(author=person), "pk", "thread", "number", "state", "language", "source", "created_at"
        ),
        "earlier_versions": _rows(PostVersion.objects.filter(by=person), "post", "source", "replaced_at"),
        "files": _rows(PostFile.objects.filter(by=person), "post", "image__title", "document__title", "alt", "at"),
        "reactions": _rows(Reaction.objects.filter(person=person), "post", "kind", "at"),
        "drafts": _rows(Draft.objects.filter(person=person), "place", "data", "saved_at"),
        "read": _rows(ReadingPlace.objects.filter(person=person), "thread", "number", "at"),
        "asked": _rows(Ask.objects.filter(person=person), "thread", "state", "reasons", "asked_at"),
        "offers": _rows(Offer.objects.filter(author=person), "title", "text", "state", "organisation", "created_at"),
        "messages_sent": _rows(Contact.objects.filter(sender=person), "offer", "text", "at"),
        "messages_received": _rows(Contact.objects.filter(receiver=person), "offer", "text", "at"),
        "events": _rows(Event.objects.filter(host=person), "title", "text", "starts_at"),
        "registrations": _rows(Registration.objects.filter(person=person), "event__title", "state", "since"),
        "quotations": _rows(
            Quotation.objects.filter(person=person), "case_study__title", "post", "words", "state", "asked_at", "answered_at"
        ),
        "flags": _rows(Flag.objects.filter(by=person), "ground", "text", "state", "at"),
        "kept_away": _rows(Barrier.objects.filter(by=person), "against__name", "kind", "at"),
        "decisions": _rows(
            Decision.objects.filter(affects=person), "measure", "ground", "facts", "rule", "complaint", "complaint_answer", "at"
        ),
        "suspensions": _rows(Suspension.objects.filter(person=person), "until", "lifted_at"),
    }  # fmt: skip


def erase(person: User) -> None:
    """What others answered stays, under no name; what was hers alone goes. No group is left without an owner."""
    for row in person.memberships.active().filter(role=Role.OWNER).select_related("group"):
        _hand_over(row)
    _leave_groups(person)
    _remove_what_nobody_saw(person)
    _remove_what_is_hers_alone(person)
    _unname(person)


def _hand_over(row: Membership) -> None:
    """To who has moderated, or else belonged, the longest; a group nobody else belongs to is archived."""
    others = row.group.memberships.active().exclude(pk=row.pk).exclude(person__is_active=False)
    if others.filter(role=Role.OWNER).exists():
        return
    moderators, members = others.filter(role=Role.MODERATOR), others.filter(role=Role.MEMBER)
    heir = moderators.order_by("joined_at", "pk").first() or members.order_by("joined_at", "pk").first()
    if heir:
        groups.give_role(heir, Role.OWNER, by=None)
    elif row.group.is_active:
        groups.archive(row.group, by=None)


def _leave_groups(person: User) -> None:
    """Her place in a squad is free for who waits."""
    for row in person.memberships.active().select_related("group"):
        if row.role != Role.OWNER or row.group.memberships.active().filter(role=Role.OWNER).exclude(pk=row.pk).exists():
            groups.leave(row.group, by=person)
    person.memberships.all().delete()


def _remove_what_nobody_saw(person: User) -> None:
    held = Post.objects.filter(author=person, state=Post.State.HELD)
    for flag in Flag.objects.filter(post__in=held, state__in=OPEN):
        conclude(flag, None, Flag.State.DISMISSED)
    Thread.objects.filter(author=person, state=Thread.State.HELD, last_number__lte=1).delete()
    held.delete()
    PostVersion.objects.filter(post__author=person).delete()
    PostFile.objects.filter(by=person, post=None).delete()


def _remove_what_is_hers_alone(person: User) -> None:
    reacted = Reaction.objects.filter(person=person)
    outbox.touch(*{f"thread:{pk}" for pk in reacted.values_list("post__thread", flat=True)})
    for flag in Flag.objects.filter(offer__author=person, state__in=OPEN):
        conclude(flag, None, Flag.State.DISMISSED)
    for flag in Flag.objects.filter(person=person, state__in=OPEN):
        conclude(flag, None, Flag.State.DISMISSED)
    for rows in (
        reacted,
        Draft.objects.filter(person=person),
        ReadingPlace.objects.filter(person=person),
        Ask.objects.filter(person=person),
        Contact.objects.filter(sender=person),
        Contact.objects.filter(receiver=person),
        Offer.objects.filter(author=person),
        Registration.objects.filter(person=person),
        Barrier.objects.filter(by=person),
        Barrier.objects.filter(against=person),
    ):
        rows.delete()


def _unname(person: User) -> None:
    """In what stays, and in what others wrote to her or quoted."""
    own = list(Thread.objects.filter(posts__author=person).values_list("pk", flat=True).distinct())
    Post.objects.filter(author=person).update(author=None)
    learning.unname(person)
    for fields in ("author", "host", "expert"):
        Thread.objects.filter(**{fields: person}).update(**{fields: None})
    Event.objects.filter(host=person).update(host=None)
    Group.objects.filter(created_by=person).update(created_by=None)
    PostFile.objects.filter(by=person).update(by=None)
    Notice.objects.filter(email__iexact=person.email).update(name="", email="")
    for post in Post.objects.filter(source__contains=f"]({person.pk})"):
        _rewrite(post, _without_mention(post, person))
    if person.name:
        for post in Post.objects.filter(html__contains='class="quoted"').filter(html__contains=escape(person.name)):
            _rewrite(post, post.source)
    outbox.touch(*(f"thread:{pk}" for pk in own))


def _without_mention(post: Post, person: User) -> str:
    with override(post.language):
        name = _("Former member")
    return rendering.MENTION.sub(lambda found: name if int(found[2]) == person.pk else found[0], post.source)


def _rewrite(post: Post, source: str) -> None:
    post.source, post.translations = source, {}
    post.html = rendering.rendered(source, post.author).html
    post.save(update_fields=["source", "html", "translations"])


def _rows(rows: QuerySet, *names: str) -> list[dict]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.order_by("pk").values(*names)]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


register(Holder("community", export, erase))
