"""Wagtail's own indexes (admin search, references) brought up to date once for a batch instead of after every save."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
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
    for page in saved:
        ReferenceIndex.create_or_update_for_object(page)
