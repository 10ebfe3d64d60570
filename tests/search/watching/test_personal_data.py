"""A member takes her saved searches away, and they go with her account."""

from django.utils import timezone

from people import actions, personal_data
from search.models import SavedSearch, Told, Visit
from tests.factories import a_member
from tests.factories.watching import a_saved_search


def a_person_with_everything():
    person = a_member()
    saved = a_saved_search("q=lantern&country=PT", person=person, name="Lights", language="fi")
    Told.objects.create(saved=saved, key="practice:1")
    now = timezone.now()
    Visit.objects.create(person=person, began_at=now, last_at=now)
    return person, saved


def test_the_export_holds_searches_what_was_told_and_visits(db):
    person, saved = a_person_with_everything()
    a_saved_search(name="Somebody else's")

    held = personal_data.export(person)["searches"]

    assert [(row["name"], row["address"], row["messages"]) for row in held["saved"]] == [
        ("Lights", "/fi/search/?q=lantern&country=PT", "at-once")
    ]
    assert held["saved"][0]["feed"].endswith(f"{saved.token}.atom")
    assert [row["key"] for row in held["saved"][0]["told"]] == ["practice:1"]
    assert sorted(held["visit"]) == ["began_at", "last_at"]


def test_an_account_deleted_takes_them_along(db):
    person, _saved = a_person_with_everything()
    others = a_saved_search()

    actions.delete_account(person)

    assert list(SavedSearch.objects.all()) == [others]
    assert (Told.objects.count(), Visit.objects.count()) == (0, 0)
