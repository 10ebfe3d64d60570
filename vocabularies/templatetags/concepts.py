"""Concepts and rosettes in templates."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vocabularies import labels
from vocabularies import rosette as drawing

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
