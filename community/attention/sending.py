"""Mailing one person after the other, in short turns between which the worker does other things.

A mail goes out first; then it is noted. A crash between the two repeats that one mail under its old Message-ID, and nothing is
noted that was not handed over (docs/decisions/0008). A claim on the person keeps two processes from mailing her at once.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.attention import claims, due, mails, querysets
from community.models import Attention, Notification
from people.mailing import Mailer, NotSent, Postponed, Refused, ServerDown
from people.models import User
from portal import duties

log = logging.getLogger(__name__)
Delivery = Notification.Delivery
TURN = 1.0  # seconds the worker gives away at a time
SERVER_PAUSE = 60.0, 15 * 60.0  # first and longest, while the mail server fails
MOST_AT_ONCE = 20  # mails to one person under one claim
MOST_IN_DIGEST = 500  # rows


class Rounds:
    """What the worker holds of one kind of mails: the round it is in, and when to look again."""

    def __init__(self, people: Callable[[datetime], list[int]], serve: Callable[[User, Mailer], int], every: float):
        self._people, self._serve, self._every = people, serve, every
        self._round: Iterator[int] | None = None
        self._look_at = self._pause = 0.0

    @property
    def is_resting(self) -> bool:
        return self._round is None

    def turn(self) -> int:
        """The number of mails handed over."""
        started = time.monotonic()
        if self.is_resting and started < self._look_at:
            return 0
        if self.is_resting:
            self._look_at = started + self._every
            self._round = self._begin()
        with closing(Mailer()) as mailer:
            try:
                return self._go_on(mailer, until=started + TURN)
            except ServerDown:
                self._rest()
                log.exception("The mail server fails; notifications are mailed again in %.0f s.", self._pause)
                return 0

    def _begin(self) -> Iterator[int]:
        people = self._people(timezone.now())
        claims.prepare(people)
        return iter(people)

    def _go_on(self, mailer: Mailer, until: float) -> int:
        sent = 0
        for person_id in self._round:
            sent += self._mail(person_id, mailer)
            if time.monotonic() > until:
                return sent
        self._round, self._pause = None, 0.0
        return sent

    def _mail(self, person_id: int, mailer: Mailer) -> int:
        if not claims.take(person_id):
            return 0
        try:
            sent = self._serve(User.objects.select_related("attention").get(pk=person_id), mailer)
        except (Postponed, Refused):
            pause = claims.refuse(person_id)
            log.exception("The mail to member %s was not sent; tried again in %s.", person_id, pause)
        except NotSent:
            claims.hold(person_id)
        except ServerDown:
            claims.release(person_id)
            raise
        else:
            claims.served(person_id)
            return sent
        return 0

    def _rest(self) -> None:
        first, longest = SERVER_PAUSE
        self._round = None
        self._pause = min(max(self._pause * 2, first), longest)
        self._look_at = time.monotonic() + self._pause


def send_at_once(person: User, mailer: Mailer) -> int:
    """A mail for each; looked at one by one, as the database has it in that moment."""
    keys = due.waiting(Delivery.NOW).filter(person=person).order_by("at", "pk").values_list("pk", flat=True)
    return sum(_send_one(person, key, mailer) for key in keys[:MOST_AT_ONCE])


def _send_one(person: User, key: int, mailer: Mailer) -> bool:
    seen = querysets.seen_by(person, querysets.of(person).filter(pk=key))
    if not seen:
        _keep_on_site([key])
        return False
    mailer.send(_composed(lambda: mails.at_once(person, seen[0])))
    Notification.objects.filter(pk=key).update(mailed_at=timezone.now())
    return True


def send_digest(person: User, mailer: Mailer) -> int:
    """One mail of everything from before her hour; what she may no longer see is left out."""
    hour = due.hour_of(person.attention.digest, timezone.now())
    if person.attention.digested_until >= hour:  # another process was quicker
        return 0
    ripe = due.waiting(Delivery.DIGEST).filter(person=person, at__lt=hour).values("pk")
    rows = list(querysets.of(person).filter(pk__in=ripe)[:MOST_IN_DIGEST])
    seen = querysets.seen_by(person, rows)
    if seen:
        mailer.send(_composed(lambda: mails.digest(person, seen, hour)))
    _note_digest(person, rows, seen, hour)
    return int(bool(seen))


@transaction.atomic
def _note_digest(person: User, rows: list[Notification], seen: list[Notification], hour: datetime) -> None:
    Notification.objects.filter(pk__in=[row.pk for row in seen]).update(mailed_at=timezone.now())
    _keep_on_site([row.pk for row in rows if row not in seen])
    Attention.objects.filter(person=person).update(digested_until=hour)


def _keep_on_site(keys: list[int]) -> None:
    """She may not see it now; if she may again, the site shows it."""
    Notification.objects.filter(pk__in=keys).update(delivery=Delivery.SITE)


def _composed(compose: Callable):
    try:
        return compose()
    except Exception as error:  # whatever it is about this mail, the others don't wait for it
        raise Refused from error


duties.register("mails at once", 1, Rounds(due.at_once, send_at_once, every=5).turn)
duties.register("digests", 1, Rounds(due.for_digests, send_digest, every=60).turn)
