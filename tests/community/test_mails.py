"""Mails at once and digests: what they say, to whom, in which language, and when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django.utils.translation import gettext, override

from community.attention import claims, due, mails, sending, stopping
from community.attention.sending import Rounds, send_at_once, send_digest
from community.groups import actions as groups
from community.models import Attention, Group, Notification, Post, Thread
from people.models import User
from portal.languages import LANGUAGES
from tests.factories import a_member
from tests.factories.attention import told, watching
from tests.factories.community import a_group, a_reply, a_thread
from tests.factories.mailserver import a_mail_server

BRUSSELS = ZoneInfo("Europe/Brussels")
A_WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=BRUSSELS)


def mail_at_once() -> int:
    """One whole round, as a worker that has just started makes it."""
    return all_of(Rounds(due.at_once, send_at_once, every=0))


def mail_digests() -> int:
    return all_of(Rounds(due.for_digests, send_digest, every=0))


def all_of(rounds: Rounds) -> int:
    sent = rounds.turn()
    while not rounds.is_resting:
        sent += rounds.turn()
    return sent


def html_of(mail) -> str:
    return mail.alternatives[0][0]


def last_week() -> None:
    Notification.objects.update(at=timezone.now() - timedelta(days=8))


def test_an_answer_is_mailed_at_once_and_once(db, mailoutbox):
    asker = a_member(language="fi")
    a_reply(a_thread("Radiotunnit?", by=asker), "We did, **twice**.", by=a_member(name="Bjarne Rud"))

    sent = [mail_at_once(), mail_at_once()]

    mail = mailoutbox[0]
    assert sent == [1, 0]
    assert (mail.to, mail.subject) == ([asker.email], "Re: Radiotunnit?")
    assert mail.from_email == '"Bjarne Rud · Praxis" <no-reply@localhost>'
    assert "We did, **twice**." in mail.body and "<strong>twice</strong>" in html_of(mail)
    assert "/fi/" in mail.body and '<html lang="fi">' in html_of(mail)


def test_words_of_members_carry_their_own_language(db, mailoutbox):
    asker = a_member(language="el")
    a_reply(a_thread("Frage", by=asker, language="de"), "Oui.", language="fr")

    mail_at_once()

    assert 'lang="de">Frage</a>' in html_of(mailoutbox[0])
    assert '<div lang="fr"' in html_of(mailoutbox[0])


def test_links_in_what_members_wrote_lead_to_the_portal(db, mailoutbox):
    a_reply(a_thread(by=a_member()), "See [this](/en/about/).")

    mail_at_once()

    assert 'href="http://127.0.0.1:8000/en/about/"' in html_of(mailoutbox[0])


def test_headers_let_programs_thread_it_stop_it_and_not_answer_it(db, mailoutbox):
    asker, helper = a_member(), a_member()
    thread = a_thread(by=asker)
    answer = a_reply(thread, by=helper)
    a_reply(thread, to=answer, by=asker)

    mail_at_once()

    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == mails.message_id(asker, f"post:{answer.pk}")
    assert first.extra_headers["References"] == f"<thread.{thread.pk}@127.0.0.1>"
    assert second.extra_headers["In-Reply-To"] == mails.message_id(helper, f"post:{answer.pk}")
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.extra_headers["List-Unsubscribe"] == f"<{stopping.link(asker, stopping.NOW)}>"


def test_a_name_can_not_write_headers(db, mailoutbox):
    asker, other = a_member(), a_member()
    User.objects.filter(pk=other.pk).update(name="Eve\nBcc: all@example.org")
    a_reply(a_thread(by=asker), by=User.objects.get(pk=other.pk))

    mail_at_once()

    assert mailoutbox[0].from_email == '"Eve Bcc: all@example.org · Praxis" <no-reply@localhost>'


@pytest.mark.parametrize("end", ["hidden", "deleted", "left", "inactive", "read"])
def test_nothing_is_mailed_that_she_may_not_see_or_has_seen(db, mailoutbox, end):
    person, writer = a_member(), a_member()
    group = a_group(access=Group.Access.HIDDEN, members=(person, writer))
    thread = a_thread(by=person, group=group)
    Notification.objects.all().delete()
    post = a_reply(thread, "A secret.", by=writer)
    match end:
        case "hidden":
            Thread.objects.filter(pk=thread.pk).update(state=Thread.State.HIDDEN)
        case "deleted":
            Post.objects.filter(pk=post.pk).update(state=Post.State.DELETED)
        case "left":
            groups.leave(group, by=person)
        case "inactive":
            User.objects.filter(pk=person.pk).update(is_active=False)
        case "read":
            Notification.objects.update(read_at=timezone.now())

    assert (mail_at_once(), mailoutbox) == (0, [])


def test_what_was_written_before_she_stopped_mails_stays_on_the_site(client, db, mailoutbox):
    person = a_member()
    a_reply(a_thread(by=person))

    stopping.stop(person, stopping.ALL)

    assert (mail_at_once(), told(person)) == (0, [("reply", "site")])


def mails_to(person, mailoutbox) -> int:
    mail_digests()
    count = sum(mail.to == [person.email] for mail in mailoutbox)
    mailoutbox.clear()
    return count


# Wednesday's post comes on Thursday; a week's on Monday.
@pytest.mark.parametrize(("digest", "expected"), [("daily", [1] * 7), ("weekly", [0] * 4 + [1] + [0] * 2)])
def test_a_digest_comes_in_the_morning_of_its_day(db, mailoutbox, digest, expected):
    person, thread = a_member(), a_thread("Radio")
    watching(person, thread, "tracking")
    Attention.objects.create(person=person, digest=digest, digested_until=A_WEDNESDAY)
    came = []
    for day in range(7):
        moment = A_WEDNESDAY + timedelta(days=day)
        with time_machine.travel(moment, tick=False):
            a_reply(thread)
        with time_machine.travel(moment.replace(hour=5, minute=59) + timedelta(days=1), tick=False):
            assert mails_to(person, mailoutbox) == 0
        with time_machine.travel(moment.replace(hour=6, minute=1) + timedelta(days=1), tick=False):
            came.append(mails_to(person, mailoutbox))

    assert came == expected


def test_a_digest_gathers_what_belongs_together(db, mailoutbox):
    person = a_member()
    radio, compost = a_thread("Radio"), a_thread("Compost")
    for thread in (radio, compost):
        watching(person, thread, "tracking")
    for name in ("Ana", "Bo", "Cy"):
        a_reply(radio, by=a_member(name=name))
    a_reply(compost, by=a_member(name="Dea"))
    Notification.objects.exclude(person=person).delete()
    last_week()

    assert mail_digests() == 1

    body = mailoutbox[0].body
    assert body.index("Compost") < body.index("Dea posted") < body.index("Radio") < body.index("Cy posted")
    assert [f"{name} posted" in body for name in ("Ana", "Bo")] == [True, True]
    assert mail_digests() == 0


def test_a_digest_leaves_out_what_she_may_no_longer_see_and_does_not_come_for_nothing(db, mailoutbox):
    person, nobody = a_member(), a_member()
    open_thread, hidden = a_thread("Radio"), a_thread("A secret")
    watching(person, open_thread, "tracking")
    for one in (person, nobody):
        watching(one, hidden, "tracking")
    for thread in (open_thread, hidden):
        a_reply(thread)
    last_week()
    Thread.objects.filter(pk=hidden.pk).update(state=Thread.State.HIDDEN)

    assert mail_digests() == 1

    assert mailoutbox[0].to == [person.email]
    assert "Radio" in mailoutbox[0].body and "secret" not in mailoutbox[0].body + html_of(mailoutbox[0])


class Dies(EmailBackend):
    """Hands the mail over; then the process is gone."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


@pytest.mark.parametrize("mail_all", [mail_at_once, mail_digests])
def test_a_crash_between_sending_and_noting_repeats_the_mail_under_its_old_number(db, settings, mailoutbox, mail_all):
    person, thread = a_member(), a_thread(by=a_member())
    watching(person, thread, "watching" if mail_all is mail_at_once else "tracking")
    a_reply(thread)
    Notification.objects.exclude(person=person).delete()
    last_week()
    healthy, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Dies"
    with pytest.raises(KeyboardInterrupt):
        mail_all()
    settings.EMAIL_BACKEND = healthy

    while_claimed = mail_all()
    Attention.objects.update(held_until=timezone.now() - timedelta(seconds=1))  # the claim of the dead has run out

    assert (while_claimed, mail_all(), mail_all()) == (0, 1, 0)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1 and len(mailoutbox) == 2


class Beside(EmailBackend):
    """While one process hands over a mail, another makes its round."""

    def send_messages(self, messages):
        Beside.sent_by_the_other += mail_digests()
        return super().send_messages(messages)


def test_two_processes_at_once_mail_each_person_once(db, settings, mailoutbox):
    thread, people = a_thread(), [a_member() for _number in range(4)]
    for person in people:
        watching(person, thread, "tracking")
    a_reply(thread)
    last_week()
    settings.EMAIL_BACKEND, Beside.sent_by_the_other = f"{__name__}.Beside", 0

    mail_digests()

    assert Beside.sent_by_the_other > 0
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(person.email for person in people)


def test_a_person_whose_mail_is_refused_is_left_alone_for_longer_each_time(db, settings):
    a_reply(a_thread(by=a_member(email="nobody@example.org")))
    pauses = []
    with a_mail_server(settings) as server:
        server.answer = "550 No such mailbox"
        server.start()
        for _time in range(3):
            mail_at_once()
            row = Attention.objects.get()
            pauses.append((row.failures, round((row.held_until - timezone.now()).total_seconds() / 60)))
            assert due.at_once(timezone.now()) == []
            Attention.objects.update(held_until=None)

    assert pauses == [(1, 5), (2, 10), (3, 20)]


def test_people_whose_addresses_are_postponed_wait_alone_and_for_longer_each_time(db, settings):
    slow = [a_member(email=f"{number}@slow.example") for number in range(4)]
    for person in (*slow, a_member(email="marta@example.org")):
        a_reply(a_thread(by=person))
    with a_mail_server(settings) as server:
        server.answers = {person.email: "450 Come again later" for person in slow}
        server.start()
        sent = [mail_at_once(), mail_at_once()]
        asked, pauses = server.asked, []
        for _time in range(2):
            row = Attention.objects.get(person=slow[0])
            pauses.append(round((row.held_until - timezone.now()).total_seconds() / 60))
            Attention.objects.update(held_until=None)
            mail_at_once()

    assert (sent, asked, [mail["To"] for mail in server.taken]) == ([1, 0], 5, ["marta@example.org"])
    assert pauses == [5, 10]


def test_a_server_that_is_down_ends_the_round_and_is_left_alone(db, settings):
    for _number in range(6):
        a_reply(a_thread(by=a_member()))
    with a_mail_server(settings) as server:
        rounds = Rounds(due.at_once, send_at_once, every=0)
        rounds.turn()
        at_once = rounds.turn()
        server.start()

        assert (rounds.is_resting, at_once, rounds.turn()) == (True, 0, 0)
        assert sending.SERVER_PAUSE[0] <= rounds._pause
        Attention.objects.update(held_until=None)
        assert mail_at_once() == 6


PEOPLE = 1000


@pytest.mark.slow
def test_a_thousand_digests_in_24_languages_come_exactly_once_although_the_server_fails(db, settings):
    codes = [code for code, _name in LANGUAGES]
    people = User.objects.bulk_create(
        User(email=f"reader{n}@example.org", name=f"Reader {n}", language=codes[n % 24], password="!")
        for n in range(PEOPLE)
    )
    post = a_reply(a_thread("Radio lessons"), by=a_member(name="Bjarne Rud"))
    Notification.objects.all().delete()
    about = {"reason": "posted", "delivery": "digest", "key": f"post:{post.pk}", "actor": post.author}
    long_ago = timezone.now() - timedelta(days=8)
    Notification.objects.bulk_create(
        Notification(person=person, thread=post.thread, post=post, at=long_ago, **about) for person in people
    )

    with a_mail_server(settings) as server:
        down = mail_digests()
        server.answer = "451 Come again later"
        server.start()
        refused = mail_digests()
        server.answer = "250 OK"
        first = Rounds(due.for_digests, send_digest, every=0)
        sent = first.turn()
        server.stop()  # in the middle of the round
        sent += first.turn()
        server.start()
        Attention.objects.update(held_until=None)  # the minute is over
        sent += mail_digests()
        again = mail_digests()
        taken = server.taken

    assert (down, refused, sent, again) == (0, 0, PEOPLE, 0)
    assert server.asked > PEOPLE
    assert sorted(mail["To"] for mail in taken) == sorted(person.email for person in people)
    assert len({mail["Message-ID"] for mail in taken}) == PEOPLE
    language = {person.email: person.language for person in people}
    for mail in taken:
        code = language[mail["To"]]
        with override(code):
            known = gettext("Show all")  # translated in every catalogue
            # A long encoded subject is folded after its name; the parser keeps that space.
            assert mail["Subject"].strip() == gettext("New in what you follow")
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert f'<html lang="{code}">' in html and f"/{code}/community/" in text
        assert known in text
    assert claims.free(timezone.now())
