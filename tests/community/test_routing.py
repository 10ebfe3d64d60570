"""Who is asked to answer a question, and who never is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.answering import actions, claims, querysets, reading, routing, wording
from community.answering.candidates import Pool
from community.groups import actions as groups
from community.models import Ask, Attention, Barrier, Group, Notification, Routing, Watch
from community.threads import actions as threads
from people.actions import delete_account
from portal import duties
from tests.factories import a_case_study, a_member, concept
from tests.factories.answering import a_helper, asked, later
from tests.factories.community import a_group, a_moderator, a_question, a_reply, a_thread

FACTOR = "factor/connectivity"


def a_question_about(path: str = FACTOR, **fields):
    return a_question(concepts=(concept(path),), **fields)


def test_people_who_share_a_topic_and_the_language_are_asked_and_told_why(db):
    helper, other_topic, other_language = (
        a_helper(FACTOR),
        a_helper("factor/privacy"),
        a_helper(FACTOR, languages=("fi",)),
    )
    thread = a_question_about()

    later(seconds=5)

    assert asked(thread) & {helper, other_topic, other_language} == {helper}
    row = Notification.objects.get(person=helper)
    assert (row.reason, row.delivery, row.key) == ("asked", "now", f"asked:{thread.pk}")
    words = wording.reasons(Ask.objects.get(thread=thread, person=helper).reasons)
    assert words == ["because Connectivity is among your interests", "because you read English"]


def test_opening_a_question_only_marks_it(db):
    a_helper(FACTOR)

    thread = a_question_about()

    assert asked(thread) == set()
    assert Routing.objects.get(thread=thread).look_at <= timezone.now()


def test_discussions_are_not_routed(db):
    thread = a_thread(concepts=(concept(FACTOR),))

    assert not Routing.objects.filter(thread=thread).exists()


def test_only_willing_active_adults_are_asked(db):
    a_helper(FACTOR, willing=False)
    a_helper(FACTOR, adult=False)
    a_helper(FACTOR, is_active=False)
    a_member(languages=["en"])
    thread = a_question_about()

    later(seconds=5)

    assert asked(thread) == set()


def test_who_changes_her_mind_after_the_memory_was_read_is_not_asked(db):
    helper = a_helper(FACTOR)
    thread = a_question_about()
    now = timezone.now()
    pool = Pool(now)
    Attention.objects.filter(person=helper).update(takes_questions=False)

    routing.turn(now, pool)

    assert asked(thread) == set()


def test_the_author_is_never_asked(db):
    author = a_helper(FACTOR)
    thread = a_question_about(by=author)

    later(seconds=5)

    assert asked(thread) == set()


@pytest.mark.parametrize("kind", Barrier.Kind.values)
@pytest.mark.parametrize("by_author", [True, False])
def test_who_is_kept_away_either_way_is_not_asked(db, kind, by_author):
    author, helper = a_member(), a_helper(FACTOR)
    Barrier.objects.create(by=author if by_author else helper, against=helper if by_author else author, kind=kind)
    thread = a_question_about(by=author)

    later(seconds=5)

    assert asked(thread) == set()


def test_who_muted_the_topic_is_not_asked(db):
    helper = a_helper(FACTOR)
    Watch.objects.create(person=helper, topic=f"concept:{concept(FACTOR).pk}", level=Watch.Level.MUTED)
    thread = a_question_about()

    later(seconds=5)

    assert asked(thread) == set()


@pytest.mark.parametrize("access", Group.Access.values)
def test_questions_of_a_group_never_reach_who_is_not_in_it(db, access):
    owner, member, outsider = a_member(), a_helper(FACTOR), a_helper(FACTOR)
    group = a_group(owner=owner, members=(member,), access=access)
    thread = a_question_about(by=owner, group=group)

    later(seconds=5)

    assert asked(thread) == {member}
    assert not Notification.objects.filter(person=outsider).exists()


def test_who_left_the_group_since_sees_nothing_of_the_question(db):
    owner, member = a_member(), a_helper(FACTOR)
    group = a_group(owner=owner, members=(member,), access=Group.Access.HIDDEN)
    thread = a_question_about(by=owner, group=group)
    later(seconds=5)

    groups.leave(group, by=member)

    assert asked(thread) == {member}
    assert list(querysets.asks_of(member)) == []


def test_nobody_is_asked_more_than_twice_in_seven_days(db):
    helper = a_helper(FACTOR)
    for _number in range(3):
        a_question_about()

    later(seconds=5)
    later(days=2)

    assert Ask.objects.filter(person=helper).count() == 2


def test_two_workers_with_old_memories_keep_the_limit_too(db):
    helper = a_helper(FACTOR)
    questions = [a_question_about() for _number in range(4)]
    now = timezone.now()
    memories = [Pool(now) for _question in questions]

    for question, memory in zip(questions, memories, strict=True):
        routing.look_after(question.routing.pk, now, memory)

    assert Ask.objects.filter(person=helper).count() == 2


def test_a_second_turn_asks_nobody_twice(db):
    helper = a_helper(FACTOR)
    thread = a_question_about()
    now = timezone.now()
    pool = Pool(now)

    routing.look_after(thread.routing.pk, now, pool)
    routing.look_after(thread.routing.pk, now, pool)

    assert asked(thread) == {helper}
    assert Notification.objects.filter(person=helper).count() == 1


def test_five_are_asked_and_who_was_asked_least_lately_comes_first(db):
    helpers = {a_helper(FACTOR) for _number in range(10)}
    first, second = a_question_about(), a_question_about()

    later(seconds=5)

    assert len(asked(first)) == len(asked(second)) == 5
    assert asked(first) | asked(second) == helpers


def test_who_wrote_about_it_comes_before_who_is_interested(db):
    interested = {a_helper(FACTOR) for _number in range(6)}
    writer = a_helper()
    a_case_study(owner=writer)
    thread = a_question_about()

    later(seconds=5)

    assert writer in asked(thread)
    assert len(asked(thread) & interested) == 4
    ask = Ask.objects.get(thread=thread, person=writer)
    assert "because you wrote about Connectivity" in wording.reasons(ask.reasons)


def test_who_helped_before_comes_first(db):
    helpers = [a_helper(FACTOR) for _number in range(6)]
    answered = a_question_about(by=a_member())
    for helper in helpers:
        a_reply(answered, by=helper)
    threads.accept(answered.posts.get(author=helpers[3]), by=answered.author)
    thread = a_question_about()

    pool = Pool(timezone.now())
    routing.look_after(thread.routing.pk, timezone.now(), pool)

    assert helpers[3] in asked(thread)


def test_concepts_are_found_in_the_words_where_none_are_declared(db):
    helper, other = a_helper("factor/privacy"), a_helper(FACTOR)
    thread = a_question("How do you handle privacy with parents?")

    later(seconds=5)

    assert asked(thread) == {helper}
    assert other not in asked(thread)


def test_without_any_concept_those_who_read_the_language_are_asked(db):
    helper = a_helper(FACTOR, languages=("fi",))
    thread = a_question("Xyzzy?", text="Plugh.", language="fi")

    later(seconds=5)

    assert asked(thread) == {helper}
    assert Routing.objects.get(thread=thread).reach == Routing.Reach.LANGUAGE


def test_with_too_few_the_reach_grows_to_anything_in_common(db):
    near, far = a_helper(FACTOR), a_helper("level/isced-1")
    thread = a_question(concepts=(concept(FACTOR), concept("level/isced-1")))

    later(seconds=5)

    assert asked(thread) == {near, far}
    assert Routing.objects.get(thread=thread).reach == Routing.Reach.ANY


def test_with_too_few_the_moderators_of_the_group_are_asked(db):
    owner = a_member(adult_confirmed_at=timezone.now())
    writer = a_member()
    group = a_group(owner=owner, members=(writer,))
    thread = a_question_about(by=writer, group=group)

    later(seconds=5)

    assert asked(thread) == {owner}
    assert Routing.objects.get(thread=thread).reach == Routing.Reach.MODERATORS


def test_english_is_no_replacement(db):
    reader = a_helper(FACTOR, languages=("en",))
    thread = a_question_about(language="fi")

    later(seconds=5)

    assert reader not in asked(thread)


def test_when_one_passes_another_is_asked(db):
    helpers = {a_helper(FACTOR) for _number in range(6)}
    thread = a_question_about()
    later(seconds=5)
    passing = next(iter(asked(thread)))

    claims.pass_on(thread, by=passing)
    later(seconds=10)

    assert asked(thread) == helpers
    assert asked(thread, Ask.State.ASKED) == helpers - {passing}


def test_three_days_later_the_next_are_asked(db):
    helpers = {a_helper(FACTOR) for _number in range(8)}
    thread = a_question_about()
    later(seconds=5)

    later(days=3, minutes=1)

    assert asked(thread) == helpers
    assert len(asked(thread, Ask.State.ASKED)) == 3


def test_moderators_and_the_author_hear_of_it_once(db):
    moderator, author = a_moderator(), a_member()
    thread = a_question_about(by=author)

    for day in range(0, 40):
        later(days=day)

    assert [row.key for row in moderator.notifications.all()] == [f"unanswered:{thread.pk}"]
    assert [row.key for row in author.notifications.all()] == [f"still-needed:{thread.pk}"]


def test_a_worker_that_stood_still_catches_up_a_step_a_day(db):
    moderator, author = a_moderator(), a_member()
    thread = a_question_about(by=author)

    told = []
    for days in (30, 31, 32, 33):
        later(days=days)
        told.append((moderator.notifications.count(), author.notifications.count()))

    assert told == [(0, 0), (1, 0), (1, 1), (1, 1)]
    assert Routing.objects.get(thread=thread).look_at is not None


def test_a_group_has_its_own_moderators(db):
    portal, owner, author = a_moderator(), a_member(), a_member()
    group = a_group(owner=owner, members=(author,))
    thread = a_question_about(by=author, group=group)

    for day in range(9):
        later(days=day)

    assert owner.notifications.filter(key=f"unanswered:{thread.pk}").count() == 1
    assert not portal.notifications.exists()


def test_an_answered_question_is_left_alone(db):
    moderator, author = a_moderator(), a_member()
    thread = a_question_about(by=author)
    a_reply(thread)

    for day in range(20):
        later(days=day)

    assert not moderator.notifications.exists()
    assert not author.notifications.filter(reason="escalated").exists()


def test_when_the_only_answer_goes_the_question_is_looked_after_again(db):
    helper = a_helper(FACTOR)
    thread = a_question_about()
    post = a_reply(thread, by=a_member())

    threads.delete(post, by=post.author)
    later(seconds=5)

    assert asked(thread) == {helper}


def test_who_gives_up_is_asked_for_no_more(db):
    a_helper(FACTOR)
    thread = a_question_about()

    actions.give_up(thread, by=thread.author)
    later(days=3, minutes=1)

    assert asked(thread) == set()


def test_the_author_may_widen_the_languages(db):
    finn = a_helper(FACTOR, languages=("fi",))
    thread = a_question_about()
    later(seconds=5)

    actions.still_matters(thread, by=thread.author, languages=["fi", "xx"])
    later(seconds=10)

    assert asked(thread) == {finn}


def test_erased_people_are_gone_and_what_they_held_is_free(db):
    helper = a_helper(FACTOR)
    thread = a_question_about()
    later(seconds=5)
    claims.take_on(thread, by=helper)

    delete_account(helper)

    assert not Ask.objects.filter(thread=thread).exists()
    assert reading.standing(thread, a_member()).holder is None


def test_a_moderator_asks_by_name_within_the_limit(db):
    moderator, person = a_moderator(), a_member(adult_confirmed_at=timezone.now())
    for _number in range(2):
        actions.ask_person(a_question_about(), person, by=moderator)

    with pytest.raises(actions.NotNow):
        actions.ask_person(a_question_about(), person, by=moderator)

    assert Ask.objects.filter(person=person).count() == 2


def test_suggestions_say_what_is_shared_not_whence_it_is_known(db):
    helper = a_helper(FACTOR)
    thread = a_question_about()

    found = reading.suggestions(thread)

    assert [(one.person, one.reasons) for one in found] == [(helper, ["Connectivity", "English"])]


@pytest.mark.parametrize("count", [1, 3])
def test_the_memory_is_read_in_as_many_queries_however_many_people_there_are(db, count):
    for _number in range(count):
        a_case_study(owner=a_helper(FACTOR))

    with CaptureQueriesContext(connection) as queries:
        Pool(timezone.now())

    assert len(queries) == 16


@pytest.mark.parametrize("count", [1, 3])
def test_asking_takes_as_many_queries_however_many_are_asked(db, count):
    for _number in range(count):
        a_helper(FACTOR)
    thread = a_question_about()
    now = timezone.now()
    pool = Pool(now)

    with CaptureQueriesContext(connection) as queries:
        routing.look_after(thread.routing.pk, now, pool)

    assert len(queries) == 17
    assert len(asked(thread)) == count


def test_waiting_questions_are_those_she_may_answer_the_oldest_first(db):
    person = a_member(languages=["en"])
    now = timezone.now()
    newer = a_question_about()
    older = threads.open_thread(
        threads.Opening(title="Older", text="Who?", kind="question", language="en"),
        by=a_member(),
        at=now - timedelta(days=2),
    )
    a_question_about(language="fi")
    a_question_about(by=person)
    a_reply(a_question_about())
    owner = a_member()
    a_question_about(by=owner, group=a_group(owner=owner))
    blocked = a_member()
    Barrier.objects.create(by=blocked, against=person, kind=Barrier.Kind.BLOCK)
    a_question_about(by=blocked)
    mine = a_group(owner=owner, members=(person,))
    in_group = a_question_about(by=owner, group=mine)

    assert list(querysets.waiting_for(person)) == [older, newer, in_group]


def test_the_worker_knows_the_duty(db):
    assert "Questions to people who may answer" in [name for name, _every, _duty in duties._duties]
