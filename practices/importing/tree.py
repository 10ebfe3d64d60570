"""Many pages under one index at once: the next place is looked up once, not for each page."""

from django.db.models import F
from wagtail.models import Page

from practices.importing.pages import save_row
from practices.models import CaseStudy
from practices.site_tree import index_in


def add_children(language: str, children: list[CaseStudy]) -> None:
    """Call it inside a transaction: the index stays locked until it ends, so that nobody takes the same places."""
    index = Page.objects.select_for_update().get(pk=index_in(language).pk)
    last = index.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for child in children:
        step += 1
        child.depth = index.depth + 1
        child.path = Page._get_path(index.path, child.depth, step)
        child.locale_id = index.locale_id
        child.set_url_path(index)
        save_row(child)
    Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + len(children))
