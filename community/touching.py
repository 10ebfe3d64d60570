"""What happened goes to the search's outbox, in the same transaction."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from community import signals
from community.models import Event, Group, Offer, Post, Thread
from practices.models import CaseStudy
from search import outbox


@receiver([post_save, post_delete], sender=Thread)
@receiver([post_save, post_delete], sender=Group)
@receiver([post_save, post_delete], sender=Event)
@receiver([post_save, post_delete], sender=Offer)
def changed(instance, **_kwargs) -> None:
    outbox.touch(instance.search_key)


@receiver([post_save, post_delete], sender=Post)
def post_changed(instance: Post, **_kwargs) -> None:
    outbox.touch(f"thread:{instance.thread_id}")


@receiver(signals.group_changed)
def group_changed(group: Group, **_kwargs) -> None:
    """Its access or state decides who sees what lies in it."""
    threads = group.threads.values_list("pk", flat=True)
    events = group.events.values_list("pk", flat=True)
    outbox.touch(*(f"thread:{pk}" for pk in threads), *(f"event:{pk}" for pk in events))


@receiver(post_save, sender=CaseStudy)
def case_study_changed(instance: CaseStudy, created: bool, **_kwargs) -> None:
    """Who may read it may read what is said below it."""
    if not created:
        _touch_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **_kwargs) -> None:
    _touch_below(instance.page)


@receiver([page_published, page_unpublished, post_page_move])
def page_moved(instance: Page, **_kwargs) -> None:
    _touch_below(instance)


def _touch_below(page: Page) -> None:
    threads = Thread.objects.filter(case_study__path__startswith=page.path).values_list("pk", flat=True)
    outbox.touch(*(f"thread:{pk}" for pk in threads))
