"""What the writing form's templates need."""

from django import template

from practices.writing import rows, sections

register = template.Library()


@register.filter
def field(form, name: str):
    return form[name] if name in form.fields else None


@register.filter
def get(mapping: dict, name: str):
    return mapping.get(name)


@register.filter
def rows_title(name: str) -> str:
    return str(rows.TITLES.get(name, ""))


register.filter("anchor_of", sections.anchor_of)
