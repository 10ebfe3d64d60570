"""What case studies hold of a person."""

from people.models import User
from people.personal_data import Holder, register
from practices import actions
from practices.models import CaseStudy
from practices.models.case_study import TEXTS


def export(person: User) -> list[dict]:
    return [
        {
            "title": page.title,
            "language": page.language,
            "published": page.live,
            "address": page.url,
            **{name: getattr(page, name) for name in TEXTS},
            "factors": [
                {"factor": one.factor.notation, "role": one.role.notation, "sentence": one.sentence}
                for one in page.factor_statements.all()
            ],
        }
        for page in CaseStudy.objects.written_by(person).for_reading()
    ]


def erase(person: User) -> None:
    """Drafts nobody else has read go; what was published stays, under no name, in its revisions too."""
    for page in CaseStudy.objects.written_by(person):
        if page.first_published_at is None:
            actions.delete_draft(page, by=None)
        else:
            page.owner = None
            page.save()
    for revision in person.wagtail_revisions.all():
        revision.content["owner"] = None
        revision.save(update_fields=["content"])


register(Holder("case_studies", export, erase))
