"""Times as people say them, in all 24 languages, from CLDR."""

from datetime import date, datetime

from babel.dates import format_timedelta
from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language

register = template.Library()


@register.filter
def ago(moment: datetime | None) -> str:
    """3 hours ago; in 2 days."""
    if not moment:
        return ""
    span = moment - timezone.now()
    return format_timedelta(span, add_direction=True, locale=get_language() or "en")


@register.filter
def moment(text: str) -> datetime | date | None:
    """From ISO 8601, as JSON keeps it."""
    return parse_datetime(text) if "T" in text else parse_date(text)
