"""When a visit begins and ends, and what is new since the one before."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from search import indexer
from search.models import Change, Visit
from search.watching import changes
from tests.factories import a_case_study, a_member

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def at(minutes: float):
    return time_machine.travel(NOON + timedelta(minutes=minutes), tick=False)


def moments() -> tuple:
    visit = Visit.objects.get()
    return tuple(
        moment and round((moment - NOON).total_seconds() / 60)
        for moment in (visit.began_at, visit.last_at, visit.before_at)
    )


@pytest.fixture
def person(client, db):
    person = a_member()
    client.force_login(person)
    return person


def test_a_visit_goes_on_until_half_an_hour_without_a_page(client, person):
    seen = []
    for minute in (0, 20, 45, 80, 90):
        with at(minute):
            client.get("/en/about/")
            seen.append(moments())

    assert seen == [(0, 0, None), (0, 20, None), (0, 45, None), (80, 80, 45), (80, 90, 45)]


def test_it_is_noted_once_in_five_minutes(client, person, django_assert_num_queries):
    with at(0):
        client.get("/en/about/")
    with at(4):
        client.get("/en/about/")
        assert moments() == (0, 0, None)
    with at(5):
        client.get("/en/about/")
        assert moments() == (0, 5, None)


@pytest.mark.parametrize(
    "path, headers",
    [
        ("/api/practices/", {}),
        ("/en/search/feed.atom", {}),
        ("/health/live", {}),
        ("/en/search/", {"HX-Request": "true"}),
        ("/en/search/suggest/?q=a", {"Sec-Fetch-Dest": "empty"}),
    ],
)
def test_what_scripts_and_machines_fetch_is_no_visit(client, person, path, headers):
    client.get(path, headers=headers)

    assert not Visit.objects.exists()


def test_visitors_leave_nothing_behind(client, db):
    client.get("/en/about/")

    assert not Visit.objects.exists()


def fresh(client) -> list[str]:
    page = client.get("/en/").content.decode()
    section = re.search(r'<section aria-labelledby="home-fresh">(.*?)</section>', page, re.DOTALL)
    return re.findall(r"<h3 lang[^>]*><a[^>]*>(.+?)</a>", section.group(1)) if section else []


def test_the_home_page_shows_the_five_latest_changes_since_the_visit_before(client, person):
    with at(0):
        a_case_study("Known already")
        indexer.drain()
        Change.objects.update(at=NOON - timedelta(days=1))
        assert fresh(client) == []
    for number in range(1, 8):
        with at(number):
            a_case_study(f"New {number}")
            indexer.drain()
    with at(60):
        assert fresh(client) == ["New 7", "New 6", "New 5", "New 4", "New 3"]


def test_the_home_page_shows_nobody_what_is_not_for_her(client, person):
    with at(0):
        client.get("/en/")
    with at(1):
        a_case_study("Zebrafish for members").view_restrictions.create(restriction_type="login")
        a_case_study("Zebrafish for nobody").view_restrictions.create(restriction_type="groups")
        a_case_study("Zebrafish for all")
        indexer.drain()
    with at(60):
        assert sorted(fresh(client)) == ["Zebrafish for all", "Zebrafish for members"]
        client.logout()
        assert fresh(client) == []


def test_many_changes_of_another_kind_hide_no_case_study(client, person):
    with at(0):
        client.get("/en/")
    with at(1):
        a_case_study("New study")
        indexer.drain()
        later = NOON + timedelta(minutes=2)
        Change.objects.bulk_create(Change(key=f"thread:{number}", at=later) for number in range(1000))
    with at(60):
        assert fresh(client) == ["New study"]


def test_many_changes_she_may_not_see_hide_none_she_may(client, person, monkeypatch):
    monkeypatch.setattr(changes, "PAGE", 4)
    with at(0):
        client.get("/en/")
    with at(1):
        a_case_study("Zebrafish for all")
        indexer.drain()
    with at(2):
        for _number in range(9):
            a_case_study("Zebrafish for nobody").view_restrictions.create(restriction_type="groups")
        indexer.drain()
    with at(60):
        assert fresh(client) == ["Zebrafish for all"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_asks_the_database_the_same_for_one_as_for_three(
    client, person, django_assert_num_queries, count
):
    with at(0):
        client.get("/en/")
    with at(1):
        for number in range(count):
            a_case_study(f"New {number}")
        indexer.drain()
    with at(60):
        client.get("/en/")
    with at(61):
        client.get("/en/")
        with django_assert_num_queries(38):
            assert len(fresh(client)) == count
