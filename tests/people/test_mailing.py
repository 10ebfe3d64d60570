"""What the mail server's answers say: of one mail, of one address, or of itself."""

import pytest
from django.core.mail import EmailMessage

from people.mailing import Mailer, NotSent, Postponed, Refused, ServerDown
from tests.factories.mailserver import a_mail_server


@pytest.fixture
def server(settings):
    with a_mail_server(settings) as server:
        yield server


def outcomes(mailer: Mailer, *addresses: str) -> list[type | None]:
    return [outcome(mailer, address) for address in addresses]


def outcome(mailer: Mailer, address: str) -> type | None:
    try:
        mailer.send(EmailMessage("Subject", "Words", None, [address]))
    except (NotSent, Refused, ServerDown) as error:
        return type(error)
    return None


def test_however_many_addresses_it_postpones_it_is_not_down(server):
    slow = [f"{number}@slow.example" for number in range(5)]
    server.answers = dict.fromkeys(slow, "450 Come again later")
    server.start()

    assert outcomes(Mailer(), *slow, "marta@example.org") == [Postponed] * 5 + [None]


def test_a_server_that_does_not_answer_three_times_in_a_row_is_down(server):
    assert outcomes(Mailer(), "a@example.org", "b@example.org", "c@example.org") == [NotSent, NotSent, ServerDown]


def test_a_server_that_closes_is_down_whatever_it_was_asked(server):
    server.answers = {"a@example.org": "421 Closing"}
    server.start()

    assert outcomes(Mailer(), *["a@example.org"] * 3) == [NotSent, NotSent, ServerDown]


def test_a_server_that_takes_no_words_three_times_in_a_row_is_down_and_each_mail_waits(server):
    server.answer = "451 Disk full"
    server.start()

    assert outcomes(Mailer(), *["a@example.org"] * 3) == [Postponed, Postponed, ServerDown]


def test_an_address_refused_for_good_between_them_tells_that_the_server_is_there(server):
    mailer = Mailer()
    before = outcomes(mailer, "a@example.org", "b@example.org")
    server.answers = {"nobody@example.org": "550 No such mailbox"}
    server.start()
    refused = outcome(mailer, "nobody@example.org")
    server.stop()

    assert (before, refused, outcome(mailer, "c@example.org")) == ([NotSent] * 2, Refused, NotSent)
