"""Concepts the text names but the author has not chosen: offered, never chosen for her."""

from dataclasses import dataclass

from django.utils.translation import get_language

from practices.models import CaseStudy
from search.concepts import concepts_in
from vocabularies import labels

MOST = 8


@dataclass(frozen=True)
class Offer:
    pk: int
    label: str


def topics(page: CaseStudy) -> list[Offer]:
    return _offers(page, "topic", {concept.pk for concept in page.topics.all()})


def factors(page: CaseStudy) -> list[Offer]:
    return _offers(page, "factor", {one.factor_id for one in page.factor_statements.all()})


def settle(page: CaseStudy) -> None:
    """What the author took up is hers now, no longer a suggestion."""
    taken = {concept.pk for concept in page.topics.all()} | {one.factor_id for one in page.factor_statements.all()}
    kept = list(page.suggestions.all())
    left = [one for one in kept if one.concept_id not in taken]
    if len(left) < len(kept):
        page.suggestions = left


def _offers(page: CaseStudy, scheme: str, chosen: set[int]) -> list[Offer]:
    """Found in the text as it is now, or when it was imported."""
    text = "\n".join((page.title, page.one_line_result, page.summary, page.challenge, page.what_was_done, page.lessons))
    named = [concept.partition("/")[2] for concept, _words in concepts_in(text, page.language, schemes=(scheme,))]
    values = labels.values(scheme, get_language())
    stored = {one.concept_id for one in page.suggestions.all()}
    found = [values[notation] for notation in named if notation in values]
    found += [value for value in values.values() if value.pk in stored]
    offers = {value.pk: Offer(value.pk, value.label) for value in found if value.pk not in chosen}
    return list(offers.values())[:MOST]
