"""The editors' desk: a submitted case study is read, sent back, published, withdrawn and brought back there."""

import pytest
from django.urls import reverse

from practices import actions, status
from practices.models import CaseStudy, Suggestion
from search import indexer
from tests.factories import a_case_study, a_member, an_editor, concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    author = a_member(name="Teresa", language="pt")
    page = a_case_study("Rede na serra", language="pt", owner=author, live=False)
    actions.submit(page, by=author)
    return page


@pytest.fixture
def desk(client):
    client.force_login(an_editor())
    return client


def decide(desk, page: CaseStudy, decision: str, **data) -> None:
    state = page.current_workflow_state.current_task_state
    desk.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, decision, state.pk]), data)


def now(page: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.get(pk=page.pk)


def test_an_editor_sees_all_of_it_and_who_wrote_it(desk, submitted):
    shown = desk.get(f"/admin/pages/{submitted.pk}/edit/").content.decode()

    assert "Rede na serra" in shown
    assert "Teresa" in shown
    assert "Primary education" in shown


def test_an_editor_approves_it_and_the_author_hears_of_it_once(
    desk, submitted, mailoutbox, django_capture_on_commit_callbacks
):
    mailoutbox.clear()  # the editors have heard of the submission
    with django_capture_on_commit_callbacks(execute=True):
        decide(desk, submitted, "approve")

    assert status.status_of(now(submitted)).code == status.PUBLISHED
    assert [mail.to for mail in mailoutbox] == [[submitted.owner.email]]


def test_an_editor_asks_for_changes_in_the_admin(desk, submitted):
    decide(desk, submitted, "reject", comment="How many pupils?")

    where = status.status_of(now(submitted))
    assert (where.code, where.words) == (status.CHANGES, "How many pupils?")


def test_publishing_past_the_workflow_tells_the_author_too(submitted, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submitted.get_latest_revision().publish(user=an_editor())

    assert [mail.to for mail in mailoutbox] == [[submitted.owner.email]]


def test_what_an_editor_withdraws_is_told_and_can_be_brought_back(desk, mailoutbox, django_capture_on_commit_callbacks):
    page = a_case_study("Zebrafish", owner=a_member())
    assert f"/en/my/{page.pk}/withdraw/" in desk.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/en/my/{page.pk}/withdraw/", {"note": "A pupil asked for it."})
    assert "A pupil asked for it." in mailoutbox[-1].body
    assert mailoutbox[-1].to == [page.owner.email]
    assert "Restore" in desk.get(f"/en/my/{page.pk}/").content.decode()

    desk.post(f"/en/my/{page.pk}/restore/")
    indexer.drain()
    assert now(page).withdrawn_at is None
    assert desk.get("/api/practices/?q=zebrafish").json()["count"] == 1


def test_an_author_can_t_bring_back_what_was_withdrawn(client):
    page = a_case_study(owner=a_member())
    actions.withdraw(page, by=an_editor())
    client.force_login(page.owner)

    assert client.post(f"/en/my/{page.pk}/restore/").status_code == 404
    assert now(page).withdrawn_at is not None


def test_a_suggestion_taken_up_becomes_the_case_study_s_own(desk):
    page = a_case_study(topics=[])
    rural, privacy = concept("topic/rural-education"), concept("factor/privacy")
    page.suggestions = [Suggestion(concept=rural, found="rural"), Suggestion(concept=privacy, found="privacy")]
    page.save()
    page.save_revision()
    assert f'name="topics" value="{rural.pk}"' in desk.get(f"/en/my/{page.pk}/more/").content.decode()

    desk.post(f"/en/my/{page.pk}/more/", {"topics": [rural.pk]})

    latest = now(page).get_latest_revision_as_object()
    assert [one.concept for one in latest.suggestions.all()] == [privacy]
    assert list(latest.topics.all()) == [rural]


def test_a_vocabulary_can_be_looked_at_but_not_changed(desk):
    scheme = concept("factor/privacy").scheme
    listed = reverse("wagtailsnippets_vocabularies_conceptscheme:list")

    assert "Success factors" in desk.get(listed).content.decode()
    assert desk.get(f"{listed}inspect/{scheme.pk}/").status_code == 200
    assert desk.post(f"{listed}edit/{scheme.pk}/", {"notation": "mine"}).status_code == 302
    assert concept("factor/privacy").scheme.notation == "factor"
