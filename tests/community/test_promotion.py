"""A thread becomes a case study: what goes into the draft, who must agree, and who sees where it comes from."""

import pytest
from django.urls import reverse

from community.attention import querysets, wording
from community.learning import actions
from community.models import Notification, Quotation, Thread
from community.threads import actions as threads
from community.threads.actions import NotNow
from people import personal_data
from practices import actions as case_studies
from practices import obstacles, status
from practices.models import CaseStudy
from tests.factories import a_member, an_editor, concept
from tests.factories.attention import mention
from tests.factories.community import a_group, a_question, a_reply, a_thread
from tests.factories.writing import short_form

State = Quotation.State
ASKED = "How do you teach reading where the line is down every other day?"
SAID = "We copied the books to a small box on the wall. The children open them without the internet."


@pytest.fixture
def asker(db):
    return a_member(name="Teresa Valadares", language="pt")


@pytest.fixture
def helper(db):
    return a_member(name="Bjarne Rud", language="da")


@pytest.fixture
def thread(asker, helper) -> Thread:
    thread = a_question("Reading without a line", by=asker, text=ASKED)
    threads.accept(a_reply(thread, SAID, by=helper), by=asker)
    return thread


def posts(thread: Thread) -> dict[int, object]:
    return {post.number: post for post in thread.posts.all()}


def promoted(thread: Thread, by, **parts) -> CaseStudy:
    """parts: p1="challenge" takes post 1 into the challenge."""
    parts = parts or {"p1": "challenge", "p2": "what_was_done"}
    by_number = posts(thread)
    chosen = {by_number[int(name[1:])]: part for name, part in parts.items()}
    return actions.promote(thread, chosen, by=by, title="Books on the wall", language="en")


def told(person) -> list[str]:
    rows = querysets.of(person).filter(reason=Notification.Reason.CONSENT)
    return [wording.sentence(row) for row in querysets.seen_by(person, rows)]


def test_the_draft_holds_own_words_as_they_are_and_those_of_others_as_quotes_with_their_name(thread, asker):
    page = promoted(thread, asker)

    assert page.challenge == ASKED
    assert page.what_was_done == f"> {SAID}\n>\n> — Bjarne Rud"
    assert (page.title, page.language, page.owner, page.live) == ("Books on the wall", "en", asker, False)


def test_what_a_post_quotes_of_others_is_not_taken_over(thread, asker, helper):
    number = a_reply(thread, f"[@{thread.pk}:1]\n> {ASKED}\n\n{mention(asker)}, with radio.", by=helper).number

    page = promoted(thread, asker, **{f"p{number}": "lessons"})

    assert page.lessons == "> Teresa Valadares, with radio.\n>\n> — Bjarne Rud"


def test_concepts_of_the_thread_come_along_and_factors_are_suggested(thread, asker):
    wanted = [concept(path) for path in ("topic/rural-education", "level/isced-1", "country/PT", "factor/connectivity")]
    thread.concepts.set(wanted)

    page = promoted(thread, asker).get_latest_revision_as_object()

    chosen = [[one.notation for one in field.all()] for field in (page.topics, page.levels, page.countries)]
    assert chosen == [["rural-education"], ["isced-1"], ["PT"]]
    assert [one.concept.notation for one in page.suggestions.all()] == ["connectivity"]


def test_nobody_is_asked_for_her_own_words_and_everybody_else_once(thread, asker, helper):
    promoted(thread, asker)

    assert dict(Quotation.objects.values_list("person__name", "state")) == {
        "Teresa Valadares": State.OWN,
        "Bjarne Rud": State.ASKED,
    }
    assert told(helper) == ["Teresa Valadares asks to quote you in a case study"] and told(asker) == []


def test_only_who_took_part_makes_a_case_study_of_a_thread(thread, client):
    stranger = a_member()
    client.force_login(stranger)

    with pytest.raises(NotNow):
        promoted(thread, stranger)
    assert client.get(reverse("promote_thread", args=[thread.pk])).status_code == 404


def test_it_is_not_sent_to_the_editors_before_the_quoted_agree(thread, asker, helper):
    page = promoted(thread, asker)
    row = Quotation.objects.get(person=helper)

    with pytest.raises(case_studies.ActionRefused, match="Bjarne Rud has not agreed"):
        case_studies.submit(page, by=asker)
    actions.answer(row, True, by=helper)
    case_studies.submit(page, by=asker)

    assert status.status_of(CaseStudy.objects.get(pk=page.pk)).code == status.SUBMITTED
    assert told(asker) == ["Bjarne Rud agrees to be quoted"]


def test_words_of_who_does_not_agree_have_to_leave_the_text_first(thread, asker, helper):
    page = promoted(thread, asker)
    row = Quotation.objects.get(person=helper)
    actions.answer(row, False, by=helper)

    with pytest.raises(NotNow, match="We copied the books"):
        actions.drop(row, by=asker)
    draft = page.get_latest_revision_as_object()
    draft.what_was_done = "A colleague told us of a box that needs no line."
    case_studies.save_draft(draft, by=asker)
    actions.drop(Quotation.objects.get(person=helper), by=asker)

    assert obstacles.before(page) == []


def test_consent_taken_back_fetches_it_from_the_editors_and_tells_its_author(thread, asker, helper):
    page = promoted(thread, asker)
    row = Quotation.objects.get(person=helper)
    actions.answer(row, True, by=helper)
    case_studies.submit(page, by=asker)

    actions.answer(row, False, by=helper)

    assert status.status_of(CaseStudy.objects.get(pk=page.pk)).code == status.DRAFT
    assert told(asker)[0] == "Bjarne Rud no longer agrees to be quoted"
    assert len(obstacles.before(page)) == 1


def test_nobody_agrees_in_the_name_of_another(thread, asker, helper, client):
    promoted(thread, asker)
    row = Quotation.objects.get(person=helper)
    client.force_login(a_member())

    with pytest.raises(NotNow):
        actions.answer(row, True, by=asker)
    assert client.post(reverse("quotation", args=[row.pk]), {"agrees": "yes"}).status_code == 404


def test_a_post_deleted_before_it_was_agreed_to_is_refused(thread, asker, helper):
    post = a_reply(thread, "We tried radio, and it worked in winter.", by=helper)
    promoted(thread, asker, **{f"p{post.number}": "lessons"})

    threads.delete(post, by=helper)

    assert Quotation.objects.get().state == State.REFUSED


def published(thread: Thread, asker, helper) -> CaseStudy:
    page = promoted(thread, asker)
    actions.answer(Quotation.objects.get(person=helper), True, by=helper)
    case_studies.submit(page, by=asker)
    page = CaseStudy.objects.get(pk=page.pk)
    case_studies.publish(page, by=an_editor())
    return page


def test_published_it_names_the_posts_behind_it_and_the_thread_names_it(thread, asker, helper, client):
    page = published(thread, asker, helper)

    study = client.get(page.url).content.decode()
    below = client.get(thread.get_absolute_url()).content.decode()

    for post in thread.posts.all():
        assert f'href="{post.get_absolute_url()}"' in study
    assert "Bjarne Rud" in study and "Reading without a line" in study
    assert "Became a case study" in below and page.url in below
    assert told(helper)[0] == "A case study that quotes you is published"


def test_who_may_not_read_the_group_learns_nothing_of_it_from_the_case_study(asker, helper, client):
    group = a_group("Vaskelotrin", owner=asker, members=(helper,), access="hidden")
    thread = a_question("Quombelfast", by=asker, text=ASKED, group=group)
    threads.accept(a_reply(thread, SAID, by=helper), by=asker)
    page = published(thread, asker, helper)
    client.force_login(a_member())

    study = client.get(page.url).content.decode()

    assert "Vaskelotrin" not in study and "Quombelfast" not in study
    assert "2 posts behind it can be read in their groups only." in study


def test_a_withdrawn_draft_is_not_named_on_the_thread(thread, asker, client):
    promoted(thread, asker)

    assert "Became a case study" not in client.get(thread.get_absolute_url()).content.decode()


def test_the_whole_way_through_the_pages(thread, asker, helper, client):
    client.force_login(asker)
    address = reverse("promote_thread", args=[thread.pk])
    first, second = thread.posts.order_by("number")
    form = client.get(address)
    sent = {"title": "Books on the wall", "language": "pt", f"post-{first.pk}": "", f"post-{second.pk}": "lessons"}

    begun = client.post(address, sent, follow=True)
    page = CaseStudy.objects.get(owner=asker)
    refused = client.post(reverse("quotations", args=[page.pk]), {"drop": Quotation.objects.get().pk}, follow=True)
    client.force_login(helper)
    asked = client.get(Quotation.objects.get().get_absolute_url())
    client.post(Quotation.objects.get().get_absolute_url(), {"agrees": "yes"})

    assert 'value="what_was_done" selected' in form.content.decode()
    assert "Asked, no answer yet" in begun.content.decode()
    assert "These words are still in the text" in refused.content.decode()
    assert SAID in asked.content.decode() and "Books on the wall" in asked.content.decode()
    assert Quotation.objects.get().state == State.GIVEN and page.language == "pt"
    assert "Agreed" in client.get(reverse("my_quotations")).content.decode()


def test_without_a_post_nothing_is_begun(thread, asker, client):
    client.force_login(asker)

    answer = client.post(reverse("promote_thread", args=[thread.pk]), {"title": "Books", "language": "en"})

    assert answer.status_code == 422 and "Choose at least one post." in answer.content.decode()
    assert not CaseStudy.objects.exists()


def test_submitting_the_form_names_who_has_not_agreed(thread, asker, client):
    page = promoted(thread, asker)
    client.force_login(asker)

    answer = client.post(reverse("edit_case_study", args=[page.pk]), short_form(then="submit"))

    assert answer.status_code == 422
    assert reverse("quotations", args=[page.pk]) in answer.content.decode()


def test_erasure_keeps_what_was_agreed_to_under_no_name(thread, asker, helper):
    page = published(thread, asker, helper)

    personal_data.erase(helper)

    row = Quotation.objects.get(part="what_was_done")
    page = CaseStudy.objects.get(pk=page.pk)
    assert (row.person, row.state) == (None, State.GIVEN) and obstacles.before(page) == []
    for version in (page, page.get_latest_revision_as_object()):
        assert SAID in version.what_was_done and "Bjarne Rud" not in version.what_was_done


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_more_posts(asker, count, client, django_assert_num_queries):
    thread = a_thread("Radio", by=asker)
    for _number in range(count):
        a_reply(thread, SAID, by=a_member())
    page = promoted(thread, asker, **{f"p{post.number}": "lessons" for post in thread.posts.all()})
    client.force_login(asker)

    with django_assert_num_queries(26):
        client.get(reverse("promote_thread", args=[thread.pk]))
    with django_assert_num_queries(22):
        client.get(reverse("quotations", args=[page.pk]))
