"""What templates of every package share: addresses in other languages, safe Markdown, names of languages."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal import languages, markdown

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context, code: str) -> str:
    """The address of this page in another language, its query kept: only the first part of a path names the language."""
    request = context.get("request")
    if request is None:
        return f"/{code}/"
    first, slash, rest = request.get_full_path().lstrip("/").partition("/")
    return f"/{code}/{rest}" if slash and first in languages.NAMES else f"/{code}/"


@register.filter
def markdown_html(text: str) -> SafeString:
    return markdown.to_html(text or "")


@register.filter
def language_name(code: str) -> str:
    """Own name of a language: a reader looks for hers, not for its translation."""
    return languages.NAMES.get(code, code)


@register.filter
def language_here(code: str) -> str:
    """Name of a language in the active language, from CLDR."""
    return languages.name_in(code, get_language() or "en")
