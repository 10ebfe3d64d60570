"""The index compared with the database: what differs is asked for anew, what is under way is left alone."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from practices.models import CaseStudy
from search import engines, indexer, reconciling
from search.models import IndexRun, OutboxRow
from search.upkeep import Upkeep
from tests.factories import a_case_study
from tests.factories.kinds import only_kind

NOTHING = {"missing": 0, "stale": 0, "surplus": 0}


@pytest.fixture
def three(db):
    pages = [a_case_study(f"Lantern walk {number}") for number in (1, 2, 3)]
    indexer.drain()
    return pages


@pytest.fixture
def askew(three):
    """An index that lacks the first, has the second as it was, and keeps a fourth nobody knows. -> (their keys)"""
    missing, stale, _right = three
    engine = engines.engine()
    engine.drop([missing.search_key])
    CaseStudy.objects.filter(pk=stale.pk).update(title="Changed behind its back")
    gone = a_case_study("Lantern walk 4")
    indexer.drain()
    CaseStudy.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    assert not OutboxRow.objects.exists()
    return missing.search_key, stale.search_key, gone.search_key


def keys_waiting() -> list[str]:
    return list(OutboxRow.objects.values_list("key", flat=True))


def test_what_is_missing_stale_and_surplus_is_told_apart_and_follows(askew):
    found = reconciling.reconcile()

    assert (found.missing, found.stale, found.surplus) == tuple((key,) for key in askew)
    assert keys_waiting() == list(askew)
    indexer.drain()
    assert engines.engine().digests() == indexer.expected()
    assert reconciling.differences().figures() == {"compared": 3, **NOTHING}


def test_a_comparison_is_written_down(askew):
    reconciling.reconcile()

    run = IndexRun.objects.get(kind=IndexRun.Kind.RECONCILE)
    assert (run.done, run.total, run.outcome) == (3, 3, {"compared": 3, "missing": 1, "stale": 1, "surplus": 1})
    assert run.finished_at is not None


def test_a_dry_run_only_tells(askew):
    out = StringIO()

    call_command("reconcile", dry_run=True, stdout=out)

    assert out.getvalue() == "3 entries: 1 missing, 1 stale, 1 surplus.\nNothing was changed.\n"
    assert keys_waiting() == []
    assert not IndexRun.objects.filter(kind=IndexRun.Kind.RECONCILE).exists()


def test_the_command_tells_what_it_did_and_which(askew):
    out = StringIO()

    call_command("reconcile", verbosity=2, stdout=out)

    first, *keys, last = out.getvalue().splitlines()
    assert first == "3 entries: 1 missing, 1 stale, 1 surplus."
    assert keys == list(askew)
    assert last == "They are in the outbox; the worker indexes them."


def test_without_an_index_the_command_says_what_to_do(db):
    with pytest.raises(CommandError, match=r"Run: manage\.py rebuild_index"):
        call_command("reconcile", stdout=StringIO())

    assert "error" in IndexRun.objects.get(kind=IndexRun.Kind.RECONCILE).outcome


def test_what_waits_in_the_outbox_is_no_difference(three):
    for page in three:
        page.title += ", told again"
        page.save()
    three[0].delete()
    a_case_study("Lantern walk 4")

    assert reconciling.differences().figures() == {"compared": 3, **NOTHING}


@pytest.mark.parametrize("follow", [indexer.drain, lambda: None], ids=["indexed at once", "still waiting"])
def test_what_changes_while_it_is_compared_is_no_difference(three, follow):
    def meanwhile(items, _total):
        for number, item in enumerate(items):
            yield item
            if number == 1:
                for page in three:
                    page.title += ", told again"
                    page.save()
                three[0].delete()
                a_case_study("Lantern walk 4")
                follow()

    assert {**reconciling.differences(meanwhile).figures(), "compared": 3} == {"compared": 3, **NOTHING}


def test_what_changes_between_the_two_looks_is_no_difference(askew, monkeypatch):
    """The second look asks the database twice: a change between is the outbox's affair."""
    missing, _stale, gone = askew
    page = CaseStudy.objects.get(title="Changed behind its back")
    ask = reconciling._waiting

    def and_change(keys):
        waiting = ask(keys)
        page.title = "Changed again"
        page.save()
        return waiting

    monkeypatch.setattr(reconciling, "_waiting", and_change)
    found = reconciling.differences()

    assert (found.missing, found.stale, found.surplus) == ((missing,), (), (gone,))


@pytest.mark.parametrize("count", [1, 3])
def test_a_comparison_asks_the_database_the_same_for_one_entry_as_for_three(
    db, django_assert_num_queries, count, monkeypatch
):
    only_kind(monkeypatch, "practice")
    for number in range(count):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    reconciling.differences()

    with django_assert_num_queries(18):
        assert reconciling.differences().figures() == {"compared": count, **NOTHING}


def test_the_worker_compares_once_a_day(askew):
    for hours, expected in ((0, 1), (23, 1), (25, 2)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            Upkeep().turn()
        assert IndexRun.objects.filter(kind=IndexRun.Kind.RECONCILE).count() == expected

    assert keys_waiting() == list(askew)  # what waits is not asked for twice


def test_a_comparison_that_failed_is_made_again(three, monkeypatch):
    def broken(items, _total):
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        reconciling.reconcile(broken)
    Upkeep().turn()

    runs = IndexRun.objects.filter(kind=IndexRun.Kind.RECONCILE).order_by("pk")
    assert [run.outcome for run in runs] == [{"error": "RuntimeError: power cut"}, {"compared": 3, **NOTHING}]


def test_changes_don_t_wait_for_the_end_of_a_comparison(three, monkeypatch):
    monkeypatch.setattr("search.upkeep.BETWEEN", 1)
    three[0].title = "Told again"
    three[0].save()

    Upkeep().turn()

    assert keys_waiting() == []


def test_a_worker_asked_to_stop_stops_comparing_and_building(three):
    Upkeep(stopping=lambda: True).turn()

    run = IndexRun.objects.get(kind=IndexRun.Kind.RECONCILE)
    assert (run.done, run.outcome) == (0, {"error": "Stopped"})
