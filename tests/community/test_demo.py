"""The demonstration of the community: there after one load, the same after two, silent, and gone again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from community.attention import due
from community.demo import loader, material
from community.models import Event, Group, LogEntry, Membership, Notification, Offer, Post, Thread, Watch
from people.access import audience_of
from practices.models import CaseStudy
from search import engines, indexer
from search.query import Query
from tests.factories import a_case_study

HIDDEN_WORD = "deurvraag"  # in the hidden group only
OPEN_WORD = "wykrywacz"
KINDS = (Thread, Post, Group, Membership, Event, Offer, Notification, Watch)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in KINDS}


def studies_named() -> set[str]:
    """The case studies the content needs."""
    threads = material.content("threads")
    texts = [text for data in threads for text in (data["text"], *(post["text"] for post in data.get("posts", ())))]
    keys = {key for text in texts for kind, key in material.NAMED.findall(text) if kind == "study"}
    keys |= {data["case_study"] for data in threads if data.get("case_study")}
    return keys | {key for group in material.content("groups") for key in group.get("case_studies", ())}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Once for all tests here, and rolled back: each sees it inside a transaction of its own."""
    with django_db_blocker.unblock(), override_settings(DATA_DIR=tmp_path_factory.mktemp("demo")), transaction.atomic():
        for key in sorted(studies_named()):
            a_case_study(language=key.partition("-")[0], source_key=f"demo:{key}", is_demo=True)
        count = loader.load()
        yield count
        transaction.set_rollback(True)


def test_the_whole_content_is_there(loaded, db):
    there = counts()
    wanted = {name: len(material.content(name)) for name in ("groups", "threads", "events", "offers")}

    assert loaded == sum(wanted.values())
    assert [there["Group"], there["Thread"], there["Event"], there["Offer"]] == list(wanted.values())
    assert there["Post"] == sum(1 + len(data.get("posts", ())) for data in material.content("threads"))
    assert Post.objects.exclude(state=Post.State.SHOWN).count() == 0
    assert Post.objects.order_by().values("language").distinct().count() == 24


def test_it_looks_like_a_year_and_not_like_one_minute(loaded, db):
    now = timezone.now()
    clinic = Thread.objects.exclude(clinic_outcome="").get()

    assert Thread.objects.filter(created_at__lt=now - timedelta(days=300)).exists()
    assert not Post.objects.filter(created_at__gt=now).exists()
    assert {thread.expert.name for thread in Thread.objects.exclude(expert=None)} == {"Kadri Lepik", "Maja Zupan"}
    assert clinic.accepted.author == clinic.expert
    assert Thread.objects.unanswered_for(timedelta(days=14)).count() == 2
    assert Group.objects.exclude(delivered_at=None).get().due_on > now.date()
    assert [Event.objects.past().count(), Event.objects.coming().count()] == [1, 8]


def test_a_link_to_a_case_study_has_its_title_and_a_quote_the_name_of_who_is_quoted(loaded, db):
    study = CaseStudy.objects.get(source_key="demo:pl-3")
    answer, quote = Post.objects.filter(thread__title__startswith="When is it fair").order_by("number")[1:3]

    assert f'href="{study.url}"' in answer.html
    assert f">{study.title}</a>" in answer.html
    assert ">Agnieszka Wrona #2</a>" in quote.html
    assert not Post.objects.filter(source__contains="{").exists()


def test_loading_it_again_adds_nothing(loaded, db):
    before = counts()

    assert loader.load() == 0
    assert counts() == before


def test_nobody_is_mailed(loaded, db, mailoutbox):
    now = timezone.now()

    assert Notification.objects.count() > 100
    assert due.at_once(now) == due.for_digests(now + timedelta(days=8)) == []
    assert mailoutbox == []


def test_what_the_hidden_group_writes_is_in_no_public_search(loaded, db):
    indexer.rebuild()
    found = {
        (person, word): engines.engine().find(Query(text=word).of_kind("thread"), audience_of(viewer)).total
        for person, viewer in (("public", None), ("member", Group.objects.get(access="hidden").created_by))
        for word in (HIDDEN_WORD, OPEN_WORD)
    }

    assert found[("public", HIDDEN_WORD)] == 0
    assert found[("public", OPEN_WORD)] >= 1
    assert found[("member", HIDDEN_WORD)] >= 1


def test_removing_takes_it_all_away(loaded, db):
    loader.remove()

    assert counts() == dict.fromkeys(counts(), 0)
    assert not LogEntry.objects.exists()
    assert material.members().exists()
