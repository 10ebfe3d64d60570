"""The bell in the frame, and the form that says how closely to follow something."""

from django import template
from django.urls import reverse

from community.attention import querysets, topics
from community.attention.forms import WatchForm

register = template.Library()


@register.inclusion_tag("community/attention/_bell.html", takes_context=True)
def bell(context) -> dict:
    """One query, for who is signed in."""
    user, request = context.get("user"), context.get("request")
    if user is None or not user.is_authenticated:
        return {}
    address = reverse("notifications")
    here = request is not None and request.path == address
    return {"address": address, "count": querysets.unread_count(user), "most": querysets.AT_MOST, "here": here}


@register.inclusion_tag("community/attention/_watch_form.html", takes_context=True)
def watch_form(context, thing, level: str = "") -> dict:
    """`thing` is a thread, group, concept, case study or a topic such as thread:4; one query unless its level is known."""
    user, request = context.get("user"), context.get("request")
    if user is None or not user.is_authenticated or not thing or request is None:
        return {}
    topic = topics.of(thing)
    level = level or querysets.level_of(user, topic)
    form = WatchForm(initial={"topic": topic, "level": level}, auto_id=f"watch-{topic.replace(':', '-')}-%s")
    name = "" if isinstance(thing, str) else str(thing)
    return {"form": form, "name": name, "next": request.get_full_path(), "csrf_token": context.get("csrf_token")}
