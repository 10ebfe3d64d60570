"""Mails to authors: in the author's language, about her own case study only."""

from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import WorkflowState
from wagtail.signals import page_published, task_rejected, workflow_approved

from people import letters
from portal import own_address
from practices.models import CaseStudy


@receiver(workflow_approved)
def approved(instance, **_kwargs) -> None:
    page = instance.content_object.specific
    if isinstance(page, CaseStudy) and page.owner:
        _published(page)


@receiver(page_published, sender=CaseStudy)
def published(instance: CaseStudy, **_kwargs) -> None:
    """An editor may publish what was submitted without going through the workflow; the author hears of it all the same."""
    is_first = instance.first_published_at == instance.last_published_at
    if not (is_first and instance.submitted_at and instance.owner):
        return
    if not instance.workflow_states.filter(status=WorkflowState.STATUS_APPROVED).exists():
        _published(instance)


def withdrawn(page: CaseStudy, note: str) -> None:
    if page.owner:
        with override(page.owner.language or page.language):
            _send(page, _("This case study was withdrawn"), page.title, note, page.full_url or "")


def _published(page: CaseStudy) -> None:
    with override(page.owner.language or page.language):
        subject = _("Published: %(title)s") % {"title": page.title}
        _send(page, subject, _("Your case study is public now. Everybody finds it here:"), page.full_url or "")


@receiver(task_rejected)
def changes_asked(instance, **_kwargs) -> None:
    page = instance.workflow_state.content_object.specific
    if isinstance(page, CaseStudy) and page.owner:
        with override(page.owner.language or page.language):
            subject = _("Changes asked for: %(title)s") % {"title": page.title}
            address = own_address.absolute(f"/{page.owner.language or page.language}/my/{page.pk}/")
            _send(
                page, subject, _("An editor has read your case study and asks for changes:"), instance.comment, address
            )


def _send(page: CaseStudy, subject: str, *paragraphs: str) -> None:
    """Authors of the demonstration have no mailbox."""
    if page.is_demo:
        return
    letters.post(page.owner.email, subject, "\n\n".join(part for part in paragraphs if part) + "\n")
