"""Who hears of what happened, why, and how: rows in the same transaction, in a number of queries that doesn't grow with the people.

Other packages tell of things with `tell`: one row for each person and happening.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import Permission
from django.db.models import Q

from community.attention.topics import of_thread
from community.models import Attention, Barrier, Membership, Notification, Thread, Watch
from people.models import User

Reason, Delivery, Level = Notification.Reason, Notification.Delivery, Watch.Level
ON_SITE = {Reason.THANKED}
BY_LEVEL = {Level.WATCHING: Delivery.NOW, Level.TRACKING: Delivery.DIGEST}
BATCH = 500


@dataclass(frozen=True)
class Happening:
    """`key` says what it is: nobody is told of the same twice. `about` are fields of the row: thread, post, group ..."""

    key: str
    actor: User | None
    about: dict = field(default_factory=dict)


def tell(people: Iterable[int], reason: str, happening: Happening, delivery: str = Delivery.NOW) -> None:
    """Something these people should hear of whatever they watch. Call it inside the transaction in which it happens."""
    _write(dict.fromkeys(people, (reason, delivery)), happening)


def tell_of_post(happening: Happening, thread: Thread, meant: Mapping[int, str], reason: str) -> None:
    """`meant` are told in any case, why they are; who watches, for `reason`, as closely as she does; who muted any of it, nothing."""
    levels = _levels(of_thread(thread))
    watching = {pk: (reason, BY_LEVEL[level]) for pk, level in levels.items() if level in BY_LEVEL}
    _write(_reading(thread, watching | _meant(meant, levels)), happening)


def tell_whom_it_means(happening: Happening, thread: Thread, meant: Mapping[int, str]) -> None:
    """Not who only watches."""
    if meant:
        _write(_reading(thread, _meant(meant, _levels(of_thread(thread)))), happening)


def _meant(meant: Mapping[int, str], levels: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    return {pk: (reason, Delivery.NOW) for pk, reason in meant.items() if levels.get(pk) != Level.MUTED}


def _reading(thread: Thread, told: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    readers = _readers(thread)
    return told if readers is None else {pk: how for pk, how in told.items() if pk in readers}


def _levels(topics: list[str]) -> dict[int, str]:
    """Muted anywhere is muted; else the closest of what she follows."""
    closeness = [Level.NORMAL, Level.TRACKING, Level.WATCHING, Level.MUTED]
    rows = Watch.objects.filter(topic__in=topics, person__is_active=True).values_list("person", "level")
    levels: dict[int, str] = {}
    for person, level in rows:
        levels[person] = max(levels.get(person, Level.NORMAL), level, key=closeness.index)
    return levels


def _readers(thread: Thread) -> set[int] | None:
    """Who may read it; None where everybody may. Looked at again, and more exactly, whenever it is shown or mailed."""
    group = thread.group
    if group is None or (group.is_open and group.state != group.State.CLOSED):
        return None
    members = Membership.objects.active().filter(group=group).values_list("person", flat=True)
    return set(members) | set(_moderators())


def _moderators() -> Iterable[int]:
    """Who has community.moderate, by herself or through a group."""
    codes = {"codename": "moderate", "content_type__app_label": "community"}
    allowed = Permission.objects.filter(**codes)
    named = Q(is_superuser=True) | Q(user_permissions__in=allowed) | Q(groups__permissions__in=allowed)
    return User.objects.filter(named, is_active=True).values_list("pk", flat=True)


def _write(told: Mapping[int, tuple[str, str]], happening: Happening) -> None:
    told = {pk: how for pk, how in told.items() if pk != getattr(happening.actor, "pk", None)}
    if not told:
        return
    barred = _barring(happening.actor)
    rows = [
        Notification(
            person_id=pk,
            reason=told[pk][0],
            delivery=_delivery(*told[pk], at_once, digest),
            key=happening.key,
            actor=happening.actor,
            **happening.about,
        )
        for pk, at_once, digest in _choices(told)
        if pk not in barred or told[pk][0] == Reason.MODERATION
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def _choices(told: Mapping[int, object]) -> list[tuple[int, bool | None, str | None]]:
    """(person, mails at once, digest) of those who are active."""
    people = User.objects.filter(pk__in=list(told), is_active=True)
    return list(people.values_list("pk", "attention__mails_at_once", "attention__digest"))


def _barring(actor: User | None) -> set[int]:
    """Who keeps her away."""
    return set(Barrier.objects.filter(against=actor).values_list("by", flat=True)) if actor else set()


def _delivery(reason: str, delivery: str, at_once: bool | None, digest: str | None) -> str:
    """As she has it; None stands for the default of who never chose."""
    if reason in ON_SITE:
        return Delivery.SITE
    if delivery == Delivery.NOW and (at_once is not False or reason == Reason.MODERATION):
        return Delivery.NOW
    return Delivery.SITE if digest == Attention.Digest.NONE else Delivery.DIGEST
