"""How far a question is, and the questions that wait for the reader."""

from django import template

from community.answering import querysets, reading

register = template.Library()
AT_MOST = 5


@register.inclusion_tag("community/answering/_standing.html", takes_context=True)
def answering(context, thread) -> dict:
    """Nothing for threads that ask nothing."""
    user = context.get("user")
    if user is None or not thread or not thread.wants_an_answer:
        return {}
    standing = reading.standing(thread, user)
    return {"standing": standing, "thread": thread, "user": user, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("community/answering/_waiting.html", takes_context=True)
def waiting_for_me(context, group=None) -> dict:
    """One query, for who is signed in; with a group, only what waits there."""
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return {}
    threads = querysets.waiting_for(user)
    threads = threads.filter(group=group) if group else threads
    return {"threads": list(threads.select_related("group")[:AT_MOST]), "group": group}


@register.filter
def hours(time) -> float | str:
    """A span of time in hours, for tables."""
    return "" if time is None else round(time.total_seconds() / 3600, 1)


@register.filter
def percent(share: float | None) -> int | str:
    return "" if share is None else round(share * 100)
