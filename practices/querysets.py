"""Reading case studies, and who may see which."""

from django.db.models import Prefetch, Q
from wagtail.models import PageViewRestriction, WorkflowState
from wagtail.query import PageQuerySet

CARD_RELATIONS = ("levels", "countries", "topics", "factor_statements__factor", "factor_statements__role")


class CaseStudyQuerySet(PageQuerySet):
    def published(self) -> "CaseStudyQuerySet":
        return self.filter(live=True, withdrawn_at=None)

    def visible_to(self, viewer) -> "CaseStudyQuerySet":
        """Published case studies that `viewer` (a user, or None) may read: the one rule for pages, lists and files."""
        return self.published().exclude(_closed_to(viewer))

    def written_by(self, person) -> "CaseStudyQuerySet":
        return self.filter(owner=person)

    def with_workflow(self) -> "CaseStudyQuerySet":
        """What `current_workflow_state` needs, for all rows at once. Wagtail's own prefetch looks for states of plain pages."""
        states = WorkflowState.objects.active().select_related("current_task_state__task")
        return self.prefetch_related(
            Prefetch("_specific_workflow_states", queryset=states, to_attr="_current_workflow_states")
        )

    def in_language(self, language: str) -> "CaseStudyQuerySet":
        return self.filter(locale__language_code=language)

    def about(self, concept) -> "CaseStudyQuerySet":
        return self.filter(
            Q(topics=concept) | Q(levels=concept) | Q(countries=concept) | Q(factor_statements__factor=concept)
        ).distinct()

    def for_cards(self) -> "CaseStudyQuerySet":
        return self.select_related("locale", "outcome", "evidence", "cost", "owner").prefetch_related(*CARD_RELATIONS)

    def for_reading(self) -> "CaseStudyQuerySet":
        return self.for_cards().prefetch_related(
            "sectors",
            "aims",
            "target_groups",
            "concepts__scheme",
            "participations__organisation__country",
            "images__image",
            "attachments__document",
            "suggestions__concept",
        )


def _closed_to(viewer) -> Q:
    """Pages below a view restriction the viewer doesn't pass. Passwords are asked on the page, so never passed in a list."""
    closed = Q(pk__in=[])
    for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups"):
        if not _passes(viewer, restriction):
            closed |= Q(path__startswith=restriction.page.path)
    return closed


def _passes(viewer, restriction: PageViewRestriction) -> bool:
    if viewer is None or not viewer.is_authenticated or restriction.restriction_type == PageViewRestriction.PASSWORD:
        return False
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return True
    groups = {group.pk for group in viewer.groups.all()}
    return bool(groups & {group.pk for group in restriction.groups.all()})
