"""The list of offers and requests: what is asked for in the address."""

from dataclasses import dataclass, fields, replace

from django.db.models import Q, QuerySet

from community.models import Offer
from portal.languages import NAMES


@dataclass(frozen=True)
class Asked:
    """`level`, `country` and `theme` are notations; `language` one to work in."""

    kind: str = ""
    level: str = ""
    country: str = ""
    theme: str = ""
    language: str = ""
    programme: str = ""
    sort: str = ""

    @classmethod
    def of(cls, params) -> "Asked":
        asked = cls(**{field.name: params.get(field.name, "").strip()[:120] for field in fields(cls)})
        return replace(
            asked,
            kind=asked.kind if asked.kind in Offer.Kind.values else "",
            language=asked.language if asked.language in NAMES else "",
            sort="expiring" if asked.sort == "expiring" else "",
        )

    @property
    def is_narrowed(self) -> bool:
        return any(vars(replace(self, sort="")).values())


def offers_for(asked: Asked) -> QuerySet[Offer]:
    offers = Offer.objects.current()
    if asked.kind:
        offers = offers.filter(kind=asked.kind)
    for scheme, notation in (("level", asked.level), ("topic", asked.theme)):
        if notation:
            offers = offers.filter(concepts__scheme__notation=scheme, concepts__notation=notation)
    if asked.country:
        of_partner = Q(concepts__scheme__notation="country", concepts__notation=asked.country)
        offers = offers.filter(Q(country__notation=asked.country) | of_partner)
    if asked.language:
        offers = offers.filter(languages__icontains=f'"{asked.language}"')
    if asked.programme:
        offers = offers.filter(programme__icontains=asked.programme)
    order = ("expires_on", "pk") if asked.sort else ("-created_at", "-pk")
    return offers.distinct().order_by(*order)
