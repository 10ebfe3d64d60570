"""What is news: an entry that says something else than before, or to others. Not that something was saved."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from search import indexer, reconciling
from search.models import Change, MachineText, OutboxRow
from search.translating import texts
from search.watching import changes, entries
from search.watching.alerts import Alerts
from tests.factories import a_case_study, concepts
from tests.factories.watching import a_saved_search


@pytest.fixture
def page(db):
    """It is known, and nobody has been told of it."""
    page = a_case_study("Lantern walks", countries=["PT"])
    indexer.drain()
    Change.objects.update(at=None)
    return page


def is_news(page) -> bool:
    indexer.drain()
    news = changes.since(timezone.now() - timedelta(hours=1))
    Change.objects.update(at=None)
    return page.search_key in news


def keep_a_draft(page) -> None:
    page.title = "Draft"
    page.save_revision()


def lock(page) -> None:
    page.locked = True
    page.save()


def save_as_it_was(page) -> None:
    page.save()


def touch(page) -> None:
    OutboxRow.objects.create(key=page.search_key)


def publish_the_same_again(page) -> None:
    page.save_revision().publish()


def rename_its_address(page) -> None:
    page.slug = "walks-with-lanterns"
    page.save()


def write_other_words(page) -> None:
    page.title = "Lamp walks"
    page.save()


def choose_another_country(page) -> None:
    page.countries = concepts("country", "FI")
    page.save()


def translate(page) -> None:
    key = page.translation_key
    a_case_study("Lyhtykävelyt", language="fi", source_language="en", translation_key=key)


def restrict(page) -> None:
    page.view_restrictions.create(restriction_type="login")


@pytest.mark.parametrize(
    "happens", [keep_a_draft, lock, save_as_it_was, touch, publish_the_same_again, rename_its_address]
)
def test_what_leaves_its_words_as_they_were_is_no_news(page, happens):
    happens(page)

    assert OutboxRow.objects.exists()
    assert not is_news(page)


@pytest.mark.parametrize("happens", [write_other_words, choose_another_country, translate, restrict])
def test_other_words_facets_languages_and_readers_are_news(page, happens):
    happens(page)

    assert is_news(page)


def test_what_opens_for_everybody_is_news(page):
    restrict(page)
    restricted = is_news(page)
    page.view_restrictions.all().delete()

    assert (restricted, is_news(page)) == (True, True)


def test_what_was_withdrawn_and_comes_back_is_news(page):
    page.unpublish()
    withdrawn = is_news(page)
    page.save_revision().publish()

    assert (withdrawn, is_news(page)) == (False, True)


def test_a_draft_is_news_once_it_is_published(db):
    page = a_case_study("Lantern walks", live=False)
    unpublished = is_news(page)
    page.save_revision().publish()

    assert (unpublished, is_news(page)) == (False, True)


def test_a_machine_translation_that_arrives_is_no_news(page, settings):
    settings.TRANSLATOR, settings.TRANSLATE_INTO = "tests.search.translating.test_translating.Backwards", ["fi"]
    (entry,) = entries.of([page.search_key]).values()
    MachineText.objects.create(
        key=page.search_key,
        language="fi",
        digest=texts.digest(texts.original(entry)),
        title="Lyhtykävelyt",
        made_at=timezone.now(),
    )
    touch(page)

    assert not is_news(page)


def test_an_alert_tells_what_was_published_not_what_was_drafted(page, mailoutbox):
    a_saved_search("country=PT")
    page.title = "Lamp walks"
    page.save_revision()
    indexer.drain()
    drafted = Alerts().turn()

    page.get_latest_revision().publish()
    indexer.drain()

    assert (drafted, Alerts().turn()) == (0, 1)
    assert re.findall(r"^\* (.+)$", mailoutbox[0].body, re.MULTILINE) == ["Lamp walks"]


def test_what_an_index_was_built_of_is_known(page):
    Change.objects.all().delete()
    indexer.rebuild()
    lock(page)
    locked = is_news(page)
    write_other_words(page)

    assert (locked, is_news(page)) == (False, True)


def test_what_waits_while_an_index_is_built_is_news_afterwards(page):
    write_other_words(page)
    other = a_case_study("New meanwhile")
    indexer.rebuild()

    indexer.drain()

    assert set(changes.since(timezone.now() - timedelta(hours=1))) == {page.search_key, other.search_key}


def test_a_rebuild_takes_over_what_its_entries_say_without_telling_of_it(page):
    Change.objects.update(digest="as another release reckoned it")

    indexer.rebuild()
    lock(page)

    assert not is_news(page)


@pytest.mark.parametrize("before", ["nothing was noted", "no digests were noted"])
def test_after_an_upgrade_one_comparison_knows_what_the_index_holds(page, before):
    Change.objects.update(digest="")
    if before == "nothing was noted":
        Change.objects.all().delete()

    reconciling.reconcile()
    lock(page)
    locked = is_news(page)
    write_other_words(page)

    assert (locked, is_news(page)) == (False, True)


def test_a_comparison_does_not_take_for_known_what_the_index_lacks(page):
    missing = a_case_study("Lost on its way")
    OutboxRow.objects.all().delete()

    reconciling.reconcile()

    assert is_news(missing)


def test_until_then_what_is_touched_counts_as_changed(page):
    Change.objects.update(digest="")
    touch(page)

    assert is_news(page)


def test_what_changed_after_it_was_read_for_a_rebuild_is_not_taken_for_what_it_was(page):
    learning = changes.Learning()
    learning.add(entries.of([page.search_key])[page.search_key])
    write_other_words(page)
    indexer.drain()
    learning.finish()
    Change.objects.update(at=None)

    lock(page)

    assert not is_news(page)
