"""Organisations of a case study while it is written: known ones are found again, one's own follow what is typed."""

from django.db.models import prefetch_related_objects

from practices.models import CaseStudy, Organisation, Participation
from vocabularies.models import Concept

CHECKED = ("website", "ror", "pic", "national_code")  # filled in by editors and imports: then it is not one's own


def initial(page: CaseStudy) -> list[dict]:
    parts = list(page.participations.all())
    prefetch_related_objects(parts, "organisation")
    return [
        {
            "key": str(part.organisation_id),
            "name": part.organisation.name,
            "type": part.organisation.type_id,
            "country": part.organisation.country_id,
            "city": part.organisation.city,
            "role": part.role,
        }
        for part in parts
    ]


def participations(page: CaseStudy, rows: list[dict]) -> list[Participation]:
    wanted = [_identity(row) for row in rows]
    before = [part.organisation for part in page.participations.all()]
    own = [one for one in before if _identity_of(one) not in wanted and _is_only_here(one, page)]
    found = [_known(identity, before) or _named(identity, own) for identity in wanted]
    return [
        Participation(organisation=organisation, role=row["role"] or Participation.Role.LEAD, sort_order=number)
        for number, (organisation, row) in enumerate(zip(found, rows, strict=True))
    ]


def _identity(row: dict) -> dict:
    concepts = Concept.objects.in_bulk([pk for pk in (row["type"], row["country"]) if pk])
    return {
        "name": row["name"],
        "city": row["city"],
        "type": concepts.get(row["type"]),
        "country": concepts.get(row["country"]),
    }


def _identity_of(organisation: Organisation) -> dict:
    return {name: getattr(organisation, name) for name in ("name", "city", "type", "country")}


def _known(identity: dict, before: list[Organisation]) -> Organisation | None:
    here = next((one for one in before if _identity_of(one) == identity), None)
    return here or Organisation.objects.filter(**identity).first()


def _named(identity: dict, own: list[Organisation]) -> Organisation:
    """Saved while it is typed, a name grows letter by letter: it stays one organisation."""
    organisation = own.pop(0) if own else Organisation()
    for name, value in identity.items():
        setattr(organisation, name, value)
    organisation.save()
    return organisation


def _is_only_here(organisation: Organisation, page: CaseStudy) -> bool:
    if any(getattr(organisation, name) for name in CHECKED):
        return False
    elsewhere = organisation.participations.all()
    if not page.live:
        elsewhere = elsewhere.exclude(page=page)
    return not elsewhere.exists()
