"""Concepts and rosettes in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vocabularies import labels
from vocabularies import rosette as drawing

TIERS = 5
TITLES = {
    "access": _("Access"),
    "people": _("People"),
    "values": _("Rules and values"),
    "system": _("System"),
}

register = template.Library()


@register.simple_tag
def rosette(statements, css_class: str = "rosette") -> SafeString:
    """{% rosette card.factors %}: statements are (factor, role) notations."""
    return drawing.svg([tuple(pair) for pair in statements or ()], get_language(), css_class)


@register.filter
def concept_label(notation: str, scheme: str) -> str:
    """{{ "PT"|concept_label:"country" }} in the active language."""
    value = labels.values(scheme, get_language()).get(notation)
    return value.label if value else notation


@register.filter
def concept_labels(notations, scheme: str) -> list[str]:
    return [concept_label(notation, scheme) for notation in notations or ()]


@register.simple_tag
def scheme_title(scheme: str) -> str:
    return labels.scheme_title(scheme, get_language())


@register.simple_tag
def scheme_values(scheme: str) -> list[labels.Value]:
    return [value for value in labels.values(scheme, get_language()).values() if not value.deprecated]


@register.simple_tag
def tier(notation: str) -> SafeString:
    """Strength of evidence as bars: tier-3 fills three of five. The label beside it says the same in words."""
    filled = int(notation.rpartition("-")[2]) if notation.rpartition("-")[2].isdigit() else 0
    bars = format_html_join("", '<i class="{}"></i>', (("on" if at < filled else "off",) for at in range(TIERS)))
    return format_html('<span class="tier" aria-hidden="true">{}</span>', bars)


@register.simple_tag
def rosette_place(factor: str) -> SafeString:
    """Where a factor has its place on the ring; its name stands beside it."""
    return drawing.place(factor)


@register.simple_tag
def rosette_role(role: str) -> SafeString:
    """The shape of a role; its name stands beside it."""
    return drawing.shape(role)


@register.simple_tag
def factor_groups(rows) -> list[tuple[str, list]]:
    """Rows with a notation, in the groups of the ring: (title, rows)."""
    by_notation = {row.notation: row for row in rows}
    groups = [
        (TITLES[name], [by_notation.pop(factor) for factor in members if factor in by_notation])
        for name, members in drawing.GROUPS.items()
    ]
    rest = [(_("Further factors"), list(by_notation.values()))] if by_notation else []
    return [(title, members) for title, members in groups if members] + rest
