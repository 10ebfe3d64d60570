"""From what a member wrote to HTML nobody can be harmed by: Markdown, mentions, links to our own content by their titles.

A quote is an ordinary Markdown quote; who is quoted stands before it as `[@4:12]` (thread 4, post 12), put there by the button.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import escape
from django.utils.translation import get_language, get_language_from_path, override

from people.models import User
from portal import markdown

MENTION = re.compile(
    r"(?<![\w@\]/])@\[([^\]\n@]{1,80})\]\((\d{1,12})\)"
)  # @[Teresa Valadares](17), put there by the list of names
QUOTED = re.compile(r"\[@(\d{1,12}):(\d{1,9})\]")
BARE = re.compile(r'<a href="([^"]+)"([^>]*)>(\1)</a>')


@dataclass(frozen=True)
class Rendered:
    html: str
    mentioned: frozenset[int]  # members meant
    quoted: frozenset[tuple[int, int]]  # (thread, number)


def rendered(source: str, viewer) -> Rendered:
    """`viewer` is the author: a link is named only after what everybody may read."""
    people = dict(User.objects.filter(pk__in=_numbers(source), is_active=True).values_list("pk", "name"))
    mentioned = frozenset(pk for pk in _numbers(source) if pk in people)
    marked = MENTION.sub(lambda found: f"**@{_plain(people.get(int(found[2])) or found[1])}**", source)
    quoted = frozenset((int(thread), int(number)) for thread, number in QUOTED.findall(source))
    html = _attributed(_named(str(markdown.to_html(marked))), viewer)
    return Rendered(html, mentioned, quoted)


def _numbers(source: str) -> set[int]:
    return {int(number) for _name, number in MENTION.findall(source)}


def _plain(name: str) -> str:
    """Without what Markdown would read as its own."""
    return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|~])", r"\\\1", name)


def _named(html: str) -> str:
    """A bare link to our own content gets its title; others stay as they are, and nothing is fetched."""
    return BARE.sub(lambda found: _title_of(found[1], found[0], found[2]), html)


def _title_of(address: str, whole: str, rest: str) -> str:
    from practices.models import CaseStudy

    parts, own = urlsplit(address.replace("&amp;", "&")), urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.netloc != own.netloc:
        return whole
    try:
        with override(
            get_language_from_path(parts.path) or get_language()
        ):  # else only addresses of the active language resolve
            match = resolve(parts.path)
    except Resolver404:
        return whole
    if match.url_name == "thread":
        row = _public_thread(match.kwargs["pk"])
    else:
        slug = parts.path.rstrip("/").rpartition("/")[2]
        row = CaseStudy.objects.visible_to(None).filter(slug=slug).order_by("pk").select_related("locale").first()
    if row is None:
        return whole
    return f'<a href="{escape(parts.path)}"{rest} lang="{row.language}">{escape(row.title)}</a>'


def _public_thread(pk: int):
    from community.models import Thread

    return Thread.objects.visible_to(None).filter(pk=pk).first()


def _attributed(html: str, viewer) -> str:
    """`[@4:12]` becomes a link to the post quoted, where its author may see that one: nobody learns names by guessing numbers."""
    from community.models import Post
    from community.moderation.places import post_at

    def link(found: re.Match) -> str:
        post = post_at(int(found[1]), int(found[2]))
        if post is None or not Post.objects.visible_to(viewer).filter(pk=post.pk).exists():
            return ""
        return f'<a class="quoted" href="{post.get_absolute_url()}">{escape(post.author or "…")} #{post.number}</a>'

    return QUOTED.sub(link, html)
