"""Where a case study stands, as its author should understand it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from practices.models import CaseStudy

DRAFT, SUBMITTED, CHANGES, PUBLISHED, WITHDRAWN = "draft", "submitted", "changes", "published", "withdrawn"


@dataclass(frozen=True)
class Status:
    code: str
    since: datetime | None
    words: str = ""  # of the editor who asked for changes

    @property
    def label(self) -> str:
        return {
            DRAFT: _("Draft"),
            SUBMITTED: _("With the editors"),
            CHANGES: _("Changes asked for"),
            PUBLISHED: _("Published"),
            WITHDRAWN: _("Withdrawn"),
        }[self.code]


def status_of(page: CaseStudy) -> Status:
    if page.withdrawn_at:
        return Status(WITHDRAWN, page.withdrawn_at)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return Status(SUBMITTED, page.submitted_at or state.created_at)
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        task = state.current_task_state
        return Status(CHANGES, task.finished_at if task else None, task.comment if task else "")
    if page.live:
        return Status(PUBLISHED, page.first_published_at)
    return Status(DRAFT, page.latest_revision_created_at)
