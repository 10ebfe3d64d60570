"""Words for what stands in the log."""

from django import template
from django.utils.text import capfirst

from community import logbook

register = template.Library()


@register.filter
def happening(action: str) -> str:
    """What was done, in the reader's language; as it was noted where an earlier version of Praxis called it otherwise."""
    return capfirst(str(logbook.LABELS.get(action, action)))
