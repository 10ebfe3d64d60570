"""What the pages of case studies need of templates: names of block fields, data for machines."""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from practices import structured
from practices.models import CaseStudy

register = template.Library()
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(page: CaseStudy, address: str, author: str) -> SafeString:
    """schema.org as JSON-LD, safe inside a script element whatever the texts hold."""
    text = json.dumps(structured.learning_resource(page, address, author), ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))


@register.filter
def field_label(value, name: str) -> str:
    """The name of a field of a block's value, as the form calls it."""
    return value.block.child_blocks[name].label


@register.filter
def choice_label(value, name: str) -> str:
    """What a chosen value of a block is called."""
    return dict(value.block.child_blocks[name].field.choices).get(value.get(name), value.get(name) or "")


@register.simple_tag
def may_change(page: CaseStudy, user) -> bool:
    """Editors of this part of the site, by Wagtail's own rules."""
    return bool(user.is_authenticated and page.pk and page.permissions_for_user(user).can_edit())


@register.filter
def licence_address(notation: str) -> str:
    """The full text of an open licence; empty for others."""
    return structured.LICENCES.get(notation, "")
