"""What case studies put into search: one entry each, with all its published languages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from people.access import MEMBERS, PUBLIC
from practices.models import CaseStudy
from practices.models.case_study import SINGLE
from search import facets, sources
from search.contract import Entry, Text

BATCH = 200
RELATIONS = (
    "levels",
    "sectors",
    "countries",
    "topics",
    "aims",
    "target_groups",
    "concepts__scheme",
    "factor_statements__factor",
    "factor_statements__role",
    "participations__organisation",
)
EPOCH = datetime.fromtimestamp(0, UTC)
WEIGHTS = {f"tier-{tier}": tier for tier in range(6)}


class CaseStudies:
    kind = sources.USUAL
    label = _("Case studies")
    is_published = True

    def count(self) -> int:
        return CaseStudy.objects.published().values("translation_key").distinct().count()

    def entries(self, keys: Iterable[str] | None = None) -> Iterator[Entry]:
        wanted = None if keys is None else [key.partition(":")[2] for key in keys]
        restrictions = restrictions_now()
        for batch in _batches(wanted):
            versions = defaultdict(list)
            for page in _pages(batch):
                versions[page.translation_key].append(page)
            for pages in versions.values():
                yield _entry(pages, restrictions)


def _batches(wanted: list[str] | None) -> Iterator[list]:
    if wanted is not None:
        yield from (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))
        return
    last = None
    published = CaseStudy.objects.published().order_by("translation_key")
    while True:
        rest = published.filter(translation_key__gt=last) if last else published
        batch = list(rest.values_list("translation_key", flat=True).distinct()[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1]


def _pages(translation_keys: list) -> Iterable[CaseStudy]:
    pages = CaseStudy.objects.published().filter(translation_key__in=translation_keys)
    return pages.select_related("locale", "owner", *SINGLE).prefetch_related(*RELATIONS).order_by("pk")


def _entry(pages: list[CaseStudy], restrictions: list) -> Entry:
    original = next((page for page in pages if page.is_original), pages[0])
    return Entry(
        key=original.search_key,
        kind=CaseStudies.kind,
        language=original.language,
        texts=tuple(_text(page) for page in sorted(pages, key=lambda page: page.language)),
        facets={facet.name: _values(facet, original, pages) for facet in facets.all_facets()},
        audience=audience_of(pages, restrictions),
        published_at=original.first_published_at
        or original.last_published_at
        or original.latest_revision_created_at
        or EPOCH,
        changed_at=max(page.last_published_at or EPOCH for page in pages),
        weight=WEIGHTS.get(original.evidence.notation, -1) if original.evidence else -1,
        card=card_of(original),
    )


def _text(page: CaseStudy) -> Text:
    sentences = [statement.sentence for statement in page.factor_statements.all()]
    steps = [f"{step.value['title']} {step.value['text']}" for step in page.steps]
    partners = [participation.organisation.name for participation in page.participations.all()]
    body = [
        page.summary,
        page.challenge,
        page.what_was_done,
        *steps,
        page.lessons,
        page.transferability,
        page.sustainability,
        page.equity,
        page.resources_note,
        page.context_note,
        page.region,
        *sentences,
        *partners,
    ]
    return Text(
        language=page.language,
        title=page.title,
        summary=page.one_line_result or page.summary[:300],
        body="\n".join(part for part in body if part),
        url=page.url or "",
        provenance=page.provenance,
    )


def _values(facet: facets.Facet, page: CaseStudy, pages: list[CaseStudy]) -> tuple[str, ...]:
    if facet.field == "text_languages":
        return tuple(sorted(version.language for version in pages))
    if facet.field == "factors":
        return _factors(page)
    value = getattr(page, facet.field)
    if value is None:
        return ()
    if facet.field == "concepts":
        return tuple(concept.notation for concept in value.all() if concept.scheme.notation == facet.scheme)
    if hasattr(value, "all"):
        return tuple(sorted(concept.notation for concept in value.all()))
    return (value.notation if facet.scheme else str(value),)


def _factors(page: CaseStudy) -> tuple[str, ...]:
    pairs = [(statement.factor.notation, statement.role.notation) for statement in page.factor_statements.all()]
    return tuple(sorted({factor for factor, _role in pairs} | {f"{factor}:{role}" for factor, role in pairs}))


def card_of(page: CaseStudy) -> dict:
    """What a card shows; made of JSON so that a result page asks the database nothing."""
    lead = next((part.organisation.name for part in page.participations.all()), "")
    return {
        "factors": [[one.factor.notation, one.role.notation] for one in page.factor_statements.all()],
        "outcome": page.outcome.notation if page.outcome else "",
        "evidence": page.evidence.notation if page.evidence else "",
        "cost": page.cost.notation if page.cost else "",
        "stage": page.stage.notation if page.stage else "",
        "countries": sorted(country.notation for country in page.countries.all()),
        "levels": [level.notation for level in page.levels.all()],
        "year": page.year,
        "demo": page.is_demo,
        "author": page.credited_to or (page.owner.name if page.owner else "") or lead,
    }


def restrictions_now() -> list[tuple[str, frozenset[str]]]:
    """(path of the page restricted, audiences that pass)."""
    rows = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return [(row.page.path, _passing(row)) for row in rows]


def _passing(restriction: PageViewRestriction) -> frozenset[str]:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return frozenset({MEMBERS})
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return frozenset(f"group:{group.pk}" for group in restriction.groups.all())
    return frozenset()  # a password is asked on the page: no list may show what it guards


def audience_of(pages: list[CaseStudy], restrictions: list) -> frozenset[str]:
    """Who may see every version of it: a restriction on one of them holds for the hit that shows them all."""
    audience = frozenset({PUBLIC})
    for path, passing in restrictions:
        if any(page.path.startswith(path) for page in pages):
            audience = both(audience, passing)
    return audience


def both(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """Who passes both; every member of a group is a member, and everybody is public."""
    if PUBLIC in first:
        return second
    if MEMBERS in first:
        return second - {PUBLIC}
    return first if MEMBERS in second else first & second


sources.register(CaseStudies())
