"""What changes who may find a case study without saving it: restrictions, moves and removals go to the outbox too."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from practices.models import CaseStudy
from search import outbox


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **_kwargs) -> None:
    _touch_below(instance.page)


@receiver(post_page_move)
def moved(instance: Page, **_kwargs) -> None:
    _touch_below(instance)


@receiver(page_unpublished)
def unpublished(instance: Page, **_kwargs) -> None:
    _touch_below(instance)


@receiver(post_delete, sender=CaseStudy)
def removed(instance: CaseStudy, **_kwargs) -> None:
    outbox.touch(instance.search_key)


def _touch_below(page: Page) -> None:
    keys = CaseStudy.objects.filter(path__startswith=page.path).values_list("translation_key", flat=True)
    outbox.touch(*{f"practice:{key}" for key in keys})
