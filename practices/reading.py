"""What the page of a case study shows: parts of the story, facts beside it, the versions there are. Built once, in few queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language

from portal import own_address
from practices.models import CaseStudy
from practices.models.case_study import SINGLE
from vocabularies import labels, rosette

STORY = ("summary", "challenge", "what_was_done", "lessons")
AFTERWARDS = ("transferability", "sustainability", "equity", "resources_note", "context_note")
LISTS = ("levels", "sectors", "topics", "target_groups", "aims", "concepts")
ONES = ("stage", "scale", "setting", "school_size", "device_ratio", "connection")
FIGURES = (
    "learner_age_from",
    "learner_age_to",
    "participants",
    "duration_months",
    "staff_hours",
    "training_hours",
    "year",
)


@dataclass(frozen=True)
class Part:
    """One text of the story under its heading."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Fact:
    """One line of the aside: a name with concepts or with a plain value."""

    title: str
    concepts: tuple = ()
    value: str | int = ""


@dataclass(frozen=True)
class RoleGroup:
    """All statements of one role."""

    notation: str
    title: str
    language: str
    statements: tuple


@dataclass(frozen=True)
class Version:
    language: str
    url: str  # path
    is_shown: bool


def context_of(page: CaseStudy, request: HttpRequest) -> dict:
    if not getattr(request, "is_preview", False):
        _fetch(page)
    versions = versions_of(page, request.user) if hasattr(request, "user") else []
    return {
        "story": _parts(page, STORY),
        "afterwards": _parts(page, AFTERWARDS),
        "steps": [step.value for step in page.steps],
        "results": [result.value for result in page.results],
        "titles": _titles(page),
        "facts": _facts(page),
        "role_groups": _role_groups(page),
        "pairs": pairs_of(page),
        "suggested": _suggested(page),
        "organisations": list(page.participations.all()),
        "author": author_of(page),
        "versions": versions,
        "other_versions": [version for version in versions if not version.is_shown],
        "is_foreign": page.language != (get_language() or "en"),
        "canonical": own_address.absolute(page.url or ""),
    }


def versions_of(page: CaseStudy, viewer) -> list[Version]:
    """Every language this viewer can read it in, the language of the page first, then in the order of the languages."""
    rows = CaseStudy.objects.visible_to(viewer).filter(translation_key=page.translation_key).select_related("locale")
    order = [code for code, _name in settings.LANGUAGES]
    return sorted(
        (Version(row.language, row.url or "", row.pk == page.pk) for row in rows),
        key=lambda version: (not version.is_shown, order.index(version.language)),
    )


def author_of(page: CaseStudy) -> str:
    """Who tells it: whoever is credited, else the member who wrote it; imported ones name their source instead."""
    if page.credited_to:
        return page.credited_to
    return page.owner.name if page.owner and not page.source_name else ""


def pairs_of(page: CaseStudy) -> list[tuple[str, str]]:
    return [(one.factor.notation, one.role.notation) for one in page.factor_statements.all()]


def _fetch(page: CaseStudy) -> None:
    prefetch_related_objects(
        [page],
        "locale",
        "owner",
        *SINGLE,
        *LISTS,
        "countries",
        "factor_statements__factor",
        "factor_statements__role",
        "participations__organisation__country",
        "participations__organisation__type",
        "images__image__renditions",
        "attachments__document",
        "attachments__origin",
        "attachments__licence",
        "suggestions__concept",
    )


def _parts(page: CaseStudy, names: tuple[str, ...]) -> list[Part]:
    return [Part(name, _title(page, name), getattr(page, name)) for name in names if getattr(page, name).strip()]


def _title(page: Model, name: str) -> str:
    return capfirst(page._meta.get_field(name).verbose_name)


def _titles(page: CaseStudy) -> dict[str, str]:
    """Headings of the parts that aren't texts, as the form calls them."""
    names = (
        "steps",
        "results",
        "technologies",
        "links",
        "funding",
        "transferability",
        "countries",
        "licence",
        "standards",
    )
    return {name: _title(page, name) for name in names}


def _facts(page: CaseStudy) -> list[Fact]:
    facts = [Fact(_title(page, name), concepts=tuple(getattr(page, name).all())) for name in LISTS]
    facts += [Fact(_title(page, name), concepts=_one(getattr(page, name))) for name in ONES]
    facts += [Fact(_title(page, name), value=getattr(page, name) or "") for name in FIGURES]
    return [fact for fact in facts if fact.concepts or fact.value]


def _one(concept) -> tuple:
    return (concept,) if concept else ()


def _role_groups(page: CaseStudy) -> list[RoleGroup]:
    by_role = defaultdict(list)
    for statement in page.factor_statements.all():
        by_role[statement.role.notation].append(statement)
    roles = labels.values("role", get_language())
    order = [role for role in rosette.ROLES if role in by_role] + [
        role for role in by_role if role not in rosette.ROLES
    ]
    return [
        RoleGroup(role, roles[role].label, roles[role].language, tuple(by_role[role]))
        for role in order
        if role in roles
    ]


def _suggested(page: CaseStudy) -> list:
    """Concepts found by matching that the author hasn't chosen, each once."""
    chosen = {statement.factor_id for statement in page.factor_statements.all()}
    for name in (*LISTS, "countries"):
        chosen |= {concept.pk for concept in getattr(page, name).all()}
    found = {suggestion.concept_id: suggestion.concept for suggestion in page.suggestions.all()}
    return [concept for pk, concept in found.items() if pk not in chosen]
