"""Wagtail's own indexes (admin search, references) brought up to date once for a batch instead of after every save."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelcluster.models import get_all_child_relations
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from practices.models import CaseStudy


@contextmanager
def built_afterwards() -> Iterator[list[CaseStudy]]:
    """Put the saved pages into the list it gives; on leaving they are indexed, in the same transaction."""
    saved: list[CaseStudy] = []
    was_connected = post_save.disconnect(post_save_signal_handler, sender=CaseStudy)
    try:
        with disable_reference_index_auto_update():
            yield saved
    finally:
        if was_connected:
            post_save.connect(post_save_signal_handler, sender=CaseStudy)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(CaseStudy, saved)
    _fetch_children(saved)
    for page in saved:
        ReferenceIndex.create_or_update_for_object(page)


def _fetch_children(pages: list[CaseStudy]) -> None:
    """What belongs to each page, with one query for all pages where the reference index would ask for each of them."""
    for relation in get_all_child_relations(CaseStudy):
        rows = defaultdict(list)
        for row in relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pages}):
            rows[getattr(row, relation.field.attname)].append(row)
        for page in pages:
            setattr(page, relation.get_accessor_name(), rows[page.pk])
