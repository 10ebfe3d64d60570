"""A thread as it is read: who gets in, its pages, what is new, and when it takes posts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.groups import actions as groups
from community.models import Group, Post, ReadingPlace, Thread
from community.threads import actions, permissions
from tests.factories import a_member
from tests.factories.community import a_group, a_moderator, a_question, a_reply, a_thread


def address(thread, rest: str = "") -> str:
    return f"/en/community/threads/{thread.pk}/{rest}"


def filled(thread: Thread, count: int) -> None:
    """Posts as they lie in the database."""
    first, author = thread.posts.get(number=1), a_member()
    rows = (
        Post(thread=thread, number=number, author=author, language="en", source="We did.",
             html=f"<p>Words {number}</p>", created_at=first.created_at)
        for number in range(2, count + 1)
    )  # fmt: skip
    Post.objects.bulk_create(rows)
    Thread.objects.filter(pk=thread.pk).update(last_number=count, post_count=count)


def queries_for(client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as made:
        assert client.get(where).status_code == 200
    return len(made)


def test_a_thousand_posts_take_as_many_queries_as_three(client, db):
    short, long = a_question(), a_question()
    filled(short, 3)
    filled(long, 1000)
    client.force_login(a_member())

    of_short = queries_for(client, address(short))
    of_long = queries_for(client, address(long))

    assert of_long == of_short


@pytest.mark.parametrize("asked,first,last", [("", 1, 50), ("?page=3", 101, 120), ("?at=51", 51, 100), ("?at=999", 101, 120), ("?page=x", 1, 50)])  # fmt: skip
def test_fifty_posts_make_a_page(client, db, asked, first, last):
    thread = a_question()
    filled(thread, 120)

    shown = client.get(address(thread) + asked).context["page"]

    assert (shown.first, shown.last, shown.count) == (first, last, 3)


def test_the_address_of_a_post_leads_to_its_page(client, db):
    thread = a_question()
    filled(thread, 120)

    answer = client.get(thread.posts.get(number=77).get_absolute_url())

    assert answer.url == f"{address(thread)}?at=77#post-77"


def test_who_comes_back_goes_on_where_she_was(client, db):
    thread, reader = a_question(), a_member()
    filled(thread, 120)
    client.force_login(reader)
    client.get(address(thread))

    html = client.get(address(thread)).content.decode()

    assert ReadingPlace.objects.get(person=reader, thread=thread).number == 50
    assert '<a href="?at=51#post-51">' in html


def test_reading_never_goes_back(client, db):
    thread, reader = a_question(), a_member()
    filled(thread, 20)
    client.force_login(reader)

    for number in (15, 7, 999):
        client.post(address(thread, f"seen/{number}/"))

    assert ReadingPlace.objects.get(person=reader, thread=thread).number == 20


def test_new_posts_are_given_once_they_are_there(client, db):
    thread = a_question()
    nothing = client.get(address(thread, "since/1/"))
    a_reply(thread, "We have, in two villages.")

    something = client.get(address(thread, "since/1/"))

    assert (nothing.status_code, something.status_code) == (204, 200)
    assert "We have, in two villages." in something.content.decode()
    assert 'id="post-1"' not in something.content.decode()


def test_who_leaves_a_group_gets_no_more_of_it(client, db):
    person, owner = a_member(), a_member()
    group = a_group(owner=owner, access=Group.Access.HIDDEN, members=(person,))
    thread = a_thread(by=owner, group=group)
    client.force_login(person)
    before = client.get(address(thread, "since/0/"))
    groups.leave(group, by=person)

    after = client.get(address(thread, "since/0/"))

    assert (before.status_code, after.status_code) == (200, 404)


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_a_hidden_groups_thread_is_not_there_for_others_whatever_they_do(client, db, who):
    owner = a_member()
    group = a_group(owner=owner, access=Group.Access.HIDDEN)
    thread = a_question("Lantern schools", by=owner, group=group)
    post = thread.posts.get()
    if who == "stranger":
        client.force_login(a_member())

    reads = [client.get(address(thread)), client.get(address(thread, "since/0/")), client.get(post.get_absolute_url())]
    reads.append(client.get(f"/en/community/posts/{post.pk}/history/"))
    writes = [client.post(address(thread, f"{verb}/"), {"text": "Hello"}) for verb in ("reply", "seen/1")]
    writes += [client.post(f"/en/community/posts/{post.pk}/{verb}/", {"text": "x", "kind": "thanks", "language": "fi"})
               for verb in ("react", "accept", "language", "edit", "delete")]  # fmt: skip

    assert {one.status_code for one in reads} == {404}
    assert {one.status_code for one in writes} == ({404} if who == "stranger" else {302})
    assert all("/login/" in one.url for one in writes if one.status_code == 302)
    assert [row.source for row in thread.posts.all()] == ["Who has tried it?"]


@pytest.mark.parametrize("verb", ["edit", "delete", "language"])
def test_only_its_author_changes_a_post(client, db, verb):
    thread = a_question()
    post = a_reply(thread, "We have.")
    client.force_login(thread.author)

    answer = client.post(f"/en/community/posts/{post.pk}/{verb}/", {"text": "We have not.", "language": "fi"})

    post.refresh_from_db()
    assert answer.status_code == 404
    assert (post.source, post.language, post.state) == ("We have.", "en", "shown")


def test_who_may_reply_to_what(db):
    owner, member, other, moderator = a_member(), a_member(), a_member(), a_moderator()
    group = a_group(owner=owner, access=Group.Access.OPEN, members=(member,))
    thread, in_the_open = a_thread(by=owner, group=group), a_thread()
    people = [AnonymousUser(), other, member, owner, moderator]

    may = [[permissions.may_reply(one, it) for one in people] for it in (thread, in_the_open)]
    Thread.objects.filter(pk=thread.pk).update(state=Thread.State.CLOSED)
    thread.refresh_from_db()
    closed = [permissions.may_reply(one, thread) for one in people]

    assert may == [[False, False, True, True, True], [False, True, True, True, True]]
    assert closed == [False] * 5


def test_a_written_discussion_takes_posts_in_its_time_only(client, db):
    now, host, guest = timezone.now(), a_member(), a_member()
    times = {"before": (1, 2), "during": (-1, 1), "after": (-2, -1)}
    threads = {
        when: a_thread(by=host, kind=Thread.Kind.WRITTEN, starts_at=now + timedelta(days=begins), ends_at=now + timedelta(days=ends))
        for when, (begins, ends) in times.items()
    }  # fmt: skip
    client.force_login(guest)

    shown = {when: client.get(address(it)).content.decode() for when, it in threads.items()}
    may = {when: permissions.may_reply(guest, it) for when, it in threads.items()}
    with pytest.raises(actions.NotNow):
        actions.reply(threads["after"], "Too late.", by=guest)

    assert may == {"before": False, "during": True, "after": False}
    assert "It begins in" in shown["before"]
    assert "Open for posts:" in shown["during"]
    assert "takes no more posts" in shown["after"]


def test_a_clinic_says_until_when_it_is_answered(client, db):
    thread = a_thread(kind=Thread.Kind.CLINIC, situation="One teacher, four levels.")
    waiting = client.get(address(thread)).content.decode()
    a_reply(thread)

    answered = client.get(address(thread)).content.decode()

    assert "First answer due by" in waiting
    assert "First answer due by" not in answered


def test_what_is_deleted_keeps_its_number_and_nothing_else(client, db):
    thread = a_question()
    post = a_reply(thread, "Regrettable words.")
    actions.delete(post, by=post.author)

    html = client.get(address(thread)).content.decode()

    assert "#2 · Deleted by its author" in html
    assert "Regrettable words." not in html
