"""Discussions on pages of other packages: below a case study, about a concept, on the home page."""

from django import template
from django.urls import reverse

from community.models import Thread
from community.threads import lists

register = template.Library()
SHOWN = 6


def _rows(threads, context) -> list[Thread]:
    return list(lists.with_rows(threads, context["user"])[:SHOWN])


@register.inclusion_tag("community/threads/_about.html", takes_context=True)
def threads_about_page(context, page) -> dict:
    """Of a case study, in whichever language it is read."""
    if "user" not in context or page.pk is None:
        return {}
    threads = Thread.objects.visible_to(context["user"]).filter(case_study__translation_key=page.translation_key)
    return {
        "threads": _rows(threads, context),
        "new_url": f"{reverse('new_thread')}?case_study={page.pk}",
        "is_below": True,
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
    }


@register.inclusion_tag("community/threads/_about.html", takes_context=True)
def threads_about_concept(context, concept) -> dict:
    if "user" not in context:
        return {}
    threads = Thread.objects.visible_to(context["user"]).about(concept)
    rows = _rows(threads, context)
    more = f"{reverse('discuss')}?concept={concept.scheme.notation}/{concept.notation}"
    return {"threads": rows, "more_url": more if len(rows) == SHOWN else "", "new_url": reverse("new_thread")}


@register.inclusion_tag("community/threads/_home.html", takes_context=True)
def newest_questions(context) -> dict:
    """For the home page: what still waits for an answer, the newest first; else what moved last."""
    if "user" not in context:
        return {}
    visible = Thread.objects.visible_to(context["user"]).filter(group=None)
    return {"threads": _rows(visible.order_by("-last_post_at", "-pk"), context)[:4], "discuss_url": reverse("discuss")}
