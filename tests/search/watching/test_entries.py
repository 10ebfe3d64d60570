"""Entries held for a while are never older than what the database says of them."""

import pytest

from search import indexer
from search.watching.entries import Held, seen_by
from tests.factories import a_case_study

PUBLIC = frozenset({"public"})


@pytest.fixture
def page(db):
    page = a_case_study("Zebrafish")
    indexer.drain()
    return page


def seen(held, page) -> list[str]:
    return [entry.texts[0].title for entry in seen_by(PUBLIC, held.of([page.search_key]), [page.search_key])]


@pytest.mark.parametrize("is_indexed", [False, True])
def test_a_restriction_is_seen_at_once_before_and_after_it_is_indexed(page, is_indexed):
    held = Held()
    assert seen(held, page) == ["Zebrafish"]

    page.view_restrictions.create(restriction_type="login")
    if is_indexed:
        indexer.drain()

    assert seen(held, page) == []


def test_what_is_deleted_meanwhile_is_gone(page):
    held = Held()
    assert seen(held, page) == ["Zebrafish"]

    page.delete()
    indexer.drain()

    assert seen(held, page) == []


def test_what_is_likely_to_be_asked_for_is_read_along(page, django_assert_num_queries):
    other = a_case_study("Otter")
    indexer.drain()
    held = Held([page.search_key, other.search_key])
    held.of([page.search_key])

    with django_assert_num_queries(2):
        assert seen(held, other) == ["Otter"]
