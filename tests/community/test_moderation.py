"""What moderators do to posts, threads, people; that it is told, logged, and can be taken back."""

import pytest

from community.models import Decision, Flag, FormerPlace, LogEntry, Notification, Post, Thread, Watch
from community.moderation import cases, complaints, measures, places, rearranging, suspending
from community.moderation.deciding import NotNow, Reasons
from community.threads import actions as threads
from tests.factories import a_member
from tests.factories.community import a_group, a_moderator, a_question, a_reply, a_thread

pytestmark = pytest.mark.django_db
WHY = Reasons("spam", "It sells something.", "Rule 3")


def titles(viewer) -> list[str]:
    return [thread.title for thread in Thread.objects.visible_to(viewer)]


def test_a_hidden_post_is_seen_by_nobody_and_comes_back_as_it_was(mailoutbox, django_capture_on_commit_callbacks):
    author, moderator = a_member(language="fi"), a_moderator()
    post = a_reply(a_thread(), "Buy this", by=author)
    flag = cases.flag(post, "spam", "", by=a_member())

    with django_capture_on_commit_callbacks(execute=True):
        decision = measures.hide(post, WHY, by=moderator)

    flag.refresh_from_db()
    assert not Post.objects.visible_to(author).filter(pk=post.pk).exists()
    assert (flag.state, flag.decision, flag.handler) == (Flag.State.UPHELD, decision, moderator)
    assert (decision.affects, decision.is_automatic) == (author, False)
    assert [mail.to for mail in mailoutbox] == [[author.email]]
    assert "It sells something." in mailoutbox[0].body
    assert Notification.objects.get(person=author).delivery == Notification.Delivery.SITE

    measures.restore(post, WHY, by=moderator)
    assert Post.objects.visible_to(None).filter(pk=post.pk).exists()


def test_hiding_the_opening_post_hides_the_thread_and_restoring_keeps_it_closed():
    moderator, thread = a_moderator(), a_thread("Lantern")
    measures.close(thread, WHY, by=moderator)

    measures.hide(thread.posts.get(number=1), WHY, by=moderator)
    assert titles(moderator) == []

    measures.restore(thread, WHY, by=moderator)
    thread.refresh_from_db()
    assert thread.state == Thread.State.CLOSED


def test_an_accepted_answer_is_one_again_when_it_is_restored():
    moderator, question = a_moderator(), a_question()
    answer = a_reply(question)
    threads.accept(answer, by=question.author)
    measures.hide(answer, WHY, by=moderator)
    question.refresh_from_db()
    assert question.accepted is None

    measures.restore(answer, WHY, by=moderator)
    question.refresh_from_db()
    assert question.accepted == answer


def test_everything_is_logged_and_the_log_is_not_rewritten():
    moderator = a_moderator()
    measures.close(a_thread(), WHY, by=moderator)
    entry = LogEntry.objects.get(action="close")

    assert (entry.by, entry.data["before"]) == (moderator, "open")
    with pytest.raises(TypeError):
        entry.save()


def test_a_split_thread_takes_posts_along_and_their_addresses_still_lead_to_them():
    thread = a_thread("Two things at once")
    a_reply(thread, "About the first thing.")
    second = a_reply(thread, "About another thing.")

    new = rearranging.split(thread, [second.number], "Another thing", WHY, by=a_moderator())

    second.refresh_from_db()
    thread.refresh_from_db()
    assert (second.thread, second.number, new.post_count, thread.post_count) == (new, 1, 1, 2)
    assert FormerPlace.objects.get(thread=thread, number=3).post == second
    assert (places.post_at(thread.pk, 3), places.post_at(thread.pk, 2).number) == (second, 2)


def test_a_merged_thread_is_gone_and_its_posts_follow_in_the_other():
    one, other = a_thread("One"), a_thread("Other")
    post, watcher = a_reply(one, "Kept."), a_member()
    Watch.objects.create(person=watcher, topic=f"thread:{one.pk}", level=Watch.Level.WATCHING)

    rearranging.merge(one, other, WHY, by=a_moderator())

    one.refresh_from_db()
    post.refresh_from_db()
    assert (one.merged_into, post.thread, post.number) == (other, other, 3)
    assert titles(None) == ["Other"]
    assert Thread.objects.get(pk=other.pk).post_count == 3
    assert places.thread_now(one) == other
    assert Watch.objects.get(person=watcher).topic == f"thread:{other.pk}"


def test_what_was_written_for_members_is_moved_nowhere_else():
    owner = a_member()
    closed, opened = a_group(owner=owner, access="invited"), a_group(owner=owner)
    thread = a_thread(group=closed, by=owner)

    with pytest.raises(NotNow):
        rearranging.move(thread, opened, WHY, by=owner)

    public = a_thread(group=opened, by=owner)
    rearranging.move(public, closed, WHY, by=owner)
    assert Thread.objects.visible_to(None).count() == 0


def test_a_suspended_member_is_a_visitor_at_once_and_what_was_hidden_with_her_comes_back(client):
    person, moderator = a_member(), a_moderator()
    thread = a_thread("Hers", by=person)
    others = a_thread("Not hers")
    answer = a_reply(others, "Hers too", by=person)
    gone_before = a_reply(others, "Hidden before", by=person)
    measures.hide(gone_before, WHY, by=moderator)
    client.force_login(person)

    suspending.suspend(person, WHY, by=moderator, with_content=True)

    assert client.get("/en/me/").status_code == 302
    assert titles(None) == ["Not hers"]
    assert not Post.objects.visible_to(None).filter(pk=answer.pk).exists()

    suspending.lift(person, WHY, by=moderator)
    thread.refresh_from_db()
    shown = set(Post.objects.visible_to(None).filter(author=person).values_list("pk", flat=True))
    assert (thread.state, gone_before.pk in shown, answer.pk in shown) == (Thread.State.OPEN, False, True)
    person.refresh_from_db()
    assert person.is_active


def test_a_suspension_ends_by_itself(time_machine):
    from datetime import timedelta

    from django.utils import timezone

    person = a_member()
    suspending.suspend(person, WHY, by=a_moderator(), until=timezone.now() + timedelta(days=7))
    assert suspending.lift_due() == 0

    time_machine.move_to(timezone.now() + timedelta(days=8))
    assert suspending.lift_due() == 1
    person.refresh_from_db()
    assert person.is_active


def test_moderators_of_a_group_suspend_nobody():
    owner, person = a_member(), a_member()
    a_group(owner=owner, members=(person,))

    with pytest.raises(NotNow):
        suspending.suspend(person, WHY, by=owner)


def test_a_complaint_is_answered_by_another_and_takes_the_decision_back():
    first, second, author = a_moderator(), a_moderator(), a_member()
    post = a_reply(a_thread(), by=author)
    cases.flag(post, "spam", "", by=a_member())
    decision = measures.hide(post, WHY, by=first)

    complaints.complain(decision, "It was no advertising.")
    with pytest.raises(NotNow):
        complaints.uphold(decision, "You are right.", by=first)
    complaints.uphold(decision, "You are right.", by=second)

    decision.refresh_from_db()
    assert decision.complaint_state == Decision.Complaint.UPHELD
    assert Post.objects.visible_to(None).filter(pk=post.pk).exists()
    assert Flag.objects.get().state == Flag.State.DISMISSED
    with pytest.raises(NotNow):
        complaints.complain(decision, "Once more.")


def test_a_flag_is_made_once_and_not_about_oneself():
    person, author = a_member(), a_member()
    post = a_reply(a_thread(), by=author)

    assert cases.flag(post, "spam", "", by=person) == cases.flag(post, "wrong", "", by=person)
    with pytest.raises(NotNow):
        cases.flag(post, "spam", "", by=author)


def test_dismissing_one_flag_settles_the_others_about_the_same_thing():
    post = a_reply(a_thread())
    flags = [cases.flag(post, "spam", "", by=a_member()) for _number in range(2)]

    cases.dismiss(flags[0], WHY, by=a_moderator())

    assert set(Flag.objects.values_list("state", flat=True)) == {Flag.State.DISMISSED}


def test_a_held_post_is_let_through_by_a_moderator():
    thread = a_thread(held=True)
    assert titles(None) == []
    flag = Flag.objects.get(post__thread=thread)
    assert (flag.by, flag.is_automatic) == (None, True)

    measures.let_through(thread.posts.get(), by=a_moderator())

    flag.refresh_from_db()
    assert (titles(None), flag.state) == ([thread.title], Flag.State.DISMISSED)


def test_hiding_what_was_held_is_said_to_be_found_by_automatic_means():
    thread = a_thread(held=True)

    decision = measures.hide(thread.posts.get(), WHY, by=a_moderator())

    assert (decision.is_automatic, Flag.objects.get().state) == (True, Flag.State.UPHELD)


def test_nobody_learns_who_writes_in_a_closed_group_by_quoting_numbers():
    owner = a_member(name="Zenobia")
    closed = a_thread(group=a_group(owner=owner, access="hidden"), by=owner)
    words = f"[@{closed.pk}:1]\n\n> Guessed"

    assert "Zenobia" not in a_reply(a_thread(), words).html
    assert "Zenobia" in a_reply(closed, words, by=owner).html
