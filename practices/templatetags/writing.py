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


@register.filter
def anchor_of(name: str) -> str:
    """The section a field or part stands in."""
    for part in sections.PARTS.values():
        for section in part:
            if name in (*section.fields, *section.rows):
                return f"section-{section.name}"
    return "main"
