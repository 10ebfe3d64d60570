"""Writing as an educator does it: begin, save, come back, send, withdraw."""

import json

import pytest

from practices import actions, status, uploads
from practices.models import CaseStudy, CaseStudyImage, Organisation, Participation
from search import concepts as search_concepts
from search import engines, indexer
from search.query import Query
from tests.factories import a_case_study, a_member, an_editor
from tests.factories.writing import a_photo, latest, short_form
from vocabularies import labels


def test_everybody_sees_what_is_asked_before_joining(client, db):
    page = client.get("/en/write/").content.decode()

    assert "Success factors" in page
    assert client.post("/en/write/", {"language": "pt"})["Location"] == "/en/accounts/signup/?next=/en/write/"
    assert not CaseStudy.objects.exists()


def test_a_draft_begins_in_the_language_chosen(draft, author):
    assert (draft.language, draft.source_language, draft.live, draft.owner) == ("pt", "pt", False, author)


def test_what_was_typed_is_there_when_one_comes_back(client, draft):
    client.post(f"/en/my/{draft.pk}/", {**short_form(), "then": "save"})

    page = latest(draft)
    assert page.title == "Rede na serra"
    assert [(one.factor.notation, one.role.notation, one.sentence) for one in page.factor_statements.all()] == [
        ("connectivity", "barrier", "A rede caiu 11 dias.")
    ]
    assert sorted(level.notation for level in page.levels.all()) == ["isced-1", "isced-2"]
    assert 'value="Rede na serra"' in client.get(f"/en/my/{draft.pk}/").content.decode()


def test_a_draft_may_lack_anything(client, draft):
    response = client.post(f"/en/my/{draft.pk}/", {"summary": "Only this."})

    assert response.status_code == 302
    assert latest(draft).summary == "Only this."


def test_saving_by_itself_says_when_and_makes_one_revision_of_one_sitting(client, draft):
    for summary in ("One", "Two", "Three"):
        version = CaseStudy.objects.get(pk=draft.pk).latest_revision_created_at.isoformat()
        answer = client.post(
            f"/en/my/{draft.pk}/", {"summary": summary, "version": version}, headers={"X-Autosave": "1"}
        )
        assert json.loads(answer.content)["message"].startswith("Saved ")

    assert latest(draft).summary == "Three"
    assert draft.revisions.count() == 1


def test_a_change_made_elsewhere_is_told_and_nothing_is_overwritten(client, draft):
    old = CaseStudy.objects.get(pk=draft.pk).latest_revision_created_at.isoformat()
    client.post(f"/en/my/{draft.pk}/", {"summary": "From the phone"})

    by_itself = client.post(f"/en/my/{draft.pk}/", {"summary": "Desk", "version": old}, headers={"X-Autosave": "1"})
    pressed = client.post(f"/en/my/{draft.pk}/", {"summary": "Desk", "version": old})

    assert (by_itself.status_code, pressed.status_code) == (409, 409)
    assert "It was changed elsewhere" in pressed.content.decode()
    assert "Desk" in pressed.content.decode()
    assert latest(draft).summary == "From the phone"


def test_what_comes_twice_because_its_answer_was_lost_is_no_change_made_elsewhere(client, draft):
    old = CaseStudy.objects.get(pk=draft.pk).latest_revision_created_at.isoformat()
    address, typed = f"/en/my/{draft.pk}/", {"summary": "Typed on the ferry", "version": old}

    first, again = (client.post(address, typed, headers={"X-Autosave": "1"}) for _time in range(2))
    other = client.post(address, {**typed, "summary": "Typed at home"}, headers={"X-Autosave": "1"})

    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert again.json()["version"] == CaseStudy.objects.get(pk=draft.pk).latest_revision_created_at.isoformat()
    assert latest(draft).summary == "Typed on the ferry"


def test_bad_input_is_named_and_everything_good_is_kept(client, draft):
    response = client.post(
        f"/en/my/{draft.pk}/more/",
        {"year": "last year", "participants": "40", "links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0",
         "links-0-title": "Our page", "links-0-url": "javascript:alert(1)"},
    )  # fmt: skip
    page = response.content.decode()

    assert response.status_code == 422
    assert "Year it began: Enter a whole number." in page
    assert "Links, row 1, Address: Enter a valid URL." in page
    assert "last year" in page
    assert latest(draft).participants == 40
    assert len(latest(draft).links) == 0


def test_sending_too_early_lists_what_is_missing_with_links_to_it(client, draft):
    page = client.post(f"/en/my/{draft.pk}/", {"title": "Rede", "then": "submit"}).content.decode()

    assert '<a href="#id_summary">Still missing: Summary</a>' in page
    assert '<a href="#section-factors">Still missing: Success factors</a>' in page
    assert status.status_of(CaseStudy.objects.get(pk=draft.pk)).code == status.DRAFT


def test_sent_read_published_and_found(client, draft, author, mailoutbox, django_capture_on_commit_callbacks):
    client.post(f"/en/my/{draft.pk}/", {**short_form(), "then": "submit"})
    page = CaseStudy.objects.get(pk=draft.pk)
    assert status.status_of(page).code == status.SUBMITTED

    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(page, by=an_editor())
    indexer.drain()

    page = CaseStudy.objects.get(pk=draft.pk)
    assert (page.live, page.slug, status.status_of(page).code) == (True, "rede-na-serra", status.PUBLISHED)
    found = engines.engine().find(Query(text="yhteydet", language="fi"), frozenset({"public"}))
    assert [hit.title for hit in found.hits] == ["Rede na serra"]
    assert [mail.to for mail in mailoutbox if "Rede na serra" in mail.subject] == [[author.email]]


def test_an_editor_asks_for_changes_and_the_author_reads_why(
    client, draft, django_capture_on_commit_callbacks, mailoutbox
):
    client.post(f"/en/my/{draft.pk}/", {**short_form(), "then": "submit"})
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_changes(CaseStudy.objects.get(pk=draft.pk), by=an_editor(), words="How many pupils?")

    assert "How many pupils?" in client.get("/en/my/").content.decode()
    assert "How many pupils?" in mailoutbox[-1].body

    client.post(f"/en/my/{draft.pk}/", {**short_form(summary="Vinte alunos."), "then": "submit"})
    page = CaseStudy.objects.get(pk=draft.pk)
    assert status.status_of(page).code == status.SUBMITTED
    assert latest(draft).summary == "Vinte alunos."


def test_what_is_with_the_editors_can_be_taken_back(client, draft):
    client.post(f"/en/my/{draft.pk}/", {**short_form(), "then": "submit"})
    assert "The editors are reading it." in client.get(f"/en/my/{draft.pk}/").content.decode()

    client.post(f"/en/my/{draft.pk}/take-back/")

    assert status.status_of(CaseStudy.objects.get(pk=draft.pk)).code == status.DRAFT


def test_editing_what_is_public_changes_nothing_public_until_published(client, author):
    page = a_case_study("Public", owner=author)
    actions.save_draft(page, by=author)
    actions.publish(page, by=an_editor())

    client.post(f"/en/my/{page.pk}/", {"title": "Public, better"})

    assert CaseStudy.objects.get(pk=page.pk).title == "Public"
    assert latest(page).title == "Public, better"


def test_withdrawing_keeps_the_address_with_a_notice(client, author):
    page = a_case_study("Zebrafish", owner=author)
    indexer.drain()

    client.post(f"/en/my/{page.pk}/withdraw/", {"note": "Wrong figures."})
    indexer.drain()
    response = client.get(page.url)

    assert response.status_code == 410
    assert "Wrong figures." in response.content.decode()
    assert "Two schools tried it" not in response.content.decode()
    assert client.get("/api/practices/?q=zebrafish").json()["count"] == 0


def test_a_draft_is_nobody_else_s_business(client, draft):
    client.force_login(a_member())

    for path in ("", "more/", "preview/", "withdraw/"):
        assert client.get(f"/en/my/{draft.pk}/{path}").status_code == 404
    for path in ("", "take-back/", "withdraw/", "delete/"):
        assert client.post(f"/en/my/{draft.pk}/{path}", {"summary": "Mine now"}).status_code == 404
    assert client.get("/en/my/").content.decode().count("mine__row") == 0


def test_what_was_public_can_t_be_deleted_by_its_author(client, author):
    from datetime import UTC, datetime

    page = a_case_study(owner=author, first_published_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert client.post(f"/en/my/{page.pk}/delete/").status_code == 404
    assert CaseStudy.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_my_list_asks_the_database_the_same_for_one_as_for_three(client, author, django_assert_num_queries, count):
    for number in range(count):
        actions.save_draft(a_case_study(f"N{number}", owner=author, live=False), by=author)
    client.get("/en/my/")

    with django_assert_num_queries(MY_LIST_QUERIES):
        page = client.get("/en/my/").content.decode()

    assert page.count("mine__row") == count


MY_LIST_QUERIES = 12


def test_the_meter_names_the_most_useful_field_next(client, draft):
    page = client.get(f"/en/my/{draft.pk}/").content.decode()

    assert "Results in figures" in page
    assert "Figures before and after make the evidence stronger." in page


def test_the_preview_shows_what_readers_will_see(client, draft):
    client.post(f"/en/my/{draft.pk}/", {**short_form(), "then": "save"})

    page = client.get(f"/fi/my/{draft.pk}/preview/").content.decode()

    assert '<html lang="fi"' in page
    assert "Rede na serra" in page


def test_what_is_missing_can_be_filled_in_from_the_deep_form_without_losing_what_is_there(client, draft):
    client.post(f"/en/my/{draft.pk}/more/", {"participants": "40"})

    page = client.post(f"/en/my/{draft.pk}/more/", {"participants": "40", "then": "submit"})
    client.post(page.context["editing"].address, {**short_form(), "then": "save"})

    assert latest(draft).participants == 40
    assert latest(draft).title == "Rede na serra"


def test_consent_and_rights_are_asked_before_it_is_sent(client, draft):
    undeclared = {key: value for key, value in short_form().items() if not key.endswith(("_confirmed", "_visible"))}

    page = client.post(f"/en/my/{draft.pk}/", {**undeclared, "then": "submit"}).content.decode()

    assert page.count("Still missing:") == 3
    assert '<a href="#id_privacy_confirmed">' in page


@pytest.mark.parametrize("part", ["", "more/"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_the_database_the_same_for_one_row_as_for_three(
    client, author, django_assert_num_queries, monkeypatch, count, part
):
    monkeypatch.setattr(labels, "CHECK_EVERY", 3600)  # else a look at the vocabularies falls into every fifth second
    monkeypatch.setattr(search_concepts, "CHECK_EVERY", 3600)
    page = a_case_study(owner=author, factors=[("connectivity", "barrier", "Slow.")] * count, live=False)
    for number in range(count):
        page.participations.add(Participation(organisation=Organisation.objects.create(name=f"School {number}")))
        uploaded = uploads.keep_image(uploads.image(a_photo()), by=author)
        page.images.add(CaseStudyImage(image=uploaded, alt="Teal"))
    actions.save_draft(page, by=author)
    client.get(f"/en/my/{page.pk}/{part}")

    with django_assert_num_queries(FORM_QUERIES[part]):
        client.get(f"/en/my/{page.pk}/{part}")


FORM_QUERIES = {"": 31, "more/": 30}
