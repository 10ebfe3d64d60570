"""What is asked of a text before it is posted: may it be seen at once, does a moderator look first, or can't it be taken."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.groups import permissions as group_permissions
from community.models import Barrier, Flag, Group, Post, Thread
from community.models.moderation import Ground
from community.moderation import limits, trust
from community.threads import rendering
from people.models import User
from portal import markdown

TALK = "talk"
HREF = re.compile(r'href="(https?://[^"]+)"')
LONG_ENOUGH = 60  # letters from which the same text again is no accident


@dataclass(frozen=True)
class Verdict:
    """`refused`: why it can't be taken now, and until when. `held`: why a moderator looks first; empty where nobody does."""

    held: str = ""
    refused: str = ""


def screen(
    person: User, text: str, *, group: Group | None = None, to: Post | None = None, has_files=False, opens_thread=False
) -> Verdict:
    mentioned = {int(number) for _name, number in rendering.MENTION.findall(text)}
    if refused := _kept_away(person, mentioned, to):
        return Verdict(refused=refused)
    if trust.is_exempt(person):
        return Verdict()
    limit = trust.limits_for(person)
    refused = _too_much(person, limit, opens_thread) or _too_many_mentions(mentioned, limit) or _repeated(person, text)
    if refused:
        return Verdict(refused=refused)
    if group and group_permissions.may_moderate(person, group):
        return Verdict()
    return Verdict(held=_why_held(text, limit, has_files))


def _kept_away(person: User, mentioned: set[int], to: Post | None) -> str:
    """Who blocked her hears nothing of her."""
    others = mentioned | ({to.author_id} if to and to.author_id else set())
    if Barrier.objects.filter(by__in=others, against=person, kind=Barrier.Kind.BLOCK).exists():
        return _("A member you answer or mention does not want to hear from you.")
    return ""


def _too_much(person: User, limit: trust.Limits, opens_thread: bool) -> str:
    now = timezone.now()
    posts = Post.objects.filter(author=person, created_at__gt=now - trust.DAY).order_by("-created_at")
    free = trust.free_again_at(list(posts.values_list("created_at", flat=True)[: limit.posts]), limit.posts)
    if free:
        return _until(
            ngettext("You can write %(count)s post in a day.", "You can write %(count)s posts in a day.", limit.posts),
            limit.posts,
            free,
            limit,
        )
    threads = Thread.objects.filter(author=person, created_at__gt=now - trust.DAY).order_by("-created_at")
    free = trust.free_again_at(list(threads.values_list("created_at", flat=True)[: limit.threads]), limit.threads)
    if opens_thread and free:
        words = ngettext(
            "You can begin %(count)s thread in a day.", "You can begin %(count)s threads in a day.", limit.threads
        )
        return _until(words, limit.threads, free, limit)
    if not limits.is_within("post", person.pk, limit.a_minute, 60):
        return _("That was fast. Wait a minute, then send it again.")
    return ""


def _until(words: str, count: int, moment, limit: trust.Limits) -> str:
    parts = [words % {"count": count}]
    if limit.holds_links:
        parts.append(_("This goes for new members only; it ends when you have been here and taken part for some days."))
    when = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    parts.append(_("You can go on from %(moment)s.") % {"moment": when})
    return " ".join(parts)


def _too_many_mentions(mentioned: set[int], limit: trust.Limits) -> str:
    if len(mentioned) <= limit.mentions:
        return ""
    words = ngettext(
        "You can mention %(count)s person in a post.", "You can mention %(count)s people in a post.", limit.mentions
    )
    return words % {"count": limit.mentions}


def _repeated(person: User, text: str) -> str:
    """The same words again within a day, wherever they are put."""
    words = _bare(text)
    if len(words) < LONG_ENOUGH:
        return ""
    recent = Post.objects.filter(author=person, created_at__gt=timezone.now() - trust.DAY)
    if words in {_bare(source) for source in recent.values_list("source", flat=True)}:
        return _("You have posted this text already. Link to it instead of repeating it.")
    return ""


def _why_held(text: str, limit: trust.Limits, has_files: bool) -> str:
    if TALK in settings.PRAXIS_PREMODERATED:
        return "premoderated"
    if not limit.holds_links:
        return ""
    if has_files:
        return "file"
    return "link" if leads_away(text) else ""


def leads_away(text: str) -> bool:
    """Whether it links to other sites."""
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    addresses = HREF.findall(str(markdown.to_html(text)))
    return any(urlsplit(address.replace("&amp;", "&")).netloc != own for address in addresses)


def _bare(text: str) -> str:
    """Letters and figures only: other signs between the same words don't make another text."""
    plain = unicodedata.normalize("NFKC", strip_tags(text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def refuses_change(person: User, before: str, after: str) -> str:
    """What a moderator would have looked at first isn't slipped in afterwards. Empty where the change is fine."""
    if leads_away(after) <= leads_away(before) or trust.is_exempt(person) or not trust.limits_for(person).holds_links:
        return ""
    return _("New members can't add links to other sites to a post that is out. Write a further post with the link.")


def hold(post: Post, why: str) -> None:
    """Lays a held post before the moderators."""
    Flag.objects.create(post=post, by=None, is_automatic=True, ground=Ground.OTHER, text=why)


def why_held(post: Post) -> str:
    """In words, to its author."""
    flag = Flag.objects.filter(post=post, is_automatic=True).first()
    return told(flag.text) if flag else ""


def told(why: str) -> str:
    """In words, to its author and to moderators."""
    return {
        "link": _("Links to other sites in a new member's posts are looked at first."),
        "file": _("Files in a new member's posts are looked at first."),
        "premoderated": _("Posts are looked at first on this portal."),
    }.get(why, _("It is looked at first."))
