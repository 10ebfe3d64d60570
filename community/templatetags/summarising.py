"""The summary of a written discussion, above its posts."""

from django import template

from community.models import Thread
from community.threads import summaries

register = template.Library()


@register.inclusion_tag("community/threads/_summary.html")
def summary(thread: Thread) -> dict:
    return {"points": summaries.points_of(thread) if thread.summary_at else ()}
