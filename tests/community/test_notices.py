"""Notices of anybody: sent without an account, receipted, decided, answered in the language of who sent them."""

import pytest

from community.models import Decision, Notice, Post
from community.moderation import measures
from community.moderation.deciding import Reasons
from tests.factories import a_case_study, a_member, an_editor
from tests.factories.community import a_moderator, a_reply, a_thread

pytestmark = pytest.mark.django_db
WHY = Reasons("copyright", "The picture is hers.", "Directive 2001/29/EC")


def form(address: str, **fields) -> dict:
    return {
        "address": address,
        "ground": "copyright",
        "explanation": "It is my picture, published in 2019.",
        "name": "Ana",
        "email": "ana@example.org",
        "good_faith": "on",
        **fields,
    }


@pytest.fixture
def post():
    return a_reply(a_thread(), "Look at this picture", by=a_member())


def send(client, address: str, language: str = "en", **fields) -> Notice:
    answer = client.post(f"/{language}/community/moderation/notice/", form(address, **fields))
    assert answer.status_code == 302, answer.content.decode()
    return Notice.objects.get()


def test_a_notice_is_receipted_and_its_state_can_be_seen(client, post, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notice = send(client, "http://127.0.0.1:8000" + post.get_absolute_url(), language="fi")

    page = client.get(f"/fi/community/moderation/notice/{notice.receipt}/").content.decode()
    assert (notice.post, notice.language) == (post, "fi")
    assert notice.receipt in page
    assert [mail.to for mail in mailoutbox] == [["ana@example.org"]]
    assert f"/fi/community/moderation/notice/{notice.receipt}/" in mailoutbox[0].body
    assert client.get("/fi/community/moderation/notice/guessed/").status_code == 404


def test_hiding_what_it_is_about_answers_it(client, post, mailoutbox, django_capture_on_commit_callbacks):
    notice = send(client, post.get_absolute_url())

    with django_capture_on_commit_callbacks(execute=True):
        decision = measures.hide(post, WHY, by=a_moderator())

    notice.refresh_from_db()
    assert (notice.state, notice.decision, notice.answer) == (Notice.State.UPHELD, decision, "The picture is hers.")
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(["ana@example.org", post.author.email])
    assert not any("Ana" in mail.body for mail in mailoutbox if mail.to == [post.author.email])
    assert "The picture is hers." in client.get(f"/en/community/moderation/notice/{notice.receipt}/").content.decode()


def test_a_notice_about_a_case_study_is_settled_by_a_recorded_decision(client):
    page = a_case_study("With a picture", owner=a_member())
    notice = send(client, page.full_url or page.url)
    moderator = an_editor()
    moderator.user_permissions.add(*a_moderator().user_permissions.all())
    client.force_login(moderator)

    shown = client.get(f"/en/community/moderation/case/notice/{notice.pk}/").content.decode()
    client.post(
        f"/en/community/moderation/case/notice/{notice.pk}/",
        {"measure": "hide", "ground": "copyright", "facts": "Withdrawn.", "rule": ""},
    )

    notice.refresh_from_db()
    assert f"/en/my/{page.pk}/withdraw/" in shown
    assert notice.decision.affects == page.owner
    assert (notice.state, notice.decision.measure, notice.answer) == ("upheld", Decision.Measure.HIDE, "Withdrawn.")


def test_who_fears_for_a_child_need_not_say_who_she_is(client, post):
    answer = client.post("/en/community/moderation/notice/", form(post.get_absolute_url(), name="", email=""))
    assert answer.status_code == 422
    assert not Notice.objects.exists()

    notice = send(client, post.get_absolute_url(), name="", email="", child="on")
    assert (notice.name, notice.email) == ("", "")


@pytest.mark.parametrize("fields", [{"website": "http://spam.example"}, {"good_faith": ""}, {"address": "spam"}])
def test_what_is_no_notice_is_refused_and_nothing_typed_is_lost(client, post, fields):
    answer = client.post("/en/community/moderation/notice/", form(post.get_absolute_url()) | fields)

    assert answer.status_code == 422
    assert "It is my picture, published in 2019." in answer.content.decode()
    assert not Notice.objects.exists()


def test_from_one_address_come_only_so_many_an_hour(client, post):
    answers = [client.post("/en/community/moderation/notice/", form(post.get_absolute_url())) for _n in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert Notice.objects.count() == 5


def test_a_notice_hides_nothing_by_itself(client, post):
    send(client, post.get_absolute_url())

    assert Post.objects.visible_to(None).filter(pk=post.pk).exists()


def test_the_form_is_found_from_every_page(client):
    assert "/en/community/moderation/notice/" in client.get("/en/about/").content.decode()
