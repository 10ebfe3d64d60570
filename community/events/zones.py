"""Time zones of Europe, and wall clocks in them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import Locale, get_global
from babel.dates import get_timezone_location

from search import analysis

FURTHER = ("UTC", "Asia/Nicosia", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Reykjavik")


@cache
def names() -> tuple[str, ...]:
    """Without further names of the same zone."""
    european = {name for name in available_timezones() if name.startswith("Europe/")}
    return tuple(sorted(european - get_global("zone_aliases").keys() | set(FURTHER)))


@cache
def city(name: str, language: str) -> str:
    """The place a zone is named after, as readers of this language call it (CLDR, where it may stand under its former name)."""
    former = (one for one, now in get_global("zone_aliases").items() if now == name)
    known = Locale.parse(language).time_zones
    cities = (known[one]["city"] for one in former if "city" in known.get(one, ()))
    return next(cities, None) or get_timezone_location(name, locale=language, return_city=True)


@cache
def of_country(code: str) -> str:
    """The zone most of a country lives in, as far as its name tells; empty where there is none among ours."""
    there = (zone for zone, country in get_global("zone_territories").items() if country == code)
    return min(
        (zone for zone in there if zone in names()), key=lambda zone: (not zone.startswith("Europe/"), zone), default=""
    )


def choices(language: str, *others: str) -> list[tuple[str, str]]:
    """By city; `others`: zones an event has already."""
    rows = [(name, city(name, language)) for name in {*names(), *others}]
    return sorted(rows, key=lambda row: (analysis.fold(row[1].casefold()), row[0]))


def moment(wall: datetime, zone: str) -> datetime | None:
    """What a clock there shows, as a moment; None in the hour that is skipped in spring. In autumn, the first of the two."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    same = there.astimezone(UTC).astimezone(ZoneInfo(zone))
    return there.astimezone(UTC) if same.replace(tzinfo=None) == wall else None


def wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
