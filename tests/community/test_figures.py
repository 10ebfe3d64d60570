"""How soon questions are answered: the figures, who sees them, and the pages of answering."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.answering import actions, claims, exporting
from community.answering.figures import figures
from community.models import Attention, Barrier, Group, Thread
from community.threads import actions as threads
from community.threads.actions import Opening
from tests.factories import a_member, concept
from tests.factories.answering import a_helper, asked, later
from tests.factories.community import a_group, a_moderator, a_question, a_reply, a_thread

FACTOR = "factor/connectivity"


def a_question_answered_after(days: float | None, *, began: int = 20, by=None, **fields) -> Thread:
    at = timezone.now() - timedelta(days=began)
    opening = Opening(title="When?", text="How?", kind="question", **{"language": "en", **fields})
    thread = threads.open_thread(opening, by=by or a_member(), at=at)
    if days is not None:
        a_reply(thread, at=at + timedelta(days=days), by=(fields.get("group") and by) or a_member())
    return thread


def counted(groups=None):
    today = timezone.localdate()
    return figures(today - timedelta(days=30), today, groups)


def test_the_median_and_the_shares_are_those_of_the_answers(db):
    for days in (0.5, 1.5, 2.5, 10, None):
        a_question_answered_after(days)
    a_question_answered_after(1, began=60)
    a_thread()

    whole = counted().whole

    assert (whole.asked, whole.answered, whole.unanswered) == (5, 4, 1)
    assert whole.median == timedelta(days=2)
    assert (whole.in_a_day, whole.in_three_days) == (0.2, 0.6)


def test_a_late_answer_counts_as_unanswered_after_two_weeks(db):
    a_question_answered_after(15)
    a_question_answered_after(None, began=13)

    assert counted().whole.unanswered == 1


def test_each_language_has_a_line_and_a_median_of_its_own(db):
    for language, days in [("fi", 1), ("fi", 2), ("fi", 6), ("mt", 4)]:
        a_question_answered_after(days, language=language)

    lines = {line.key: (line.asked, line.median) for line in counted().languages}

    assert lines == {"fi": (3, timedelta(days=2)), "mt": (1, timedelta(days=4))}


def test_nothing_asked_gives_no_figures_and_no_error(db):
    found = counted()

    assert (found.whole.asked, found.whole.median, found.whole.in_a_day) == (0, None, None)
    assert (found.evenness.share, found.evenness.gini) == (None, None)


def test_evenness_is_nought_where_all_write_as_much_and_grows_with_one_who_writes_most(db):
    thread = a_thread()
    people = [thread.author, *(a_member() for _number in range(11))]
    for person in people[1:]:
        a_reply(thread, by=person)
    even = counted().evenness
    for _number in range(24):
        a_reply(thread, by=people[1])
    uneven = counted().evenness

    assert (even.authors, even.posts) == (12, 12)
    assert even.share == pytest.approx(10 / 12)
    assert even.gini == pytest.approx(0)
    assert uneven.gini == pytest.approx(2 * (sum(range(1, 12)) + 12 * 25) / (12 * 36) - 13 / 12)


@pytest.mark.parametrize("count", [1, 3])
def test_the_figures_take_as_many_queries_however_much_was_asked(db, count):
    for number in range(count):
        owner = a_member()
        group = a_group(owner=owner)
        a_question_answered_after(None, by=owner, group=group, language=("fi", "sv", "mt")[number])
        a_question_answered_after(1, language=("fi", "sv", "mt")[number])

    with CaptureQueriesContext(connection) as queries:
        counted()

    assert len(queries) == 7


def test_moderators_of_a_group_see_theirs_and_nothing_else(client, db):
    owner, other = a_member(), a_member()
    own, foreign = a_group("Ours", owner=owner), a_group("Theirs", owner=other, access=Group.Access.HIDDEN)
    a_question_answered_after(None, by=owner, group=own)
    a_question_answered_after(None, by=other, group=foreign)
    client.force_login(owner)

    page = client.get("/en/community/answering/figures/")
    with_foreign = client.get("/en/community/answering/figures/", {"group": foreign.slug})

    assert page.context["figures"].whole.asked == 1
    assert b"Ours" in page.content
    assert b"Theirs" not in page.content
    assert with_foreign.status_code == 422


def test_members_and_visitors_find_no_figures(client, db):
    assert client.get("/en/community/answering/figures/").status_code == 302
    client.force_login(a_member())

    assert client.get("/en/community/answering/figures/").status_code == 404
    assert client.get("/en/community/answering/figures.csv").status_code == 404


def test_no_name_of_a_person_stands_in_the_figures(client, db):
    author = a_member(name="Sanna Koskela")
    a_question_answered_after(1, by=author)
    client.force_login(a_moderator())

    page = client.get("/en/community/answering/figures/").content.decode()

    assert "Sanna" not in page


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1"])
def test_the_table_holds_no_formula(client, db, title):
    owner = a_member()
    group = a_group(owner=owner)
    Group.objects.filter(pk=group.pk).update(title=title)
    a_question_answered_after(None, by=owner, group=group)
    client.force_login(a_moderator())

    answer = client.get("/en/community/answering/figures.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [row[1] for row in rows if row[0] == "Group"] == [f"'{title}"]
    assert exporting.safe("Rural schools") == "Rural schools"


def test_a_wrong_period_is_said_beside_the_field(client, db):
    client.force_login(a_moderator())

    page = client.get("/en/community/answering/figures/", {"since": "2026-05-01", "until": "2026-04-01"})

    assert page.status_code == 422
    assert b"Choose an end after the beginning" in page.content


def test_my_questions_shows_what_i_was_asked_and_why(client, db):
    helper = a_helper(FACTOR)
    a_question("How fast a line?", concepts=(concept(FACTOR),))
    later(seconds=5)
    client.force_login(helper)

    page = client.get("/en/community/answering/").content.decode()

    assert "How fast a line?" in page
    assert "You were asked because Connectivity is among your interests, because you read English." in page


def test_taking_on_passing_on_and_giving_back_on_the_page(client, db):
    person, thread = a_member(), a_question()
    client.force_login(person)
    base = f"/en/community/answering/{thread.pk}"

    taken = client.post(f"{base}/take/", {"next": "/en/community/answering/"})
    holding = set(asked(thread, "taken"))
    client.post(f"{base}/release/", {"next": "https://evil.example/"})

    assert taken["Location"] == "/en/community/answering/"
    assert holding == {person}
    assert asked(thread, "asked") == {person}
    assert client.get(f"{base}/take/").status_code == 405


@pytest.mark.parametrize("verb", ["take", "release", "pass", "people", "ways-on", "give-up", "outcome"])
def test_what_one_may_not_see_is_not_there(client, db, verb):
    owner = a_member()
    thread = a_question(by=owner, group=a_group(owner=owner, access=Group.Access.HIDDEN))
    client.force_login(a_member())

    assert client.post(f"/en/community/answering/{thread.pk}/{verb}/").status_code == 404


def test_opting_in_and_out_where_it_is_explained(client, db):
    person = a_member()
    client.force_login(person)

    client.post("/en/community/answering/opt-in/", {"takes_questions": "yes"})
    inside = Attention.objects.get(person=person).takes_questions
    client.post("/en/community/answering/opt-in/", {"takes_questions": "no"})

    assert inside
    assert not Attention.objects.get(person=person).takes_questions


def test_a_moderator_assigns_an_expert_found_by_name(client, db):
    moderator, expert = a_moderator(), a_member(name="Sanna Koskela", adult_confirmed_at=timezone.now())
    thread = a_thread(kind=Thread.Kind.CLINIC)
    client.force_login(moderator)
    address = f"/en/community/answering/{thread.pk}/people/"

    found = client.get(address, {"name": "koskela"}).content.decode()
    client.post(address, {"person": expert.pk})

    thread.refresh_from_db()
    assert "Sanna Koskela" in found
    assert thread.expert == expert


def test_the_author_is_shown_ways_on_with_groups_she_may_know_of(client, db):
    author, about = a_member(), concept(FACTOR)
    shown, hidden = a_group("Rural lines"), a_group("Secret lines", access=Group.Access.HIDDEN)
    shown.concepts.add(about)
    hidden.concepts.add(about)
    thread = a_question(by=author, concepts=(about,))
    client.force_login(author)
    address = f"/en/community/answering/{thread.pk}/ways-on/"

    page = client.get(address).content.decode()
    client.post(address, {"languages": ["fi"]})

    thread.routing.refresh_from_db()
    assert "Rural lines" in page
    assert "Secret lines" not in page
    assert thread.routing.languages == ["fi"]


def test_its_author_records_the_outcome_and_an_empty_one_is_refused(client, db):
    thread = a_thread(kind=Thread.Kind.CLINIC)
    client.force_login(thread.author)
    address = f"/en/community/answering/{thread.pk}/outcome/"

    refused = client.post(address, {"outcome": " "})
    client.post(address, {"outcome": "It works now."})

    thread.refresh_from_db()
    assert refused.status_code == 422
    assert thread.clinic_outcome == "It works now."


def rendered(source: str, user, **context) -> str:
    return Template("{% load answering %}" + source).render(Context({"user": user, **context}))


def test_the_thread_shows_who_is_on_it(db):
    holder, thread = a_member(name="Sanna Koskela"), a_question()
    claims.take_on(thread, by=holder)

    part = rendered('{% include "community/answering/_on_thread.html" %}', a_member(), thread=thread)

    assert "Sanna Koskela is on it, until" in part
    assert "I&#x27;ll take it" not in part and "I'll take it" not in part


def test_nothing_stands_on_answered_questions_and_discussions(db):
    answered, reader = a_question(), a_member()
    a_reply(answered)
    answered.refresh_from_db()

    assert rendered("{% answering thread %}", reader, thread=answered).strip() == ""
    assert rendered("{% answering thread %}", reader, thread=a_thread()).strip() == ""


def test_reasons_are_shown_to_nobody_but_who_was_asked(db):
    helper, thread = a_helper(FACTOR), a_question(concepts=(concept(FACTOR),))
    later(seconds=5)

    assert "because" in rendered("{% answering thread %}", helper, thread=thread)
    assert "because" not in rendered("{% answering thread %}", thread.author, thread=thread)
    assert "1 person who may know was asked" in rendered("{% answering thread %}", thread.author, thread=thread)


def test_waiting_questions_leave_out_who_is_kept_away_and_what_is_given_up(db):
    reader = a_member(languages=["en"])
    kept_away, given_up = a_question("Kept away"), a_question("Given up")
    Barrier.objects.create(by=reader, against=kept_away.author, kind=Barrier.Kind.MUTE)
    actions.give_up(given_up, by=given_up.author)
    a_question("Still waiting")

    part = rendered("{% waiting_for_me %}", reader)

    assert "Still waiting" in part
    assert "Kept away" not in part
    assert "Given up" not in part


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_as_many_queries_however_long_they_are(client, db, count):
    helper = a_member(languages=["en"])
    for _number in range(count):
        claims.take_on(a_question(), by=helper)
        a_question()
    client.force_login(helper)
    client.get("/en/community/answering/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/en/community/answering/")

    assert len(queries) == 16
