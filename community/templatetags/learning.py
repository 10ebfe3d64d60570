"""What was learnt, on the pages of the thread and of the case study."""

from django import template

from community.learning import permissions, quoting
from community.models import Post, Quotation, Thread
from practices.models import CaseStudy

register = template.Library()


@register.inclusion_tag("community/learning/_came_of_it.html", takes_context=True)
def came_of_it(context, thread: Thread) -> dict:
    """The case study a thread became, for who may read it; and the way to make one."""
    viewer = context["user"]
    page = thread.promoted_to_id and CaseStudy.objects.visible_to(viewer).filter(pk=thread.promoted_to_id).first()
    return {"thread": thread, "page": page or None, "may_promote": permissions.may_promote(viewer, thread)}


@register.inclusion_tag("community/learning/_learnt_from.html", takes_context=True)
def learnt_from(context, page: CaseStudy) -> dict:
    """The posts behind a case study. Who may not see a post learns neither its thread nor its author from here."""
    if "user" not in context or page.pk is None:
        return {}
    rows = list(Quotation.objects.of(page).agreed().select_related("post__thread", "person"))
    seen = Post.objects.visible_to(context["user"]).filter(pk__in=[row.post_id for row in rows]) if rows else ()
    visible = {post.pk for post in seen}
    shown = [{"row": row, "part": quoting.part_label(row.part)} for row in rows if row.post_id in visible]
    threads = {line["row"].post.thread_id: line["row"].post.thread for line in shown}
    return {
        "threads": [
            (thread, [one for one in shown if one["row"].post.thread_id == pk]) for pk, thread in threads.items()
        ],
        "unseen": len(rows) - len(shown),
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
    }
