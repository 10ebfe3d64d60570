"""What pages outside the search show of it: newest case studies and counts, by the same rule of who may see what."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from people.access import audience_of
from search import engines, facets, presenting, sources
from search.contract import Hit, Results, Unavailable
from search.query import Query
from vocabularies import labels

register = template.Library()


@dataclass(frozen=True)
class Tally:
    """One concept and how many case studies hold it."""

    notation: str
    label: str
    language: str  # of the label
    count: int
    url: str  # of the concept's page
    search_url: str


@register.simple_tag(takes_context=True)
def newest(context, scheme: str = "", notation: str = "") -> Results | None:
    """Everything the reader may see, newest first, or what holds one concept. None where the search can't answer."""
    facet = _facet_of(scheme)
    if scheme and facet is None:
        return None
    query = Query(language=get_language() or "en", sort="newest")
    if facet:
        query = query.with_only(facet.name, (notation,))
    try:
        return engines.engine().find(query, audience_of(getattr(context.get("request"), "user", None)))
    except Unavailable:
        return None


@register.simple_tag
def tally(results: Results | None, scheme: str) -> list[Tally]:
    """Counts for all concepts of a short scheme in its order; of a long one, those with case studies, most first."""
    facet, language = _facet_of(scheme), get_language() or "en"
    counts = _counts(results, facet)
    values = [value for value in labels.values(scheme, language).values() if not value.deprecated]
    if facet and not facet.is_short:
        values = [value for value in values if counts.get(value.notation)]
        values.sort(key=lambda value: (-counts[value.notation], value.position))
    return [
        Tally(
            value.notation,
            value.label,
            value.language,
            counts.get(value.notation, 0),
            reverse("concept", kwargs={"scheme": scheme, "notation": value.notation}),
            search_address(scheme, value.notation),
        )
        for value in values
    ]


@register.simple_tag
def roles_of(results: Results | None, scheme: str, notation: str) -> list[Tally]:
    """How often a factor played each role."""
    facet, language = _facet_of(scheme), get_language() or "en"
    if facet is None or not facet.roles:
        return []
    counts = _counts(results, facet)
    return [
        Tally(
            role.notation,
            role.label,
            role.language,
            counts.get(f"{notation}:{role.notation}", 0),
            reverse("concept", kwargs={"scheme": facet.roles, "notation": role.notation}),
            search_address(scheme, f"{notation}:{role.notation}"),
        )
        for role in labels.values(facet.roles, language).values()
    ]


@register.simple_tag
def search_address(scheme: str, value: str) -> str:
    """The search for one value; empty where nothing can be searched by that scheme."""
    facet = _facet_of(scheme)
    return presenting.address(Query().with_only(facet.name, (value,))) if facet else ""


@register.simple_tag
def feed_of(scheme: str, notation: str) -> str:
    facet = _facet_of(scheme)
    return presenting.feed_address(Query().with_only(facet.name, (notation,))) if facet else ""


@register.filter
def card_template(hit: Hit) -> str:
    """The template that shows a hit of its kind."""
    return sources.card_template(hit.kind)


def _facet_of(scheme: str) -> facets.Facet | None:
    return next((facet for facet in facets.all_facets() if scheme and facet.scheme == scheme), None)


def _counts(results: Results | None, facet: facets.Facet | None) -> dict[str, int]:
    if results is None or facet is None:
        return {}
    return {bucket.value: bucket.count for bucket in results.facets[facet.name]}
