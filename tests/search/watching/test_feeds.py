"""The feed of a saved search: open to who has its address, so it holds what everybody may see."""

import re
import uuid
from datetime import UTC, datetime

import pytest
import time_machine

from search import indexer
from search.models import Change, OutboxRow
from tests.factories import a_case_study, a_member, concepts
from tests.factories.watching import a_saved_search


@pytest.fixture
def two(db):
    a_case_study("Lantern for all")
    a_case_study("Lantern for members").view_restrictions.create(restriction_type="login")
    indexer.drain()


def test_it_shows_what_is_public_whoever_asks(client, two):
    saved = a_saved_search("q=lantern", name="Lights")
    address = f"/en/search/saved/{saved.token}.atom"

    as_visitor = client.get(address).content.decode()
    client.force_login(saved.person)
    as_owner = client.get(address).content.decode()

    for feed in (as_visitor, as_owner):
        assert "<title>Lights</title>" in feed
        assert ("Lantern for all" in feed, "Lantern for members" in feed) == (True, False)


def test_it_asks_in_the_language_the_search_was_saved_in(client, db):
    a_case_study("Yhteydet", language="fi", topics=(), factors=())
    a_case_study("Other", topics=(), factors=())
    indexer.drain()
    saved = a_saved_search("q=yhteys", language="fi")

    feed = client.get(f"/en/search/saved/{saved.token}.atom").content.decode()

    assert ("Yhteydet" in feed, "Other" in feed) == (True, False)


def test_a_token_nobody_has_and_one_of_a_suspended_member_open_nothing(client, two):
    suspended = a_saved_search(person=a_member(is_active=False))

    for token in (uuid.uuid4(), suspended.token):
        assert client.get(f"/en/search/saved/{token}.atom").status_code == 404


def test_a_question_that_lost_its_filter_says_so_and_shows_nothing_instead_of_everything(client, two):
    saved = a_saved_search("level=isced-99")

    feed = client.get(f"/en/search/saved/{saved.token}.atom").content.decode()

    assert "A part of this search no longer exists." in feed
    assert "<entry" not in feed


def entries_of(client, saved) -> list[tuple[str, str]]:
    """(title, day it was updated)"""
    feed = client.get(f"/en/search/saved/{saved.token}.atom").content.decode()
    parts = feed.split("<entry")[1:]
    return [(re.search("<title>(.*?)</title>", part)[1], re.search("<updated>(.{10})", part)[1]) for part in parts]


def on(day: int):
    return time_machine.travel(datetime(2026, 3, day, 12, tzinfo=UTC), tick=False)


def an_old_one(title: str, day: int):
    return a_case_study(title, countries=["FI"], first_published_at=datetime(2025, 1, day, tzinfo=UTC))


def test_it_tells_of_what_changed_the_latest_first_however_old_it_is(client, db):
    old = an_old_one("Old", 1)
    with on(1):
        for number in range(25):
            a_case_study(f"New {number:02}", countries=["PT"], first_published_at=datetime(2026, 2, 1, tzinfo=UTC))
        indexer.drain()
    saved = a_saved_search("country=PT")

    with on(2):
        old.countries = concepts("country", "PT")
        old.save()
        indexer.drain()

    found = entries_of(client, saved)
    assert found[0] == ("Old", "2026-03-02")
    assert (len(found), {day for _title, day in found[1:]}) == (26, {"2026-03-01"})


def test_more_than_a_page_of_news_is_told(client, db):
    saved = a_saved_search()
    for _number in range(55):
        a_case_study()
    indexer.drain()

    assert len(entries_of(client, saved)) == 50


def test_where_nothing_is_noted_the_newest_answers_are_there(client, db):
    for day in (1, 2, 3):
        an_old_one(f"Of day {day}", day)
    OutboxRow.objects.all().delete()
    indexer.rebuild()
    saved = a_saved_search()

    assert entries_of(client, saved) == [
        ("Of day 3", "2025-01-03"), ("Of day 2", "2025-01-02"), ("Of day 1", "2025-01-01"),
    ]  # fmt: skip


def test_what_is_restricted_meanwhile_is_not_in_it(client, db):
    saved = a_saved_search()
    pages = [a_case_study("Zebrafish"), an_old_one("Otter", 1), an_old_one("Heron", 2)]
    indexer.drain()
    Change.objects.filter(key=pages[1].search_key).update(at=None)
    for page in pages[:2]:
        page.view_restrictions.create(restriction_type="login")

    assert [title for title, _day in entries_of(client, saved)] == ["Heron"]


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_database_the_same_for_one_as_for_three(client, db, django_assert_num_queries, count):
    saved = a_saved_search()
    for _number in range(count):
        a_case_study()
    indexer.drain()
    entries_of(client, saved)

    with django_assert_num_queries(15):
        assert len(entries_of(client, saved)) == count
