"""Offers that fit a request, and requests that fit an offer: what they share, and why they are suggested."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from community.models import Offer
from portal.languages import NAMES

LOOKED_AT, SHOWN, LEAST = 300, 5, 3
WEIGHTS = {"topic": 3, "level": 2, "country": 2}


@dataclass(frozen=True)
class Match:
    offer: Offer
    score: int
    why: tuple[str, ...]


def matches(mine: Offer, concepts=None) -> list[Match]:
    """The best first; four queries, whatever their number."""
    concepts = list(mine.concepts.select_related("scheme")) if concepts is None else list(concepts)
    other = Offer.Kind.REQUEST if mine.kind == Offer.Kind.OFFER else Offer.Kind.OFFER
    others = Offer.objects.current().filter(kind=other).exclude(pk=mine.pk).exclude(author=mine.author_id)
    shared = Q(concepts__in=concepts)
    if mine.programme:
        shared |= Q(programme__iexact=mine.programme)
    found = others.filter(shared).for_cards().distinct()[:LOOKED_AT]
    scored = (_match(mine, concepts, one) for one in found)
    return sorted((one for one in scored if one.score >= LEAST), key=lambda one: -one.score)[:SHOWN]


def _match(mine: Offer, concepts: list, other: Offer) -> Match:
    score, why = 0, []
    hers = {concept.pk for concept in other.concepts.all()}
    by_scheme = defaultdict(list)
    for concept in concepts:
        if concept.pk in hers:
            by_scheme[concept.scheme.notation].append(concept.label)
    for scheme, names in by_scheme.items():
        score += WEIGHTS.get(scheme, 1) * len(names)
        why.append(", ".join(names))
    if common := sorted(set(mine.languages) & set(other.languages)):
        score += 2
        why.append(", ".join(NAMES.get(code, code) for code in common))
    if mine.programme and mine.programme.casefold() == other.programme.casefold():
        score += 3
        why.append(mine.programme)
    if _wants(concepts, other) or _wants(other.concepts.all(), mine):
        score += 2
        why.append(_("the country looked for"))
    if _overlap(mine, other):
        score += 1
        why.append(_("the same time"))
    return Match(other, score, tuple(why))


def _wants(concepts, other: Offer) -> bool:
    return other.country_id is not None and any(concept.pk == other.country_id for concept in concepts)


def _overlap(mine: Offer, other: Offer) -> bool:
    dates = (mine.starts_on, mine.ends_on, other.starts_on, other.ends_on)
    return None not in dates and mine.starts_on <= other.ends_on and other.starts_on <= mine.ends_on
