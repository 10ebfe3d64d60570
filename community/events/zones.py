"""Time zones of Europe, and wall clocks in them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FURTHER = ("UTC", "Asia/Nicosia", "Atlantic/Azores", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Reykjavik")


@cache
def names() -> tuple[str, ...]:
    european = {name for name in available_timezones() if name.startswith("Europe/")}
    return tuple(sorted(european | set(FURTHER)))


def moment(wall: datetime, zone: str) -> datetime | None:
    """What a clock there shows, as a moment; None in the hour that is skipped in spring. In autumn, the first of the two."""
    there = wall.replace(tzinfo=ZoneInfo(zone))
    same = there.astimezone(UTC).astimezone(ZoneInfo(zone))
    return there.astimezone(UTC) if same.replace(tzinfo=None) == wall else None


def wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
