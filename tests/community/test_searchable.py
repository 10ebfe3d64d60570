"""What the community puts into search: found by who may read it, by nobody else, in every channel search has."""

from datetime import timedelta

import pytest

from community.groups import actions as groups
from community.moderation import permissions  # noqa: F401 - the package is loaded as in a running portal
from community.threads import actions as threads
from people.access import audience_of
from search import engines, indexer
from search.models import Change
from search.query import Query
from tests.factories import a_case_study, a_member, concepts
from tests.factories.community import a_group, a_reply, a_thread, join
from tests.factories.events import an_event

CANARY = "qwintelberg"


def found(person, kind: str, text: str = CANARY) -> int:
    indexer.drain()
    return engines.engine().find(Query(text=text).of_kind(kind), audience_of(person)).total


def test_a_thread_is_found_by_every_word_of_its_posts_in_their_languages(db):
    thread = a_thread("Lantern schools", text="Who has tried it?", concepts=tuple(concepts("topic", "rural-education")))
    a_reply(thread, f"Wir haben {CANARY} versucht.", language="de")
    indexer.drain()

    results = engines.engine().find(Query(text=CANARY).of_kind("thread"), audience_of(None))

    assert [hit.title for hit in results.hits] == ["Lantern schools"]
    assert {bucket.value: bucket.count for bucket in results.facets["topic"]} == {"rural-education": 1}
    assert {bucket.value: bucket.count for bucket in results.facets["text"]} == {"de": 1, "en": 1}


def test_what_members_only_read_is_found_by_them_alone_until_they_leave(db):
    owner, person, stranger = a_member(), a_member(), a_member()
    group = a_group(owner=owner, access="hidden", aim=f"About {CANARY}.")
    join(group, person)
    a_thread(f"About {CANARY}", by=owner, group=group)

    before = [found(one, kind) for one in (None, stranger, person) for kind in ("thread", "group")]
    groups.leave(group, by=person)

    assert before == [0, 0, 0, 0, 1, 1]
    assert [found(person, "thread"), found(person, "group")] == [0, 0]


@pytest.mark.parametrize("verb", ["archive", "close"])
def test_a_closed_group_leaves_the_search_of_others_and_an_archived_one_stays(db, verb):
    owner = a_member()
    group = a_group(owner=owner)
    a_thread(f"About {CANARY}", by=owner, group=group)
    before = found(None, "thread")

    getattr(groups, verb)(group, by=owner)

    assert before == 1
    assert found(None, "thread") == (1 if verb == "archive" else 0)
    assert found(owner, "thread") == 1


def test_deleted_words_are_found_no_more(db):
    thread, person = a_thread("Lantern schools"), a_member()
    post = a_reply(thread, CANARY, by=person)
    before = found(None, "thread")

    threads.delete(post, by=person)

    assert (before, found(None, "thread")) == (1, 0)


def test_a_thread_below_a_withdrawn_case_study_is_found_by_nobody(db):
    study = a_case_study("Village server")
    a_thread(f"About {CANARY}", case_study=study)
    before = found(None, "thread")

    study.unpublish()

    assert (before, found(None, "thread")) == (1, 0)


def test_case_studies_are_searched_alone_unless_another_kind_is_named(db, client):
    a_case_study(f"About {CANARY}")
    a_thread(f"About {CANARY}")
    indexer.drain()

    assert client.get(f"/api/practices/?q={CANARY}").json()["count"] == 1
    assert client.get(f"/en/search/?q={CANARY}&kind=thread").content.decode().count("/community/threads/") == 1


def news() -> set[str]:
    indexer.drain()
    keys = set(Change.objects.exclude(at=None).values_list("key", flat=True))
    Change.objects.update(at=None)
    return keys


def test_a_post_is_news_of_its_thread_and_a_member_more_no_news_of_a_group(db):
    thread, group = a_thread(), a_group(access="open")
    known = news()

    join(group, a_member())
    joined = news()
    a_reply(thread)

    assert (known, joined, news()) == ({thread.search_key, group.search_key}, set(), {thread.search_key})


def test_another_hour_of_an_event_is_news(db):
    event = an_event()
    news()

    event.starts_at += timedelta(hours=1)
    event.save()

    assert news() == {event.search_key}
