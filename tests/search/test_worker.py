"""The worker: whatever fails, the rest goes on."""

from datetime import timedelta

from django.utils import timezone

from people import letters
from people.models import Letter
from portal import duties
from search import engines, indexer, runs
from search.models import IndexRun, OutboxRow
from search.worker import Worker
from tests.factories import a_case_study

NOWHERE = "elasticsearch://127.0.0.1:9/praxis"  # the port "discard": nothing listens there


def a_letter() -> None:
    Letter.objects.create(to="marta@example.org", subject="Your code", body="123456", held_until=timezone.now())


def test_letters_leave_while_the_index_is_away(db, settings, mailoutbox):
    settings.SEARCH_URL = NOWHERE
    a_case_study("Lantern walk")
    a_letter()

    Worker().turn()

    assert [mail.subject for mail in mailoutbox] == ["Your code"]
    assert OutboxRow.objects.count() == 1


def test_what_waited_for_the_index_follows_when_it_is_back(db, settings, monkeypatch):
    monkeypatch.setattr("portal.duties.FIRST_PAUSE", 0.0)
    a_case_study("Lantern walk 1")
    indexer.drain()
    here, settings.SEARCH_URL = settings.SEARCH_URL, NOWHERE
    a_case_study("Lantern walk 2")
    worker = Worker()
    worker.turn()
    settings.SEARCH_URL = here

    worker.turn()

    assert not OutboxRow.objects.exists()
    assert engines.engine().digests() == indexer.expected()


def test_letters_leave_while_the_index_is_built_anew(db, monkeypatch, mailoutbox):
    for number in range(3):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    runs.ask_for(IndexRun.Kind.REBUILD)
    monkeypatch.setattr(duties, "_duties", [("letters", 0.0, letters.send_waiting)])
    left = []

    def written_meanwhile(entries=indexer.as_written_and_held):
        for entry in entries():
            a_letter()
            yield entry
            left.append((len(mailoutbox), bool(runs.under_way(IndexRun.Kind.REBUILD))))

    monkeypatch.setattr(indexer, "as_written_and_held", written_meanwhile)
    Worker().turn()

    assert runs.last_ended(IndexRun.Kind.REBUILD).outcome == {"entries": 3}
    assert left[:3] == [(1, True), (2, True), (3, True)]


def test_what_is_due_is_published_while_the_index_is_away(db, settings):
    settings.SEARCH_URL = NOWHERE
    page = a_case_study("Lantern walk", live=False, go_live_at=timezone.now() - timedelta(minutes=1))
    page.save_revision(approved_go_live_at=page.go_live_at)

    Worker().turn()

    page.refresh_from_db()
    assert page.live
