"""Events as iCalendar (RFC 5545): for one's own calendar, once or as a feed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from community.events import zones
from community.models import Event
from portal import own_address

OCTETS = 75
TYPE = "text/calendar; charset=utf-8"


def calendar(events: Iterable[Event], name: str, links: frozenset[int] = frozenset()) -> str:
    """`links`: numbers of the events whose link to take part the reader may have."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Praxis//Events//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _entry(event, event.pk in links)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    text = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign in "\n\t")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """At most 75 octets a line, no sign cut in two."""
    parts, part, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > OCTETS:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + octets
    return "\r\n".join([*parts, part])


def _entry(event: Event, with_link: bool) -> list[str]:
    address = own_address.absolute(event.get_absolute_url())
    place = event.link if with_link and event.link and not event.place else event.place
    text = f"{event.text}\n\n{event.link}" if with_link and event.link else event.text
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{event.pk}@{own_address.host()}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"LAST-MODIFIED:{_utc(event.changed_at)}",
        *_times(event),
        f"SUMMARY;LANGUAGE={event.language}:{escaped(event.title)}",
        f"DESCRIPTION;LANGUAGE={event.language}:{escaped(text)}",
        f"LOCATION:{escaped(place)}" if place else "",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if event.state == Event.State.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
    ]
    return [line for line in lines if line]


def _times(event: Event) -> list[str]:
    """A deadline is a day where it is set; all else are moments."""
    if event.kind != Event.Kind.DEADLINE:
        return [f"DTSTART:{_utc(event.starts_at)}", f"DTEND:{_utc(event.ends_at)}"]
    day = zones.wall(event.starts_at, event.time_zone).date()
    return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
