"""What changes a case study: each verb one transaction, with its revision, its log entry and its place in the outbox."""

from datetime import timedelta

from anyascii import anyascii
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState
from wagtail.users.models import UserProfile

from people.models import User
from practices import mails, obstacles, uploads
from practices.models import CaseStudy
from practices.site_tree import index_in
from vocabularies.models import Concept

USUAL_LICENCE = "cc-by-4.0"
LONGEST_SLUG = 70  # characters
ONE_SITTING = timedelta(minutes=20)  # saves of one person within it are one revision


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


def begin(language: str, *, by: User) -> CaseStudy:
    """An empty draft in a language, under the licence proposed to everybody until she chooses another."""
    licence = Concept.objects.filter(scheme__notation="licence", notation=USUAL_LICENCE).first()
    page = CaseStudy(title=CaseStudy.UNTITLED, locale=index_in(language).locale, source_language=language)
    page.licence = licence
    return save_draft(page, by=by)


@transaction.atomic
def save_draft(page: CaseStudy, *, by: User) -> CaseStudy:
    """Keep a draft as it is, complete or not. One never published is kept in step with its latest revision."""
    if page.pk is None:
        page.owner, page.live = by, False
        page.slug = page.slug or slug_for(page.title)
        index_in(page.language).add_child(instance=page)
    elif page.first_published_at is None:
        if page.is_original and not page.submitted_at:
            page.slug = _renamed(page)
        page.save()
    page.save_revision(user=by, overwrite_revision=_of_this_sitting(page, by), clean=False)
    return page


def _renamed(page: CaseStudy) -> str:
    """Until somebody else has seen it, the address follows the title."""
    stem = slugify(anyascii(page.title))[:LONGEST_SLUG].strip("-")
    return page.slug if not stem or page.slug.startswith(stem) else slug_for(page.title)


def _of_this_sitting(page: CaseStudy, by: User) -> Revision | None:
    latest = page.get_latest_revision()
    if latest is None or latest.user_id != by.pk or timezone.now() - latest.created_at > ONE_SITTING:
        return None
    is_used = latest.pk == page.live_revision_id or latest.task_states.exists() or latest.approved_go_live_at
    return None if is_used else latest


@transaction.atomic
def submit(page: CaseStudy, *, by: User) -> None:
    """Put it on the editors' desk, or back there after the changes they asked for."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise ActionRefused(_("It is with the editors already."))
    if found := obstacles.before(page):
        raise ActionRefused(found[0].message)
    _told_by_us(by)
    page.submitted_at = timezone.now()
    if page.first_published_at is None:
        page.save()
    page.save_revision(user=by, clean=False)
    if state is not None:
        state.resume(user=by)
    else:
        page.get_workflow().start(page, by)
    if not is_premoderated():
        publish(page, by=by)


def is_premoderated() -> bool:
    """Whether an editor reads a case study before others do."""
    return "case-studies" in settings.PRAXIS_PREMODERATED


@transaction.atomic
def take_back(page: CaseStudy, *, by: User) -> None:
    """From the editors' desk back to a draft."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise ActionRefused(_("It is not with the editors."))
    state.cancel(user=by)


@transaction.atomic
def publish(page: CaseStudy, *, by: User) -> None:
    """Make the latest revision public."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.current_task_state.approve(user=by)
    else:
        page.get_latest_revision().publish(user=by)
    page.refresh_from_db()


@transaction.atomic
def ask_for_changes(page: CaseStudy, *, by: User, words: str) -> None:
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise ActionRefused(_("It is not with the editors."))
    state.current_task_state.reject(user=by, comment=words)


@transaction.atomic
def withdraw(page: CaseStudy, *, by: User, note: str = "") -> None:
    """Take every language off the portal. The address stays and says so."""
    if page.withdrawn_at:
        raise ActionRefused(_("It is withdrawn already."))
    _set_withdrawn(page, timezone.now(), note)
    log(instance=page, action="practices.withdraw", user=by, data={"note": note})
    if page.owner_id != by.pk:
        mails.withdrawn(page, note)


@transaction.atomic
def restore(page: CaseStudy, *, by: User) -> None:
    """Undo a withdrawal."""
    _set_withdrawn(page, None, "")
    log(instance=page, action="practices.restore", user=by)


def _set_withdrawn(page: CaseStudy, moment, note: str) -> None:
    for version in CaseStudy.objects.filter(translation_key=page.translation_key):
        version.withdrawn_at, version.withdrawal_note = moment, note
        version.save()
        latest = version.get_latest_revision()
        if latest is not None:  # a later edit must not bring it back
            latest.content["withdrawn_at"] = moment.isoformat() if moment else None
            latest.content["withdrawal_note"] = note
            latest.save(update_fields=["content"])
    page.withdrawn_at, page.withdrawal_note = moment, note


@transaction.atomic
def delete_draft(page: CaseStudy, *, by: User | None) -> None:
    """With its images and files: nobody else has read it, so nothing of it stays."""
    if page.first_published_at is not None:
        raise ActionRefused(_("It was public: withdraw it instead."))
    held = uploads.of(page)
    DeletePageAction(page, user=by).execute(skip_permission_checks=True)
    uploads.drop_unused(held)


def _told_by_us(person: User) -> None:
    """Authors hear of decisions from the portal, in their language; the admin's own mails would say it twice."""
    profile = UserProfile.get_for_user(person)
    if profile.approved_notifications or profile.rejected_notifications:
        profile.approved_notifications = profile.rejected_notifications = False
        profile.save()
