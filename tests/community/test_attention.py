"""Who hears of what, why, and how."""

import pytest
from django.db import transaction

from community.attention import actions, listeners, querysets
from community.attention.telling import Happening, tell
from community.groups import actions as groups
from community.models import Attention, Barrier, Group, Membership, Notification, Watch
from community.threads import actions as threads
from tests.factories import a_case_study, a_member, concept
from tests.factories.attention import keep_away, mention, told, watching
from tests.factories.community import a_group, a_question, a_reply, a_thread, join

Level = Watch.Level


def test_who_begins_or_answers_a_thread_tracks_it_by_itself(db):
    asker, helper = a_member(), a_member()
    thread = a_thread(by=asker)
    a_reply(thread, by=helper)

    levels = {row.person_id: row.level for row in Watch.objects.filter(topic=f"thread:{thread.pk}")}

    assert levels == {asker.pk: Level.TRACKING, helper.pk: Level.TRACKING}


def test_an_answer_leaves_the_level_she_chose(db):
    person, thread = a_member(), a_thread()
    watching(person, thread, Level.MUTED)

    a_reply(thread, by=person)

    assert querysets.level_of(person, f"thread:{thread.pk}") == Level.MUTED


def test_each_level_hears_what_it_says(db):
    thread = a_thread()
    people = {level: a_member() for level in Level}
    for level, person in people.items():
        watching(person, thread, level)

    a_reply(thread)

    assert {level: told(person) for level, person in people.items()} == {
        Level.WATCHING: [("posted", "now")],
        Level.TRACKING: [("posted", "digest")],
        Level.NORMAL: [],
        Level.MUTED: [],
    }


def test_the_most_important_reason_is_the_one_told(db):
    asker, quoted, named, answered = a_member(), a_member(), a_member(), a_member()
    thread = a_thread(by=asker)
    first = a_reply(thread, by=quoted)
    second = a_reply(thread, by=answered)
    Notification.objects.all().delete()

    text = f"> Yes\n\n[@{thread.pk}:{first.number}]\n\n{mention(named)}, {mention(quoted)}: what do you say?"
    a_reply(thread, text, to=second)

    assert told(asker) == [("posted", "digest")]
    assert told(quoted) == [("mention", "now")]
    assert told(named) == [("mention", "now")]
    assert told(answered) == [("reply", "now")]


def test_a_post_to_nobody_else_answers_who_began_the_thread(db):
    asker = a_member()

    a_reply(a_question(by=asker))

    assert told(asker) == [("reply", "now")]


def test_nobody_is_told_of_her_own_doing(db):
    person = a_member()
    thread = a_thread(by=person)

    a_reply(thread, f"{mention(person)}, note to self.", by=person)

    assert told(person) == []


def test_muted_threads_and_groups_tell_nothing_not_even_a_mention(db):
    person, other, listener = a_member(), a_member(), a_member()
    group = a_group(members=(person, other, listener))
    watching(person, group, Level.MUTED)
    thread = a_thread(by=other, group=group)
    watching(listener, thread, Level.MUTED)

    a_reply(thread, f"{mention(person)} {mention(listener)} {mention(group.created_by)}", by=other)

    named = [told(one)[-1:] for one in (person, listener, group.created_by)]
    assert [reason for one in named for reason, _delivery in one if reason == "mention"] == ["mention"]
    assert named[2] == [("mention", "now")]


@pytest.mark.parametrize("kind", Barrier.Kind)
def test_who_keeps_somebody_away_hears_nothing_of_her(db, kind):
    person, other = a_member(), a_member()
    post = a_reply(a_thread(by=person), mention(person), by=other, held=True)
    keep_away(person, other, kind)

    with transaction.atomic():
        threads.show(post)

    assert told(person) == []


def test_inactive_people_are_told_nothing(db):
    gone, here = a_member(is_active=False), a_member()
    thread = a_thread()
    watching(gone, thread)
    watching(here, thread)

    a_reply(thread, mention(gone))

    assert (told(gone), told(here)) == ([], [("posted", "now")])


def test_who_may_not_read_the_group_is_not_told(db):
    outsider, insider, former = a_member(), a_member(), a_member()
    group = a_group(access=Group.Access.HIDDEN, members=(insider, former))
    thread = a_thread(by=insider, group=group)
    watching(former, thread)
    groups.leave(group, by=former)
    Notification.objects.all().delete()

    a_reply(thread, mention(outsider), by=group.created_by)

    assert (told(outsider), told(former)) == ([], [])
    assert told(insider) == [("reply", "now")]


def test_a_new_thread_is_told_to_who_follows_its_group_concept_or_case_study(db):
    of_group, of_concept, of_study, author, nobody = (a_member() for _number in range(5))
    study, factor = a_case_study(owner=author), concept("factor/connectivity")
    group = a_group(members=(of_group, nobody))
    watching(of_group, group)
    watching(of_concept, factor, Level.TRACKING)
    watching(of_study, study)
    Notification.objects.all().delete()

    a_thread(by=group.created_by, group=group, concepts=(factor,), case_study=study)

    assert told(of_group) == [("opened", "now")]
    assert told(of_concept) == [("opened", "digest")]
    assert told(of_study) == [("opened", "now")]
    assert told(author) == [("opened", "now")]
    assert told(nobody) == []


def test_held_posts_are_told_when_they_are_let_through(db):
    asker = a_member()
    thread = a_thread(by=asker)
    post = a_reply(thread, held=True)
    before = told(asker)

    with transaction.atomic():
        threads.show(post)

    assert (before, told(asker)) == ([], [("reply", "now")])


def test_an_edit_tells_who_is_named_only_now(db):
    watcher, named, writer = a_member(), a_member(), a_member()
    thread = a_thread()
    post = a_reply(thread, by=writer)
    watching(watcher, thread)

    threads.edit(post, f"We did, {mention(named)}.", by=writer)

    assert (told(named), told(watcher)) == ([("mention", "now")], [])


def test_an_accepted_answer_and_thanks_are_told_once(db):
    asker, helper = a_member(), a_member()
    thread = a_question(by=asker)
    answer = a_reply(thread, by=helper)

    for _time in range(3):
        threads.accept(answer, by=asker)
        threads.react(answer, "thanks", by=asker)
    threads.react(answer, "same", by=asker)

    assert told(helper) == [("accepted", "now"), ("thanked", "site")]


def test_choices_decide_how(db):
    asker = a_member()
    thread = a_thread(by=asker)
    ways = []
    for mails_at_once, digest in ((False, "weekly"), (False, "none"), (True, "none")):
        Attention.objects.update_or_create(person=asker, defaults={"mails_at_once": mails_at_once, "digest": digest})
        a_reply(thread)
        ways.append(told(asker)[-1][1])

    assert ways == ["digest", "site", "now"]


def test_choices_also_hold_for_what_waits(db):
    asker = a_member()
    a_reply(a_thread(by=asker))

    actions.choose(Attention(person=asker, mails_at_once=False, digest="daily"))
    in_digest = told(asker)
    actions.stop_all(asker)

    assert (in_digest, told(asker)) == ([("reply", "digest")], [("reply", "site")])


def test_a_request_to_join_is_told_to_moderators_and_its_end_to_the_member(db):
    person = a_member()
    group = a_group(access=Group.Access.REQUEST)
    Notification.objects.all().delete()

    row = groups.join(group, by=person)
    asked = (told(group.created_by), told(person))
    groups.let_in(row, by=group.created_by)

    assert asked == ([("membership", "now")], [])
    assert told(person) == [("membership", "now")]


def test_others_may_tell_of_their_own_things_once(db):
    asked, other = a_member(), a_member()
    thread = a_question()
    happening = Happening(f"asked:{thread.pk}", None, {"thread": thread})

    tell([asked.pk], Notification.Reason.ASKED, happening)
    tell([asked.pk, other.pk], Notification.Reason.ASKED, happening)

    assert (told(asked), told(other)) == ([("asked", "now")], [("asked", "now")])


def test_it_happens_in_the_same_transaction(db):
    asker = a_member()
    thread = a_thread(by=asker)

    with pytest.raises(RuntimeError), transaction.atomic():
        a_reply(thread)
        raise RuntimeError

    assert told(asker) == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_post_costs_the_same_queries_for_one_watcher_as_for_forty(db, django_assert_num_queries, count):
    writer, group = a_member(), a_group(access=Group.Access.REQUEST)
    join(group, writer)
    thread = a_thread(by=group.created_by, group=group)
    for _number in range(count):
        reader = a_member()
        Membership.objects.create(group=group, person=reader)
        watching(reader, thread)
    post = a_reply(thread, held=True, by=writer)

    with django_assert_num_queries(8):
        listeners.posted(post)

    assert Notification.objects.filter(reason="posted").count() == count
