"""The beginning of a longer text, cut between words."""

import html

from django import template
from django.utils.html import strip_tags

register = template.Library()


@register.filter
def cut(text: str | None, length: int = 200) -> str:
    """At most this many characters; a word that is longer than all of them is cut itself."""
    words = " ".join((text or "").split())
    if len(words) <= length:
        return words
    kept = words[: length + 1].rpartition(" ")[0] or words[:length]
    return kept.rstrip(" ,;:.–—-(«„“\"'") + "…"


@register.filter
def excerpt(markup: str | None, length: int = 200) -> str:
    """Of HTML, as plain text."""
    return cut(html.unescape(strip_tags(markup or "")), length)
