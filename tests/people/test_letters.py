"""Mails that must arrive: kept with what they tell of, and sent until the mail server takes them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from people import letters, personal_data
from people.models import Letter
from tests.factories import a_member
from tests.factories.mailserver import a_mail_server


@pytest.fixture
def server(settings):
    with a_mail_server(settings) as server:
        yield server


def a_letter(capture, to: str = "marta@example.org") -> None:
    with capture(execute=True):
        letters.post(to, "A decision\nof the moderators", "Your post was hidden.")


def later(minutes: float = 2):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def test_a_letter_goes_out_at_once_and_leaves_no_copy(db, server, django_capture_on_commit_callbacks):
    server.start()

    a_letter(django_capture_on_commit_callbacks)

    (mail,) = server.taken
    assert (mail["To"], mail["Subject"]) == ("marta@example.org", "A decision of the moderators")
    assert mail["Auto-Submitted"] == "auto-generated" and not Letter.objects.exists()


def test_what_the_server_did_not_take_is_sent_later_and_once(db, server, django_capture_on_commit_callbacks):
    a_letter(django_capture_on_commit_callbacks)
    letters.send_waiting()  # too early
    with later():
        letters.send_waiting()  # still down
    server.start()
    with later(4):
        letters.send_waiting()
        letters.send_waiting()

    assert len(server.taken) == 1 and not Letter.objects.exists()


def test_pauses_grow(db, server, django_capture_on_commit_callbacks):
    a_letter(django_capture_on_commit_callbacks)

    waits = []
    for _time in range(3):
        letter = Letter.objects.get()
        with time_machine.travel(letter.held_until, tick=False):
            letters.send_waiting()
            waits.append(Letter.objects.get().held_until - timezone.now())

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]


def test_a_letter_refused_for_good_is_dropped_and_the_next_still_goes(db, server, django_capture_on_commit_callbacks):
    a_letter(django_capture_on_commit_callbacks)
    a_letter(django_capture_on_commit_callbacks, to="ines@example.org")
    server.start()
    server.answer = "550 No such mailbox"
    with later():
        letters.send_waiting()

    assert not Letter.objects.exists() and server.asked == 2


def test_what_is_undone_sends_no_letter(db, server, django_capture_on_commit_callbacks):
    server.start()

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        letters.post("marta@example.org", "A decision", "Your post was hidden.")
        raise ZeroDivisionError

    assert server.taken == [] and not Letter.objects.exists()


def test_two_workers_send_it_once(db, server, django_capture_on_commit_callbacks):
    a_letter(django_capture_on_commit_callbacks)
    letter = Letter.objects.get()

    claims = [letters._claim(Letter.objects.get()), letters._claim(letter)]

    assert claims == [True, False]


def test_what_waits_goes_with_the_account(db, server, django_capture_on_commit_callbacks):
    person = a_member(email="marta@example.org")
    a_letter(django_capture_on_commit_callbacks)
    told = personal_data.export(person)["account"]["letters_waiting"]

    personal_data.erase(person)

    assert [letter["body"] for letter in told] == ["Your post was hidden."] and not Letter.objects.exists()


def test_addresses_the_server_postpones_keep_no_other_letter_waiting(db, server, django_capture_on_commit_callbacks):
    for name in ("a", "b", "c", "d"):
        a_letter(django_capture_on_commit_callbacks, to=f"{name}@slow.example")
    a_letter(django_capture_on_commit_callbacks)
    server.answers = {f"{name}@slow.example": "450 Come again later" for name in ("a", "b", "c", "d")}
    server.start()

    with later():
        letters.send_waiting()

    assert [mail["To"] for mail in server.taken] == ["marta@example.org"]
    assert Letter.objects.count() == 4
