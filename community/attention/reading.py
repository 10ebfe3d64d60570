"""A person's notifications as she reads them: what belongs to one thread stands together, the unread first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from community.attention import querysets, wording
from community.models import Notification
from people.models import User

LATEST, LINES = 200, 4  # rows looked at, lines of one bundle


@dataclass(frozen=True)
class Line:
    row: Notification
    sentence: str
    address: str
    is_unread: bool


@dataclass(frozen=True)
class Bundle:
    """About one thing; the latest line first."""

    about: object  # a thread, group, event, offer or decision
    lines: tuple[Line, ...]
    more: int

    @property
    def address(self) -> str:
        return self.lines[0].address

    @property
    def is_unread(self) -> bool:
        return any(line.is_unread for line in self.lines)


def latest(person: User) -> tuple[list[Notification], list[Notification]]:
    """(all of the latest rows, those she may see)."""
    rows = list(querysets.of(person)[:LATEST])
    return rows, querysets.seen_by(person, rows)


def bundles(rows: Iterable[Notification]) -> list[Bundle]:
    by_thing: dict[tuple, list[Notification]] = {}
    for row in rows:
        thing = about(row)
        by_thing.setdefault((type(thing), thing.pk), []).append(row)
    made = [_bundle(some) for some in by_thing.values()]
    return sorted(made, key=lambda bundle: not bundle.is_unread)


def about(row: Notification):
    return row.decision or row.thread or row.event or row.offer or row.group or row.post.thread


def address(row: Notification) -> str:
    if row.decision_id:
        return _decision_page(row)
    if row.reason == Notification.Reason.CONSENT:
        return reverse("quotation", kwargs={"pk": row.key.split(":")[1]})
    if row.reason == Notification.Reason.OPENED or not row.post_id:
        return about(row).get_absolute_url()
    return row.post.get_absolute_url()


def _decision_page(row: Notification) -> str:
    try:
        return reverse("decision", kwargs={"pk": row.decision_id})
    except NoReverseMatch:
        return reverse("notifications")


def _bundle(rows: list[Notification]) -> Bundle:
    """The unread lines stand first, so that none of them is behind the fold."""
    ordered = sorted(rows, key=lambda row: row.read_at is not None)
    lines = tuple(Line(row, wording.sentence(row), address(row), row.read_at is None) for row in ordered[:LINES])
    return Bundle(about(rows[0]), lines, len(rows) - len(lines))
