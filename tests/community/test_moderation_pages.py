"""The moderators' desk, reporting, barriers, decisions and complaints as pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape
from django.utils.text import capfirst

from community import logbook
from community.models import Barrier, Decision, Flag, Group, Post
from community.moderation import cases, complaints, measures, rearranging, signing, suspending
from community.moderation.deciding import Reasons
from tests.factories import a_member
from tests.factories.community import a_group, a_moderator, a_reply, a_thread

pytestmark = pytest.mark.django_db
BASE = "/en/community/moderation"
WHY = Reasons("spam", "It sells something.")
QUEUE = 15  # queries of one page of it
REASONS = {"ground": "spam", "facts": "It sells something.", "rule": "Rule 3"}


def signed_in(client, person):
    client.force_login(person)
    return client


def a_flag(text: str = "Buy this", **fields) -> Flag:
    return cases.flag(a_reply(a_thread(**fields), text), "spam", "Look at it", by=a_member())


def test_a_member_reports_a_post_and_sees_what_becomes_of_it(client):
    post = a_reply(a_thread("Lantern"), "Buy this")
    signed_in(client, a_member())

    assert "Buy this" in client.get(f"{BASE}/flag/post/{post.pk}/").content.decode()
    assert client.post(f"{BASE}/flag/post/{post.pk}/", {"text": "x"}).status_code == 422
    page = client.post(f"{BASE}/flag/post/{post.pk}/", {"ground": "spam"}, follow=True).content.decode()

    assert "Lantern" in page and "Waiting" in page
    assert Flag.objects.get().post == post


def test_nothing_hidden_can_be_reported_or_learnt_of(client):
    post = a_reply(a_thread(), "Secret words")
    measures.hide(post, WHY, by=a_moderator())
    signed_in(client, a_member())

    assert client.get(f"{BASE}/flag/post/{post.pk}/").status_code == 404
    assert client.get(f"{BASE}/post/{post.pk}/").status_code == 404
    assert client.get(f"{BASE}/flag/person/{a_member(is_active=False).pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_as_many_queries_for_three_as_for_one(client, django_assert_num_queries, rows):
    for number in range(rows):
        a_flag(f"Words {number}")
    signed_in(client, a_moderator())
    client.get(f"{BASE}/")

    with django_assert_num_queries(QUEUE):
        page = client.get(f"{BASE}/").content.decode()

    assert page.count("case-row") == rows


def test_moderators_of_a_group_see_what_is_of_their_group_only(client):
    owner = a_member()
    group = a_group(owner=owner)
    group_thread = a_thread("Inside", group=group, by=owner)
    inside = cases.flag(a_reply(group_thread, by=_joined(group)), "spam", "", by=a_member())
    outside = a_flag("Elsewhere")
    signed_in(client, owner)

    page = client.get(f"{BASE}/").content.decode()
    assert ("Inside" in page, "Elsewhere" in page) == (True, False)
    assert client.get(f"{BASE}/post/{inside.post_id}/").status_code == 200
    assert client.get(f"{BASE}/post/{outside.post_id}/").status_code == 404
    assert client.get(f"{BASE}/person/{inside.post.author_id}/").status_code == 404
    assert client.post(f"{BASE}/person/{inside.post.author_id}/suspend/", REASONS).status_code == 404


def _joined(group):
    from tests.factories.community import join

    person = a_member()
    join(group, person)
    return person


def test_who_moderates_nothing_finds_no_desk(client):
    assert signed_in(client, a_member()).get(f"{BASE}/").status_code == 404


def test_a_moderator_takes_a_case_and_hides_what_it_is_about(client):
    flag, moderator = a_flag(), a_moderator(name="Marta")
    signed_in(client, moderator)

    client.post(f"{BASE}/case/flag/{flag.pk}/take/")
    page = client.get(f"{BASE}/post/{flag.post_id}/").content.decode()
    client.post(f"{BASE}/post/{flag.post_id}/hide/", REASONS)

    flag.refresh_from_db()
    assert "Being looked at: Marta" in page
    assert (flag.state, flag.decision.facts, flag.handler) == ("upheld", "It sells something.", moderator)
    assert Post.objects.get(pk=flag.post_id).state == Post.State.HIDDEN


def test_a_flag_is_dismissed_with_a_reason(client):
    flag = a_flag()
    signed_in(client, a_moderator())

    assert client.post(f"{BASE}/case/flag/{flag.pk}/dismiss/", {"ground": "spam"}).status_code == 422
    client.post(f"{BASE}/case/flag/{flag.pk}/dismiss/", REASONS)

    flag.refresh_from_db()
    assert flag.state == Flag.State.DISMISSED
    assert Post.objects.visible_to(None).filter(pk=flag.post_id).exists()


def test_nobody_decides_about_what_is_hers(client):
    moderator = a_moderator()
    post = a_reply(a_thread(), by=moderator)
    cases.flag(post, "spam", "", by=a_member())
    signed_in(client, moderator)

    client.post(f"{BASE}/post/{post.pk}/hide/", REASONS)
    client.post(f"{BASE}/case/flag/{Flag.objects.get().pk}/dismiss/", REASONS)

    post.refresh_from_db()
    assert (post.state, Flag.objects.get().state) == (Post.State.SHOWN, Flag.State.WAITING)


@pytest.mark.parametrize("verb", ["hide", "close", "edit", "move", "split", "merge"])
def test_each_verb_on_a_thread_has_its_form_and_says_what_is_missing(client, verb):
    thread = a_thread("Lantern")
    a_reply(thread, "An answer")
    signed_in(client, a_moderator())

    assert client.get(f"{BASE}/thread/{thread.pk}/{verb}/").status_code == 200
    answer = client.post(f"{BASE}/thread/{thread.pk}/{verb}/", {"ground": "spam", "facts": ""})
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (422, True)


def test_a_thread_is_split_merged_and_moved_by_its_forms(client):
    thread, other = a_thread("One"), a_thread("Other")
    second = a_reply(thread, "Apart")
    moderator = a_moderator()
    group = a_group("Circle", owner=moderator)
    signed_in(client, moderator)

    client.post(f"{BASE}/thread/{thread.pk}/split/", {**REASONS, "title": "Apart", "numbers": ["2"]})
    client.post(f"{BASE}/thread/{thread.pk}/merge/", {**REASONS, "into": other.get_absolute_url()})
    client.post(f"{BASE}/thread/{other.pk}/move/", {**REASONS, "group": group.pk})
    client.post(f"{BASE}/thread/{other.pk}/edit/", {**REASONS, "title": "A better title"})

    for row in (thread, other, second):
        row.refresh_from_db()
    assert (second.thread.title, thread.merged_into, other.group, other.title) == (
        "Apart",
        other,
        group,
        "A better title",
    )


def test_the_address_of_a_thread_merged_twice_leads_to_where_its_posts_are(client):
    first, second, third, moderator = a_thread("One"), a_thread("Two"), a_thread("Three"), a_moderator()
    rearranging.merge(first, second, WHY, by=moderator)
    rearranging.merge(second, third, WHY, by=moderator)

    assert client.get(first.get_absolute_url())["Location"] == third.get_absolute_url()


def test_whom_a_decision_affects_reads_it_and_complains_also_when_suspended(client):
    person, first = a_member(language="fi"), a_moderator()
    suspension = suspending.suspend(person, WHY, by=first)
    link = signing.link(suspension.decision).partition("://")[2].partition("/")[2]

    assert "It sells something." in client.get(f"/{link}").content.decode()
    assert client.post(f"/{link}", {"text": ""}).status_code == 422
    client.post(f"/{link}", {"text": "It was somebody else."})
    assert client.get(f"/{link[:-3]}x/").status_code == 404

    second = signed_in(client, a_moderator())
    assert f"{BASE}/decision/{suspension.decision_id}/" in second.get(f"{BASE}/?what=complaint").content.decode()
    page = second.get(f"{BASE}/decision/{suspension.decision_id}/").content.decode()
    second.post(f"{BASE}/decision/{suspension.decision_id}/answer/", {"answer": "You are right.", "verdict": "uphold"})

    person.refresh_from_db()
    assert "It was somebody else." in page
    assert person.is_active


def test_a_decision_is_read_by_whom_it_affects_and_moderators_only(client):
    author = a_member()
    decision = measures.hide(a_reply(a_thread(), by=author), WHY, by=a_moderator())

    answers = [
        signed_in(client, who).get(f"{BASE}/decision/{decision.pk}/") for who in (author, a_moderator(), a_member())
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert "Complain" in answers[0].content.decode()


def test_members_keep_others_away_and_let_them_back(client):
    person, pest = a_member(), a_member(name="Pest")
    signed_in(client, person)

    answer = client.post(f"{BASE}/barriers/{pest.pk}/put/", {"kind": "block", "next": "https://evil.example/"})
    assert answer["Location"] == f"{BASE}/barriers/"
    assert Barrier.objects.get().kind == "block"
    assert "Pest" in client.get(f"{BASE}/barriers/").content.decode()

    client.post(f"{BASE}/barriers/{pest.pk}/remove/")
    assert not Barrier.objects.exists()
    client.post(f"{BASE}/barriers/{person.pk}/put/", {"kind": "block"})
    assert not Barrier.objects.exists()


def test_the_log_is_there_for_owners_of_the_group_and_moderators_of_the_portal(client):
    owner, member = a_member(), a_member()
    group = a_group("Circle", owner=owner, members=(member,))
    whole, own = f"{BASE}/log/", f"{BASE}/log/{group.slug}/"

    def answers(person):
        signed_in(client, person)
        return client.get(whole).status_code, client.get(own).status_code

    assert [answers(who) for who in (member, owner, a_moderator())] == [(404, 404), (404, 200), (200, 200)]


def test_the_log_is_in_the_readers_language_whatever_happened(client):
    moderator = a_moderator()
    for action in logbook.LABELS:
        logbook.note(action, moderator, by=moderator)
    signed_in(client, moderator)
    labels, english = _named_in("fi"), _named_in("en")

    page = client.get("/fi/community/moderation/log/").content.decode()

    assert [label for label in labels if f"<p>{label}: " not in page] == []
    assert set(english).isdisjoint(labels)


def test_the_log_names_what_its_reader_may_see_and_nothing_else(client):
    owner = a_member()
    group, elsewhere = a_group("Circle", owner=owner), a_group(owner=a_member(), access=Group.Access.HIDDEN)
    hidden = a_thread("Canary", group=elsewhere, by=elsewhere.created_by)
    for about in (a_thread("Opening hours", group=group, by=owner), hidden, owner):
        logbook.note("pinned", about, by=owner, group=group)
    signed_in(client, owner)

    page = client.get(f"{BASE}/log/{group.slug}/").content.decode()

    assert ("Opening hours" in page, "Canary" in page, str(owner) in page) == (True, False, True)


def test_the_log_costs_as_many_queries_for_three_entries_of_a_kind_as_for_one(client):
    moderator = a_moderator()
    signed_in(client, moderator)

    def noted_and_counted(count):
        for _number in range(count):
            logbook.note("let through", a_reply(a_thread()), by=moderator)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{BASE}/log/").status_code == 200
        return len(queries)

    noted_and_counted(1)
    assert noted_and_counted(1) == noted_and_counted(3)


def _named_in(language: str) -> list[str]:
    with translation.override(language):
        return [escape(capfirst(str(label))) for label in logbook.LABELS.values()]


def test_what_has_no_name_is_not_logged(db):
    with pytest.raises(ValueError, match="no label"):
        logbook.note("something", a_member())


def test_figures_are_public(client):
    flag = a_flag()
    decision = measures.hide(flag.post, WHY, by=a_moderator())
    complaints.complain(decision, "No.")

    page = client.get(f"{BASE}/figures/").content.decode()

    assert "Advertising or spam" in page
    assert Decision.objects.count() == 1


def test_reporting_is_for_members_and_outsiders_are_led_to_the_notice(client):
    post = a_reply(a_thread())

    assert "/accounts/login/" in client.get(f"{BASE}/flag/post/{post.pk}/")["Location"]
    assert client.get(f"{BASE}/notice/?about=/en/lantern/").content.decode().count("/en/lantern/") >= 1
