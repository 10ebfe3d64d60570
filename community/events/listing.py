"""The list of events: what is asked for in the address, what it may be narrowed to, the countries on the map."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.utils import timezone

from community.models import Event
from portal.languages import NAMES
from vocabularies.models import Concept

FIELDS = ("month", "where", "language", "kind", "concept", "when")
ONLINE = "online"


@dataclass(frozen=True)
class Asked:
    """`where` is a country's notation or "online", `month` 2026-11, `concept` a number."""

    month: str = ""
    where: str = ""
    language: str = ""
    kind: str = ""
    concept: str = ""
    when: str = ""

    @classmethod
    def of(cls, params) -> "Asked":
        asked = cls(**{name: params.get(name, "")[:40] for name in FIELDS})
        return replace(
            asked,
            month=asked.month if _year_and_month(asked.month) else "",
            language=asked.language if asked.language in NAMES else "",
            kind=asked.kind if asked.kind in Event.Kind.values else "",
            concept=asked.concept
            if asked.concept.isascii() and asked.concept.isdigit() and len(asked.concept) < 19
            else "",
            when="past" if asked.when == "past" else "",
        )

    def with_(self, **changed) -> str:
        """The rest of the address; empty where nothing is asked for."""
        fields = {name: value for name, value in (vars(self) | changed).items() if value}
        return f"?{urlencode(fields)}" if fields else ""

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in FIELDS if name != "when")


def events_for(viewer, asked: Asked) -> QuerySet[Event]:
    events = _in_place(Event.objects.visible_to(viewer), asked)
    if asked.month:
        year, month = _year_and_month(asked.month)
        events = events.filter(starts_at__year=year, starts_at__month=month)
    for name in ("language", "kind"):
        if value := getattr(asked, name):
            events = events.filter(**{name: value})
    if asked.concept:
        events = events.filter(concepts=int(asked.concept))
    return events.past() if asked.when else events.coming()


def countries(viewer, asked: Asked) -> dict[Concept, int]:
    """How many there are in each country, whichever is chosen."""
    rows = events_for(viewer, replace(asked, where="")).exclude(country=None).order_by()
    counts = dict(rows.values_list("country").annotate(count=Count("pk", distinct=True)))
    places = Concept.objects.filter(pk__in=counts).select_related("scheme")
    return {place: counts[place.pk] for place in sorted(places, key=lambda place: place.label)}


def months(viewer, asked: Asked) -> list:
    events = Event.objects.visible_to(viewer)
    events = events.filter(ends_at__lt=timezone.now()) if asked.when else events.coming()
    return list(events.order_by().datetimes("starts_at", "month"))[:36]


def languages(viewer) -> list[str]:
    """Only those somebody wrote in."""
    return sorted(Event.objects.visible_to(viewer).order_by().values_list("language", flat=True).distinct())


def _in_place(events: QuerySet[Event], asked: Asked) -> QuerySet[Event]:
    if asked.where == ONLINE:
        return events.filter(is_online=True)
    return events.filter(country__notation=asked.where) if asked.where else events


def _year_and_month(text: str) -> tuple[int, int] | None:
    year, _dash, month = text.partition("-")
    if not (len(text) == 7 and (year + month).isascii() and (year + month).isdigit()):
        return None
    return (int(year), int(month)) if 1 <= int(month) <= 12 and 2000 <= int(year) <= 2200 else None
