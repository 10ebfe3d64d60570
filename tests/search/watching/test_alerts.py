"""Who is told what, when, and never twice."""

import re
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from search import indexer
from search.models import Change, OutboxRow, SavedSearch, Told
from search.watching import actions, alerts, querysets, questions
from search.watching.alerts import Alerts
from tests.factories import a_case_study, a_member
from tests.factories.mailserver import a_mail_server
from tests.factories.watching import a_saved_search

Cadence = SavedSearch.Cadence
A_WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)


def run() -> int:
    """One whole round, as a worker that has just started makes it."""
    return all_of(Alerts())


def all_of(worker: Alerts) -> int:
    sent = worker.turn(changed=True)
    while not worker.is_resting:
        sent += worker.turn()
    return sent


def titles(mail) -> list[str]:
    return re.findall(r"^\* (.+)$", mail.body, re.MULTILINE)


def test_a_mail_tells_what_the_question_finds_and_nothing_else(db, mailoutbox):
    a_saved_search("level=isced-1&level=isced-2&country=FI&country=PT", name="Both")
    a_case_study("Porto, primary", countries=["PT"], levels=["isced-1"])
    a_case_study("Turku, secondary", countries=["FI"], levels=["isced-2"])
    a_case_study("Riga, primary", countries=["LV"], levels=["isced-1"])
    a_case_study("Porto, university", countries=["PT"], levels=["isced-6"])
    indexer.drain()

    assert run() == 1

    assert sorted(titles(mailoutbox[0])) == ["Porto, primary", "Turku, secondary"]


@pytest.mark.parametrize(
    "question", ["country=PT&country=FI&outcome=worked", "q=lantern&country=PT", "q=lantern -porto", "q=lanternfish"]
)
def test_alerts_find_just_what_the_page_finds(client, db, mailoutbox, question):
    saved = a_saved_search(question)
    for title, country in (("Lantern in Porto", "PT"), ("Lantern in Turku", "FI"), ("Compost in Porto", "PT")):
        a_case_study(title, countries=[country])
    indexer.drain()
    run()

    page = client.get(questions.address(saved)).content.decode()
    shown = page.partition('<ol class="cards')[2].partition("</ol>")[0]
    on_page = [re.sub(r"<.*?>", "", title) for title in re.findall(r"<h2 lang[^>]*>(.+?)</h2>", shown)]

    assert sorted(titles(mailoutbox[0]) if mailoutbox else []) == sorted(on_page)


def test_nobody_is_told_twice(db, mailoutbox):
    a_saved_search()
    page = a_case_study("Once")
    indexer.drain()
    run()
    run()

    page.title = "Once and again"
    page.save()
    indexer.drain()
    run()

    assert [titles(mail) for mail in mailoutbox] == [["Once"]]


def test_what_changed_so_that_it_answers_now_is_told(db, mailoutbox):
    a_saved_search("country=MT")
    page = a_case_study("Moved to Malta", countries=["PT"])
    indexer.drain()
    run()
    from tests.factories import concepts

    page.countries = concepts("country", "MT")
    page.save()
    indexer.drain()
    run()

    assert [titles(mail) for mail in mailoutbox] == [["Moved to Malta"]]


def test_one_mail_holds_all_searches_of_a_person(db, mailoutbox):
    person = a_member()
    a_saved_search("country=PT", person=person, name="Portugal")
    a_saved_search("country=FI", person=person, name="Finland")
    a_saved_search("country=MT", person=person, name="Malta")
    a_case_study("Porto", countries=["PT"])
    a_case_study("Turku", countries=["FI"])
    indexer.drain()

    assert run() == 1

    body = mailoutbox[0].body
    assert mailoutbox[0].to == [person.email]
    assert body.index("Finland") < body.index("Turku") < body.index("Portugal") < body.index("Porto")
    assert "Malta" not in body


def test_what_a_person_may_not_see_is_not_told(db, mailoutbox):
    group = Group.objects.create(name="Pilots")
    insider, outsider = a_member(), a_member()
    insider.groups.add(group)
    for person in (insider, outsider):
        a_saved_search(person=person)
    page = a_case_study("Zebrafish for pilots")
    restriction = page.view_restrictions.create(restriction_type="groups")
    restriction.groups.add(group)
    OutboxRow.objects.create(key=page.search_key)
    a_case_study("Everybody's")
    indexer.drain()

    run()

    told = {mail.to[0]: sorted(titles(mail)) for mail in mailoutbox}
    assert told == {insider.email: ["Everybody's", "Zebrafish for pilots"], outsider.email: ["Everybody's"]}


def test_a_restriction_the_index_has_not_followed_yet_holds(db, mailoutbox):
    a_saved_search()
    page = a_case_study("Zebrafish")
    indexer.drain()
    page.view_restrictions.create(restriction_type="groups")

    run()

    assert mailoutbox == []
    assert not Told.objects.exists()


def test_who_left_a_group_is_told_no_more_of_it(db, mailoutbox):
    group, person = Group.objects.create(name="Pilots"), a_member()
    person.groups.add(group)
    a_saved_search(person=person)
    page = a_case_study("Zebrafish")
    page.view_restrictions.create(restriction_type="groups").groups.add(group)
    OutboxRow.objects.create(key=page.search_key)
    indexer.drain()
    person.groups.clear()

    assert run() == 0


def test_messages_that_begin_again_leave_out_what_changed_before(db, mailoutbox):
    saved = a_saved_search(cadence=Cadence.NEVER)
    a_case_study("While there were no messages")
    indexer.drain()

    actions.change(saved, saved.name, Cadence.AT_ONCE)
    a_case_study("Since they began again")
    indexer.drain()
    run()

    assert [titles(mail) for mail in mailoutbox] == [["Since they began again"]]


def test_a_change_noted_late_is_told_although_nothing_follows_it_and_nobody_is_asked_for_ever(db, mailoutbox):
    with time_machine.travel(A_WEDNESDAY, tick=False):
        saved = a_saved_search()
        a_case_study("Late")
        indexer.drain()
        SavedSearch.objects.update(asked_until=A_WEDNESDAY + timedelta(seconds=1))  # and then it was committed

    asked = []
    for minutes in (1, 6, 7, 60):
        with time_machine.travel(A_WEDNESDAY + timedelta(minutes=minutes), tick=False):
            asked.append((querysets.due(timezone.now()).count(), run()))

    assert asked == [(0, 0), (1, 1), (0, 0), (0, 0)]
    assert saved.told.count() == 1


def test_people_who_are_suspended_get_nothing(db, mailoutbox):
    person = a_member(is_active=False)
    a_saved_search(person=person)
    a_case_study()
    indexer.drain()

    assert (run(), mailoutbox) == (0, [])


def test_daily_and_weekly_messages_come_in_the_morning_of_their_day(db, mailoutbox):
    with time_machine.travel(A_WEDNESDAY, tick=False):
        daily = a_saved_search(cadence=Cadence.DAILY, asked_until=A_WEDNESDAY, name="daily")
        weekly = a_saved_search(cadence=Cadence.WEEKLY, asked_until=A_WEDNESDAY, name="weekly")
        never = a_saved_search(cadence=Cadence.NEVER, asked_until=A_WEDNESDAY, name="never")
        a_case_study("On Wednesday")
        indexer.drain()
    came = []
    for hours in range(0, 24 * 8):
        with time_machine.travel(A_WEDNESDAY + timedelta(hours=hours), tick=False):
            if run():
                came.append((f"{timezone.localtime():%A %H}", mailoutbox[-1].to[0]))

    assert came == [("Thursday 06", daily.person.email), ("Monday 06", weekly.person.email)]
    assert never.person.email not in [mail.to[0] for mail in mailoutbox]


def test_a_mail_speaks_the_language_of_its_reader_and_titles_say_theirs(db, mailoutbox):
    person = a_member(language="fi", languages=["fi", "sv"])
    a_saved_search(person=person, language="en")
    original = a_case_study("Rede", language="pt", slug="rede")
    a_case_study("Nät", language="sv", slug="rede", source_language="pt", translation_key=original.translation_key)
    a_case_study("Só em português", language="pt")
    indexer.drain()

    run()

    html = mailoutbox[0].alternatives[0].content
    assert '<html lang="fi">' in html
    assert re.search(r'<a href="http[^"]+/sv/practices/rede/" lang="sv">Nät</a>', html)
    assert re.search(r'<a href="http[^"]+/pt/practices/[^"]+" lang="pt">Só em português</a>', html)
    assert "/fi/my/searches/" in mailoutbox[0].body


def test_twenty_answers_are_named_and_the_rest_is_behind_the_link(db, mailoutbox):
    saved = a_saved_search("country=PT")
    for number in range(23):
        a_case_study(f"Number {number}", countries=["PT"])
    indexer.drain()
    run()
    run()

    assert [len(titles(mail)) for mail in mailoutbox] == [20]
    assert f"Show all: http://127.0.0.1:8000{questions.address(saved)}" in mailoutbox[0].body
    assert saved.told.count() == 23


def test_what_is_restricted_meanwhile_hides_nothing_else_and_is_told_when_it_opens(db, mailoutbox):
    saved = a_saved_search()
    pages = [a_case_study(f"Number {number}") for number in range(25)]
    indexer.drain()
    first = sorted(pages, key=lambda page: page.search_key)[:20]  # changed in the same moment, they are in this order
    for page in first:
        page.view_restrictions.create(restriction_type="groups")

    run()
    told = set(saved.told.values_list("key", flat=True))
    indexer.drain()
    first[0].view_restrictions.all().delete()
    indexer.drain()
    run()

    others = [page for page in pages if page not in first]
    assert told == {page.search_key for page in others}
    assert "Show all" not in mailoutbox[0].body
    assert [sorted(titles(mail)) for mail in mailoutbox] == [sorted(page.title for page in others), [first[0].title]]


class Moody(EmailBackend):
    """A mail server that is down at times, and has addresses it doesn't take."""

    down = False
    refused: set[str] = set()
    asked = 0

    def send_messages(self, messages):
        Moody.asked += 1
        if Moody.down:
            raise SMTPServerDisconnected("gone")
        if bad := Moody.refused & set(messages[0].to):
            raise SMTPRecipientsRefused(dict.fromkeys(bad, (550, b"no")))
        return super().send_messages(messages)


@pytest.fixture
def moody(settings, monkeypatch):
    """Another program, as it may behave: what we do with it is what is tested."""
    settings.EMAIL_BACKEND = f"{__name__}.Moody"
    monkeypatch.setattr("django.core.mail.get_connection", lambda *args, **options: Moody())
    monkeypatch.setattr("people.mailing.get_connection", lambda: Moody())
    Moody.down, Moody.refused, Moody.asked = False, set(), 0
    return Moody


def test_while_the_mail_server_is_down_nothing_is_lost_and_afterwards_each_mail_comes_once(db, mailoutbox, moody):
    people = [a_saved_search().person.email for _number in range(5)]
    a_case_study("Patience")
    indexer.drain()
    worker = Alerts()

    moody.down = True
    assert all_of(worker) == 0
    assert moody.asked == 3  # not everybody's mail is tried on a server that does not answer
    assert not Told.objects.exists()
    assert worker.turn(changed=True) == 0  # it is left alone for a while
    assert moody.asked == 3

    moody.down = False
    assert [run(), run()] == [5, 0]
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(people)


def test_a_mail_that_is_refused_stops_nobody_elses(db, mailoutbox, moody):
    refused = a_saved_search()
    moody.refused = {refused.person.email}
    others = [a_saved_search().person.email for _number in range(4)]
    a_case_study()
    indexer.drain()
    worker = Alerts()

    assert [all_of(worker), all_of(worker)] == [4, 0]
    assert moody.asked == 5  # she is left alone for a while
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(others)
    assert not refused.told.exists()


def test_people_whose_addresses_are_postponed_keep_nobody_else_waiting(db, settings):
    slow = [a_saved_search(person=a_member(email=f"{number}@slow.example")) for number in range(4)]
    others = [a_saved_search().person.email for _number in range(2)]
    a_case_study()
    indexer.drain()
    worker = Alerts()
    with a_mail_server(settings) as server:
        server.answers = {saved.person.email: "450 Come again later" for saved in slow}
        server.start()

        sent = [all_of(worker), all_of(worker)]

    assert (sent, server.asked) == ([2, 0], 6)  # who was postponed is left alone for a while
    assert sorted(mail["To"] for mail in server.taken) == sorted(others)
    assert not Told.objects.filter(saved__in=slow).exists()


def test_a_mail_repeated_after_a_crash_has_the_number_of_the_first(db, mailoutbox):
    saved = a_saved_search()
    a_case_study()
    indexer.drain()
    run()
    before = mailoutbox[0].extra_headers["Message-ID"]
    Told.objects.all().delete()
    SavedSearch.objects.filter(pk=saved.pk).update(asked_until=saved.asked_until)

    run()

    assert mailoutbox[1].extra_headers["Message-ID"] == before


def test_a_value_that_vanished_is_told_once_instead_of_silence(db, mailoutbox):
    a_saved_search("country=PT&level=isced-99", name="Half of it")
    a_case_study("Would be too much", countries=["PT"])
    indexer.drain()
    run()
    a_case_study("More of it", countries=["PT"])
    indexer.drain()
    run()

    assert [titles(mail) for mail in mailoutbox] == [[]]
    assert "A part of this search no longer exists. Open it, choose anew and save it again." in mailoutbox[0].body


def test_one_of_several_values_may_vanish_and_the_others_are_asked_for(db, mailoutbox):
    a_saved_search("country=PT&country=XX")
    a_case_study("Porto", countries=["PT"])
    a_case_study("Turku", countries=["FI"])
    indexer.drain()
    run()

    assert [titles(mail) for mail in mailoutbox] == [["Porto"]]


def test_what_is_in_the_index_from_the_beginning_is_no_news(db, mailoutbox):
    a_saved_search()
    a_case_study()
    OutboxRow.objects.all().delete()
    indexer.rebuild()

    assert (run(), Change.objects.exclude(at=None).count()) == (0, 0)


def test_a_dropped_entry_is_no_change_to_tell_of(db, mailoutbox):
    page = a_case_study()
    indexer.drain()
    assert [row.key for row in Change.objects.all()] == [page.search_key]

    page.delete()
    indexer.drain()

    assert not Change.objects.exists()


def test_a_long_round_lets_the_worker_index_between_its_turns(db, mailoutbox, monkeypatch):
    for _number in range(3):
        a_saved_search()
    a_case_study()
    indexer.drain()
    monkeypatch.setattr(alerts, "TURN", 0.0)
    worker = Alerts()

    assert [worker.turn(), worker.turn(), worker.turn()] == [1, 1, 1]


def test_without_an_index_nothing_is_told_and_nothing_is_lost(db, mailoutbox):
    a_saved_search()
    a_case_study("Later")
    Change.objects.create(key=f"practice:{uuid4()}", at=timezone.now())

    assert run() == 0
    indexer.drain()
    assert run() == 1
