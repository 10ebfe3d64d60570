"""Joining, signing in, telling who one is, leaving: as a person does it."""

import json
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from people import letters
from people.models import User
from practices.models import CaseStudy
from tests.factories import a_case_study, a_member
from tests.factories.mailserver import a_mail_server


def code_in(mail) -> str:
    return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]+)?)\s*$", mail.body, re.MULTILINE).group(1)


JOINING = {"name": "Inês Prado", "email": "ines@example.org", "password1": "um-barco-azul-7", "adult": "on"}


@pytest.fixture
def joined(client, db, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/pt/accounts/signup/", JOINING)
    client.post("/pt/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})
    return User.objects.get(email="ines@example.org")


def test_joining_takes_a_name_an_address_and_the_code_sent_to_it(client, joined):
    assert (joined.name, joined.language, joined.languages) == ("Inês Prado", "pt", ["pt"])
    assert joined.adult_confirmed_at is not None
    assert client.get("/pt/me/").status_code == 200


def test_who_joins_while_the_mail_server_is_away_gets_her_code_when_it_is_back(
    client, db, settings, django_capture_on_commit_callbacks
):
    with a_mail_server(settings) as server:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/pt/accounts/signup/", JOINING)
        server.start()
        with time_machine.travel(timezone.now() + letters.FIRST_WAIT, tick=False):
            letters.send_waiting()

    assert answer.status_code == 302
    assert [mail["To"] for mail in server.taken] == ["ines@example.org"]


def test_who_is_not_an_adult_can_t_join_and_is_told(client, db):
    page = client.post(
        "/en/accounts/signup/", {"name": "A", "email": "a@example.org", "password1": "um-barco-azul-7"}
    ).content.decode()

    assert "Only adults can join. Tick the box if you are 18 or older." in page
    assert 'value="a@example.org"' in page
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["An​na", "Аdmin", "x‮y"])
def test_a_name_that_misleads_is_refused(client, db, name):
    page = client.post(
        "/en/accounts/signup/", {"name": name, "email": "a@example.org", "password1": "um-barco-azul-7", "adult": "on"}
    )

    assert "field--error" in page.content.decode()
    assert not User.objects.exists()


def test_signing_up_with_a_known_address_tells_nobody_that_it_is_known(
    db, mailoutbox, django_capture_on_commit_callbacks
):
    a_member(email="known@example.org")
    form = {"name": "B", "password1": "um-barco-azul-7", "adult": "on"}

    with django_capture_on_commit_callbacks(execute=True):
        known = Client().post("/en/accounts/signup/", {**form, "email": "known@example.org"})
        unknown = Client().post("/en/accounts/signup/", {**form, "email": "unknown@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in mailoutbox] == [["known@example.org"], ["unknown@example.org"]]


def test_too_many_wrong_passwords_are_stopped(client, db):
    a_member(email="x@example.org")

    for _time in range(6):
        page = client.post("/en/accounts/login/", {"login": "x@example.org", "password": "wrong"}).content.decode()

    assert "Too many failed login attempts. Try again later." in page


def test_a_code_by_mail_signs_in(client, db, mailoutbox, django_capture_on_commit_callbacks):
    from allauth.account.models import EmailAddress

    person = a_member(email="x@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/accounts/login/code/", {"email": "x@example.org"})
    client.post("/en/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})

    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "path",
    ["login/", "signup/", "password/reset/", "login/code/"],
)
@pytest.mark.parametrize("language", ["en", "fi", "mt"])
def test_pages_at_the_door_stand_in_our_frame(client, db, path, language):
    page = client.get(f"/{language}/accounts/{path}").content.decode()

    assert page.count("<h1") == 1
    assert f'<html lang="{language}"' in page
    assert "site-head" in page
    assert " style=" not in page


@pytest.mark.parametrize(
    "path",
    ["email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/recovery-codes/generate/", "sessions/", "logout/"],
)  # fmt: skip
def test_account_pages_stand_in_our_frame(client, joined, path):
    page = client.get(f"/en/accounts/{path}", follow=True).content.decode()

    assert page.count("<h1") == 1
    assert "site-head" in page
    assert " style=" not in page


def test_the_profile_is_kept_and_shown_again(client, joined):
    from tests.factories import concept

    finland, privacy = concept("country/FI"), concept("factor/privacy")
    client.post(
        "/pt/me/",
        {"name": "Inês P.", "role": "trainer", "organisation": "Escola", "country": finland.pk, "language": "fi",
         "languages": ["pt", "fi"], "factor": [privacy.pk]},
    )  # fmt: skip
    joined.refresh_from_db()

    assert (joined.name, joined.role, joined.country, joined.languages) == ("Inês P.", "trainer", finland, ["pt", "fi"])
    assert list(joined.interests.all()) == [privacy]


def test_a_bad_profile_keeps_what_was_typed_and_names_the_field(client, joined):
    page = client.post("/en/me/", {"name": "", "organisation": "Kept words", "role": "king"})

    assert page.status_code == 422
    assert "Kept words" in page.content.decode()
    assert page.content.decode().count("field--error") == 2


def test_a_member_takes_away_her_own_data_and_nobody_else_s(client, joined):
    a_case_study("Mine", owner=joined)
    a_case_study("Another's", owner=a_member())

    data = json.loads(client.get("/en/me/data/export/").content)

    assert data["account"]["email"] == "ines@example.org"
    assert [row["title"] for row in data["case_studies"]] == ["Mine"]


def test_leaving_erases_the_person_and_keeps_what_she_published(client, joined):
    from datetime import UTC, datetime

    a_case_study("Published", owner=joined, first_published_at=datetime(2026, 1, 1, tzinfo=UTC)).save_revision(
        user=joined
    )
    a_case_study("Draft", owner=joined, live=False)

    client.post("/en/me/data/delete/", {"sure": "on"})

    assert not User.objects.filter(email="ines@example.org").exists()
    assert [(page.title, page.owner) for page in CaseStudy.objects.all()] == [("Published", None)]
    assert CaseStudy.objects.get().latest_revision.content["owner"] is None
    assert not any("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_leaving_by_accident_needs_a_tick(client, joined):
    page = client.post("/en/me/data/delete/")

    assert "Tick the box if you really want to delete your account." in page.content.decode()
    assert User.objects.filter(pk=joined.pk).exists()


def test_a_suspended_member_is_out_at_once(client, joined):
    joined.is_active = False
    joined.save()

    assert client.get("/en/me/").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "https:evil.example"])
def test_after_signing_in_one_stays_on_this_site(client, db, target):
    from allauth.account.models import EmailAddress

    person = a_member(email="x@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    response = client.post(
        f"/en/accounts/login/?next={target}", {"login": "x@example.org", "password": "correct horse", "next": target}
    )

    assert response.status_code == 302
    assert "evil" not in response["Location"]
