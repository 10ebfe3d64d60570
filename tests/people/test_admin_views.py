"""The editors' admin with members who have an address and a name, but no user name."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction, Workflow

from community.moderation.roles import MODERATORS
from people.models import User
from practices.models import CaseStudy
from practices.site_tree import EDITORS, index_in
from tests.factories import a_case_study, a_member, an_editor

pytestmark = pytest.mark.django_db
USERS = "/admin/users/"


@pytest.fixture
def administrator(client):
    person = a_member(name="Office", is_superuser=True, is_staff=True)
    client.force_login(person)
    return person


@pytest.fixture
def editors():
    return Group.objects.get(name=EDITORS)


def form_of(person: User, **changes) -> dict:
    fields = {"name": person.name, "role": "", "organisation": "", "language": "", "is_active": "on", **changes}
    return {name: value for name, value in fields.items() if value is not None}


def test_the_list_shows_members_and_finds_them_by_name(client, administrator):
    a_member(name="Inês Prado", email="ines@example.org")
    a_member(name="Jana Nová", email="jana@example.org")

    everybody, found = client.get(USERS).content.decode(), client.get(USERS, {"q": "Prado"}).content.decode()

    assert [name in everybody for name in ("Inês Prado", "Jana Nová")] == [True, True]
    assert [name in found for name in ("Inês Prado", "Jana Nová")] == [True, False]


@pytest.mark.parametrize("ordering", ["email", "-last_login", "is_active", "name"])
def test_the_list_can_be_sorted(client, administrator, ordering):
    a_member(name="Inês Prado")

    assert "Inês Prado" in client.get(USERS, {"ordering": ordering}).content.decode()


def test_a_member_becomes_an_editor(client, administrator, editors):
    person = a_member(name="Inês Prado")

    answer = client.post(f"{USERS}edit/{person.pk}/", form_of(person, groups=[editors.pk], name="Inês P."))

    person.refresh_from_db()
    assert answer.headers["Location"] == reverse("wagtailusers_users:index")
    assert (list(person.groups.all()), person.name, person.is_active) == ([editors], "Inês P.", True)
    assert person.check_password("correct horse")


def test_a_member_is_suspended_and_out_at_once(client, administrator):
    from django.test import Client

    person = a_member()
    hers = Client()
    hers.force_login(person)
    assert hers.get("/en/me/").status_code == 200

    client.post(f"{USERS}edit/{person.pk}/", form_of(person, is_active=None))

    person.refresh_from_db()
    assert person.is_active is False
    assert hers.get("/en/me/").headers["Location"] == "/en/accounts/login/?next=/en/me/"


def test_the_address_of_a_member_is_not_changed_for_her(client, administrator):
    person = a_member(email="ines@example.org")

    client.post(f"{USERS}edit/{person.pk}/", form_of(person, email="else@example.org"))

    person.refresh_from_db()
    assert person.email == "ines@example.org"


def test_a_new_member_has_no_password_that_others_know(client, administrator, editors):
    page = client.get(f"{USERS}new/").content.decode()
    client.post(f"{USERS}new/", {"email": "New@Example.org", "name": "New One", "groups": [editors.pk]})

    person = User.objects.get(name="New One")
    assert (person.email, person.has_usable_password(), list(person.groups.all())) == (
        "new@example.org",
        False,
        [editors],
    )
    assert 'type="password"' not in page


def test_an_address_that_is_taken_is_refused(client, administrator):
    a_member(email="ines@example.org")

    page = client.post(f"{USERS}new/", {"email": "Ines@example.org", "name": "Other"}).content.decode()

    assert "A member has this address already." in page
    assert not User.objects.filter(name="Other").exists()


def test_who_is_deleted_in_the_admin_goes_like_who_leaves(client, administrator):
    one, two = a_member(), a_member()
    for person in (one, two):
        a_case_study(owner=person, live=False)

    client.post(f"{USERS}delete/{one.pk}/")
    client.post(f"/admin/bulk/people/user/delete/?id={two.pk}")

    assert list(User.objects.all()) == [administrator]
    assert CaseStudy.objects.count() == 0


@pytest.mark.parametrize("person", [a_member, an_editor])
def test_nobody_else_sees_the_list(client, person):
    a_member(email="ines@example.org")
    client.force_login(person())

    assert client.get(USERS).status_code == 302
    assert "ines@example.org" not in client.get(USERS, follow=True).content.decode()


def test_the_pages_of_the_admin_open_for_an_editor(client):
    page = a_case_study("A choir online")
    client.force_login(an_editor(name="Bram Maes"))

    shown = {
        path: client.get(path)
        for path in (
            "/admin/", "/admin/pages/", f"/admin/pages/{index_in('en').pk}/", f"/admin/pages/{page.pk}/edit/",
            f"/admin/pages/{page.pk}/history/", "/admin/images/", "/admin/documents/", "/admin/account/",
            "/admin/reports/workflow/", "/admin/reports/site-history/",
        )
    }  # fmt: skip

    assert {path: answer.status_code for path, answer in shown.items() if answer.status_code != 200} == {}
    assert "A choir online" in shown[f"/admin/pages/{page.pk}/edit/"].content.decode()


def test_the_account_page_asks_for_no_names_and_keeps_what_is_set(client):
    client.force_login(an_editor())
    page = client.get("/admin/account/").content.decode()

    client.post(
        "/admin/account/",
        {"notifications-submitted_notifications": "on", "locale-preferred_language": "fi", "locale-current_time_zone": "",
         "theme-theme": "system", "theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"},
    )  # fmt: skip

    assert [name for name in ("first_name", "last_name", 'type="password"') if name in page] == []
    assert User.objects.get().wagtail_userprofile.preferred_language == "fi"


def test_the_admin_has_no_door_of_its_own(client):
    person = an_editor(email="x@example.org")

    answer = client.post("/admin/login/?next=/admin/pages/", {"username": person.email, "password": "correct horse"})

    assert answer.headers["Location"] == "/en/accounts/login/?next=/admin/pages/"
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/password_reset/", follow=True).status_code == 404


def test_there_is_one_group_of_editors_one_of_moderators_and_one_workflow():
    assert sorted(Group.objects.values_list("name", flat=True)) == [MODERATORS, EDITORS]
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Editorial check"]
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()


def test_a_private_page_has_no_door_of_its_own(client):
    person = a_member(email="x@example.org")

    answer = client.post(
        "/fi/_util/login/?next=/fi/practices/x/", {"username": person.email, "password": "correct horse"}
    )

    assert answer.headers["Location"] == "/fi/accounts/login/?next=/fi/practices/x/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/admin/", USERS])
def test_a_member_who_may_not_enter_the_admin_is_told_so(client, path):
    client.force_login(a_member())

    assert client.get(path, follow=True).status_code == 403


def test_a_member_who_may_not_read_a_page_is_told_so(client, editors):
    page = a_case_study()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(editors)
    client.force_login(a_member())

    assert client.get(f"/en/practices/{page.slug}/", follow=True).status_code == 403
