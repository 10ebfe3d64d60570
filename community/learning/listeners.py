"""Nothing is sent to the editors before everybody quoted agrees; deleted posts ask nobody; the quoted hear when it is published."""

from collections.abc import Iterator

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.signals import page_published

from community import signals
from community.learning import actions
from community.models import Post, Quotation
from practices import obstacles
from practices.models import CaseStudy

State = Quotation.State


@obstacles.register
def without_consent(page: CaseStudy) -> Iterator[obstacles.Obstacle]:
    for row in Quotation.objects.of(page).open().select_related("person", "post"):
        names = {"name": row.person or _("Former member"), "number": row.post.number}
        if row.state == State.ASKED:
            message = _("%(name)s has not agreed to be quoted yet (post %(number)s).") % names
        else:
            message = _("%(name)s does not agree to be quoted (post %(number)s). Take these words out.") % names
        yield obstacles.Obstacle(message, reverse("quotations", args=[row.case_study_id]))


@receiver(signals.gone)
def post_gone(post: Post | None = None, **_kwargs) -> None:
    if post is not None and post.state == Post.State.DELETED:
        actions.forget(post)


@receiver(page_published, sender=CaseStudy)
def published(instance: CaseStudy, **_kwargs) -> None:
    if instance.is_original:
        actions.tell_of_publication(instance)
