"""The feed of a saved search: open to who has its address, so it holds what everybody may see."""

import uuid

import pytest

from search import indexer
from tests.factories import a_case_study, a_member
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
    assert "<entry>" not in feed
