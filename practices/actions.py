"""What changes a case study: each verb one transaction, with its revision, its log entry and its place in the outbox."""

from anyascii import anyascii
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Revision

from people.models import User
from practices.models import CaseStudy
from practices.site_tree import index_in

LONGEST_SLUG = 70  # characters


class ActionRefused(Exception):
    """The action doesn't fit the state of the case study; the message says what to do."""


def slug_for(title: str) -> str:
    """Free in every language: one address names one case study. Other alphabets are written in Latin letters."""
    stem = slugify(anyascii(title))[:LONGEST_SLUG].strip("-") or "case-study"
    taken = set(CaseStudy.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def save_draft(page: CaseStudy, *, by: User, overwrite: Revision | None = None) -> CaseStudy:
    """Keep a draft as it is, complete or not. One never published is kept in step with its latest revision."""
    if page.pk is None:
        page.owner, page.live = by, False
        page.slug = page.slug or slug_for(page.title)
        index_in(page.language).add_child(instance=page)
    elif page.first_published_at is None:
        page.save()
    page.save_revision(user=by, overwrite_revision=overwrite, clean=False)
    return page


@transaction.atomic
def submit(page: CaseStudy, *, by: User) -> None:
    """Put it on the editors' desk."""
    if page.workflow_in_progress:
        raise ActionRefused("It is with the editors already.")
    page.submitted_at = timezone.now()
    save_draft(page, by=by)
    page.get_workflow().start(page, by)


@transaction.atomic
def publish(page: CaseStudy, *, by: User) -> None:
    """Make the latest revision public."""
    state = page.current_workflow_state
    if state is not None and state.current_task_state is not None:
        state.current_task_state.approve(user=by)
    else:
        page.get_latest_revision().publish(user=by)
    page.refresh_from_db()


@transaction.atomic
def withdraw(page: CaseStudy, *, by: User, note: str = "") -> None:
    """Take every language off the portal. The address stays and says so."""
    moment = timezone.now()
    for version in CaseStudy.objects.filter(translation_key=page.translation_key):
        version.withdrawn_at, version.withdrawal_note = moment, note
        version.save()
        log(instance=version, action="practices.withdraw", user=by, data={"note": note})
    page.refresh_from_db()
