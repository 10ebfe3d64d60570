"""Mails that must arrive: kept with what they tell of, sent after the commit, and by the worker until the mail server takes them."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from people.mailing import Mailer, NotSent, Postponed, Refused, ServerDown
from people.models import Letter
from portal import duties, own_address

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
AT_ONCE = 50  # letters in one turn
EVERY = 5.0  # seconds between two looks


def post(to: str, subject: str, body: str) -> None:
    """In the transaction of what it tells of: with it, the letter is kept or not."""
    letter = Letter.objects.create(
        to=to, subject=" ".join(subject.split())[:250], body=body, held_until=timezone.now() + FIRST_WAIT
    )
    transaction.on_commit(lambda: _deliver_now(letter))


def _deliver_now(letter: Letter) -> None:
    mailer = Mailer()
    _deliver(letter, mailer)
    mailer.close()


def send_waiting() -> None:
    """What was not taken yet, the oldest first."""
    mailer = Mailer()
    try:
        for letter in Letter.objects.filter(held_until__lte=timezone.now()).order_by("pk")[:AT_ONCE]:
            if _claim(letter) and not _deliver(letter, mailer):
                break
    finally:
        mailer.close()


def _claim(letter: Letter) -> bool:
    """One of several processes wins it; one that dies leaves it to the next when the time is over."""
    before, letter.held_until = letter.held_until, timezone.now() + _wait(letter.failures)
    rows = Letter.objects.filter(pk=letter.pk).filter(held_until=before)
    return rows.update(held_until=letter.held_until, failures=letter.failures + 1) == 1


def _wait(failures: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** min(failures, 10), LONGEST_WAIT)


def _deliver(letter: Letter, mailer: Mailer) -> bool:
    """Whether the mail server is there. A letter it refuses for good is dropped, and logged without its words."""
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<letter.{letter.pk}.{letter.created_at.timestamp():.0f}@{own_address.host()}>",
    }
    try:
        mailer.send(EmailMessage(letter.subject, letter.body, None, [letter.to], headers=headers))
    except Refused:
        log.error("The mail server refused letter %s for good; it is dropped.", letter.pk, exc_info=True)
    except Postponed:
        log.warning("Letter %s was postponed; it is tried again.", letter.pk)
        return True
    except (NotSent, ServerDown):
        log.warning("Letter %s was not taken; it is tried again.", letter.pk)
        return False
    letter.delete()
    return True


duties.register("letters", EVERY, send_waiting)
