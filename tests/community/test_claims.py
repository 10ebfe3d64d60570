"""Taking a question on, giving it back, and what ends it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.answering import actions, claims, reading
from community.models import Ask, Barrier, Notification, Thread
from tests.factories import a_member
from tests.factories.answering import a_helper, asked, later
from tests.factories.community import a_group, a_moderator, a_question, a_reply, a_thread

FACTOR = "factor/connectivity"


def a_clinic(**fields):
    return a_thread(kind=Thread.Kind.CLINIC, **fields)


def test_one_person_at_a_time_has_a_question(db):
    first, second, thread = a_member(name="Sanna Koskela"), a_member(), a_question()
    claims.take_on(thread, by=first)

    with pytest.raises(claims.NotNow) as refused:
        claims.take_on(thread, by=second)

    assert str(refused.value).startswith("Sanna Koskela is on it, until ")
    assert asked(thread, Ask.State.TAKEN) == {first}


def test_the_database_itself_holds_one_holder(db):
    thread, now = a_question(), timezone.now()
    Ask.objects.create(thread=thread, person=a_member(), state=Ask.State.TAKEN, asked_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.create(thread=thread, person=a_member(), state=Ask.State.TAKEN, asked_at=now)


def test_taking_it_twice_is_taking_it_once(db):
    person, thread = a_member(), a_question()

    first, second = claims.take_on(thread, by=person), claims.take_on(thread, by=person)

    assert first == second
    assert second.due_at == first.due_at


def test_after_two_days_it_is_free_by_itself(db):
    first, second, thread = a_member(), a_member(), a_question()
    claims.take_on(thread, by=first)

    later(hours=49)

    assert Ask.objects.get(person=first).state == Ask.State.EXPIRED
    assert claims.take_on(thread, by=second).person == second


def test_it_is_free_when_its_time_is_over_though_no_worker_runs(db):
    first, second, thread = a_member(), a_member(), a_question()
    claims.take_on(thread, by=first)
    soon = timezone.now() + timedelta(hours=49)

    taken = claims.take_on(thread, by=second, now=soon)

    assert taken.person == second
    assert reading.standing(thread, a_member(), soon).holder == taken


def test_while_somebody_is_on_it_nobody_else_is_asked(db):
    holder, other = a_member(), a_helper(FACTOR)
    thread = a_question("connectivity")
    claims.take_on(thread, by=holder)

    later(hours=1)

    assert asked(thread) == {holder}

    later(hours=49)

    assert asked(thread) == {holder, other}


def test_given_back_others_may_take_it(db):
    first, second, thread = a_member(), a_member(), a_question()
    claims.take_on(thread, by=first)

    claims.release(thread, by=first)

    assert Ask.objects.get(person=first).state == Ask.State.ASKED
    assert claims.take_on(thread, by=second).person == second


def test_only_who_has_it_gives_it_back(db):
    thread = a_question()
    claims.take_on(thread, by=a_member())

    with pytest.raises(claims.NotNow):
        claims.release(thread, by=a_member())


def test_an_answer_settles_it_for_everybody(db):
    helpers = [a_helper(FACTOR) for _number in range(3)]
    thread = a_question("connectivity")
    later(seconds=5)
    claims.take_on(thread, by=helpers[0])

    a_reply(thread, by=helpers[1])

    states = {helper: Ask.objects.get(person=helper).state for helper in helpers}
    assert states == dict(zip(helpers, ["settled", "answered", "settled"], strict=True))
    with pytest.raises(claims.NotNow):
        claims.take_on(thread, by=helpers[2])


def test_the_author_adding_something_settles_nothing(db):
    person, thread = a_member(), a_question()
    claims.take_on(thread, by=person)

    a_reply(thread, by=thread.author)

    assert asked(thread, Ask.State.TAKEN) == {person}


def test_who_may_not_answer_may_not_take_it(db):
    author, kept_away, outsider = a_member(), a_member(), a_member()
    thread, owner = a_question(by=author), a_member()
    Barrier.objects.create(by=author, against=kept_away, kind=Barrier.Kind.BLOCK)
    in_group = a_question(by=owner, group=a_group(owner=owner))

    for place, person in [(thread, author), (thread, kept_away), (in_group, outsider)]:
        with pytest.raises(claims.NotNow):
            claims.take_on(place, by=person)

    assert not Ask.objects.exists()


def test_a_moderator_assigns_the_expert_of_a_clinic(db):
    moderator, expert, before = a_moderator(), a_member(), a_member()
    thread = a_clinic()
    claims.take_on(thread, by=before)

    ask = actions.assign(thread, expert, by=moderator)

    thread.refresh_from_db()
    assert thread.expert == expert
    assert asked(thread, Ask.State.TAKEN) == {expert}
    assert ask.due_at - ask.taken_at == timedelta(hours=72)
    assert Notification.objects.filter(person=expert, reason="asked").count() == 1
    assert list(moderator.notifications.values_list("key", flat=True)) == [f"clinic:{thread.pk}"]


def test_the_page_of_a_clinic_names_its_expert_when_she_has_answered(client, db):
    thread, expert = a_clinic(), a_member(name="Marta Expert")
    actions.assign(thread, expert, by=a_moderator())
    a_reply(thread, by=expert)

    page = client.get(thread.get_absolute_url()).content.decode()

    assert "Marta Expert" in page.partition("<dt>Expert</dt>")[2].partition("</dd>")[0]


def test_only_moderators_assign_and_only_people_who_may_answer(db):
    thread, owner = a_clinic(), a_member()
    in_group = a_clinic(by=owner, group=a_group(owner=owner))

    with pytest.raises(actions.NotNow):
        actions.assign(thread, a_member(), by=a_member())
    with pytest.raises(actions.NotNow):
        actions.assign(in_group, a_member(), by=a_moderator())

    assert not Ask.objects.exists()


def test_an_expert_who_passes_is_expert_no_more(db):
    expert, thread = a_member(), a_clinic()
    actions.assign(thread, expert, by=a_moderator())

    claims.pass_on(thread, by=expert)

    thread.refresh_from_db()
    assert thread.expert is None


def test_a_clinic_is_late_after_three_days_and_moderators_hear_of_it(db):
    moderator, thread = a_moderator(), a_clinic()

    later(days=2, minutes=1)
    later(days=3, minutes=2)

    assert moderator.notifications.filter(key=f"unanswered:{thread.pk}").count() == 1
    soon = timezone.now() + timedelta(hours=1)
    assert not reading.standing(thread, moderator, soon).is_late
    assert reading.standing(thread, moderator, soon + timedelta(days=3)).is_late


def test_its_author_records_what_became_of_a_clinic(db):
    thread = a_clinic()

    actions.record_outcome(thread, "We changed the line.", by=thread.author)

    thread.refresh_from_db()
    assert thread.clinic_outcome == "We changed the line."
    with pytest.raises(actions.NotNow):
        actions.record_outcome(thread, "No.", by=a_member())
