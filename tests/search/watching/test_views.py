"""Saving a search, the list of saved searches, and the links in mails."""

import re
from urllib.parse import urlencode

import pytest

from search import indexer
from search.models import SavedSearch
from search.watching import actions, stopping
from tests.factories import a_case_study, a_member
from tests.factories.watching import a_saved_search

Cadence = SavedSearch.Cadence


@pytest.fixture
def person(client, db):
    person = a_member()
    client.force_login(person)
    return person


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def test_the_search_page_leads_to_saving_with_a_name_proposed(client, person):
    a_case_study("Rural lantern")
    indexer.drain()

    page = client.get("/fi/search/?q=lantern&country=PT&sort=evidence&page=1").content.decode()
    link = re.search(r'href="(/fi/my/searches/new/[^"]*)"', page).group(1)
    form = client.get(link.replace("&amp;", "&")).content.decode()

    assert link == "/fi/my/searches/new/?q=lantern&amp;country=PT"
    assert 'value="lantern · Portugali"' in form


def test_a_search_without_answers_offers_to_tell_when_there_is_one(client, db):
    a_case_study()
    indexer.drain()

    page = client.get("/en/search/?q=zebrafish").content.decode()

    assert re.search(r'Do you want a mail when there is an answer\? <a href="/en/my/searches/new/\?q=zebrafish"', page)


def test_a_visitor_signs_in_first_and_comes_back(client, db):
    response = client.get("/en/my/searches/new/?q=lantern&country=PT")

    assert response.headers["Location"] == "/en/accounts/login/?" + urlencode(
        {"next": "/en/my/searches/new/?q=lantern&country=PT"}, safe="/"
    )


def test_saving_keeps_the_question_its_language_and_how_often_to_tell(client, person):
    client.post(
        "/fi/my/searches/new/?country=PT&q=lantern&country=FI&page=3&sort=newest",
        {"name": "  Lyhdyt \n kylissä ", "cadence": "daily"},
    )

    saved = SavedSearch.objects.get()
    assert (saved.person, saved.name, saved.language, saved.cadence, saved.question) == (
        person, "Lyhdyt kylissä", "fi", Cadence.DAILY, "q=lantern&country=FI&country=PT",
    )  # fmt: skip


def test_a_name_and_a_cadence_are_needed_and_nothing_is_lost(client, person):
    response = client.post("/en/my/searches/new/?q=lantern", {"name": " ", "cadence": "hourly"})

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("field--error") == 2
    assert "<p>lantern</p>" in page
    assert not SavedSearch.objects.exists()


def test_the_same_search_is_saved_once(client, person):
    a_saved_search("q=lantern", person=person, name="Lights")

    for method in (client.get, client.post):
        page = method("/en/my/searches/new/?q=lantern", follow=True).content.decode()
        assert "You have saved this search already: Lights" in page
    assert SavedSearch.objects.count() == 1


def test_there_is_a_limit_and_what_to_do_is_said(client, person, monkeypatch):
    monkeypatch.setattr(actions, "LIMIT", 2)
    a_saved_search("q=one", person=person)
    a_saved_search("q=two", person=person)
    a_saved_search("q=of somebody else")

    page = client.post("/en/my/searches/new/?q=three", {"name": "x", "cadence": "daily"}, follow=True).content.decode()

    assert "You can keep 2 saved searches. Delete one first." in page
    assert SavedSearch.objects.filter(person=person).count() == 2


def test_the_list_tells_what_is_new_and_where_each_leads(client, person):
    saved = a_saved_search("country=PT", person=person, name="Portugal", language="fi")
    a_saved_search("country=MT", person=person, name="Malta")
    a_saved_search("country=PT", name="Somebody else's")
    a_case_study(countries=["PT"])
    a_case_study(countries=["PT"])
    indexer.drain()

    page = client.get("/en/my/searches/").content.decode()

    assert '<h2><a href="/fi/search/?country=PT">Portugal</a></h2>' in page
    assert f"/fi/search/saved/{saved.token}.atom" in page
    assert re.findall(r"(\d+) new since your last visit", page) == ["2"]
    assert "Somebody else" not in page


def test_the_list_says_what_can_no_longer_be_asked(client, person):
    a_saved_search("level=isced-99", person=person)
    indexer.drain()

    page = client.get("/en/my/searches/").content.decode()

    assert "A part of this search no longer exists. Open it, choose anew and save it again." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_for_one_as_for_three(client, person, django_assert_num_queries, count):
    for number in range(count):
        a_saved_search(f"q=lantern+{number}&country=PT", person=person, name=f"Search {number}")
    a_case_study("Lantern")
    indexer.drain()
    client.get("/en/my/searches/")

    with django_assert_num_queries(15):
        page = client.get("/en/my/searches/").content.decode()

    assert page.count('name="s') == 2 * count


def test_name_and_cadence_are_changed_in_place(client, person):
    saved = a_saved_search("q=lantern", person=person, cadence=Cadence.NEVER)

    client.post(f"/en/my/searches/{saved.pk}/", {f"s{saved.pk}-name": "Lights", f"s{saved.pk}-cadence": "weekly"})

    after = SavedSearch.objects.get()
    assert (after.name, after.cadence) == ("Lights", Cadence.WEEKLY)
    assert after.asked_until > saved.asked_until  # messages begin with what changes from now on


def test_a_change_that_can_t_be_kept_is_shown_beside_its_search(client, person):
    saved = a_saved_search("q=lantern", person=person, name="Lights")

    response = client.post(f"/en/my/searches/{saved.pk}/", {f"s{saved.pk}-name": "", f"s{saved.pk}-cadence": "daily"})

    page = response.content.decode()
    assert response.status_code == 422
    assert ">Lights</a></h2>" in page
    assert "This field is required." in page
    assert SavedSearch.objects.get().name == "Lights"


def test_deleting_asks_first(client, person):
    saved = a_saved_search(person=person)
    address = f"/en/my/searches/{saved.pk}/delete/"

    page = client.get(address).content.decode()
    assert ("Delete this saved search?" in page, SavedSearch.objects.count()) == (True, 1)

    client.post(address)
    assert not SavedSearch.objects.exists()


def test_nobody_touches_what_is_somebody_elses(client, person):
    other = a_saved_search("q=lantern", name="Hers")

    for path in (f"/en/my/searches/{other.pk}/", f"/en/my/searches/{other.pk}/delete/"):
        assert client.post(path, {f"s{other.pk}-name": "Mine", f"s{other.pk}-cadence": "never"}).status_code == 404

    assert SavedSearch.objects.get().name == "Hers"


def test_one_click_stops_messages_without_signing_in(db, mailoutbox):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    person = a_member()
    first, second = a_saved_search("q=a", person=person), a_saved_search("q=b", person=person)
    somebody_elses = a_saved_search("q=c")

    client.post(path_of(stopping.link(first)), {"List-Unsubscribe": "One-Click"})
    assert _cadences(first, second, somebody_elses) == ["never", "at-once", "at-once"]

    response = client.post(path_of(stopping.link_for_all(person.pk)), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert _cadences(first, second, somebody_elses) == ["never", "never", "at-once"]


def _cadences(*searches) -> list[str]:
    return [SavedSearch.objects.get(pk=saved.pk).cadence for saved in searches]


def test_the_mail_carries_that_link_as_mail_programs_look_for_it(db, mailoutbox):
    from search.watching.alerts import Alerts

    saved = a_saved_search()
    a_case_study()
    indexer.drain()
    Alerts().turn()

    headers = mailoutbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"] == f"<{stopping.link_for_all(saved.person_id)}>"
    assert stopping.link(saved) in mailoutbox[0].body


def test_a_link_only_looked_at_stops_nothing(client, db):
    saved = a_saved_search(name="Lights")

    page = client.get(path_of(stopping.link(saved))).content.decode()

    assert "Lights" in page
    assert "Stop messages" in page
    assert _cadences(saved) == ["at-once"]


def test_a_link_somebody_made_up_stops_nothing(client, db):
    saved = a_saved_search()
    broken = path_of(stopping.link(saved)).replace(f"{saved.pk}:", f"{saved.pk + 1}:")

    response = client.post(broken)

    assert response.status_code == 400
    assert "This link does not work" in response.content.decode()
    assert _cadences(saved) == ["at-once"]


def test_a_link_of_a_search_that_is_gone_tells_that_messages_have_stopped(client, db):
    saved = a_saved_search(name="Lights")
    link = path_of(stopping.link(saved))
    saved.delete()

    assert "You get no more messages" in client.post(link).content.decode()
