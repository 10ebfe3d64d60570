"""A written discussion summed up by its host."""

from community.models import Post, Reaction, Thread
from community.threads import actions, summaries
from tests.factories import a_member
from tests.factories.community import a_reply, a_thread


def sent(*rows: tuple[str, str]) -> dict:
    form = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    for place, (sentence, number) in enumerate(rows):
        form |= {f"form-{place}-sentence": sentence, f"form-{place}-number": number}
    return form


def a_written_one(host) -> Thread:
    return a_thread("Phones in class", by=host, kind=Thread.Kind.WRITTEN)


def test_a_draft_begins_with_the_posts_that_meant_most_in_their_order(db):
    host, first = a_member(), a_member()
    thread = a_written_one(host)
    asked = a_reply(thread, "Ask pupils first. Then decide.", by=first)
    a_reply(thread, "I agree.")
    quoting = a_reply(thread, f"> [@{thread.pk}:2] Ask pupils first.\n\nWe did so & it held. Two years now.")
    actions.react(quoting, Reaction.Kind.THANKS, by=host)

    rows = summaries.begun(thread)

    assert rows == [
        {"sentence": "Ask pupils first.", "number": asked.number},
        {"sentence": "We did so & it held.", "number": quoting.number},
    ]


def test_the_host_publishes_sentences_with_the_posts_behind_them(client, db):
    host = a_member()
    thread = a_written_one(host)
    post = a_reply(thread, "Ask pupils first.")
    client.force_login(host)

    answer = client.post(f"/en/community/threads/{thread.pk}/summary/", sent(("Pupils decide <too>.", "2"), ("", "")))
    html = client.get(f"/en/community/threads/{thread.pk}/").content.decode()

    assert answer.status_code == 302
    assert list(thread.summary_points.values_list("sentence", "post")) == [("Pupils decide <too>.", post.pk)]
    assert f'Pupils decide &lt;too&gt;.</span> <a href="/en/community/posts/{post.pk}/">Post 2</a>' in html


def test_a_sentence_without_a_post_to_read_comes_back_as_it_was_typed(client, db):
    host = a_member()
    thread = a_written_one(host)
    gone = a_reply(thread, "Secret words.")
    Post.objects.filter(pk=gone.pk).update(state=Post.State.HIDDEN)
    client.force_login(host)

    answers = [
        client.post(f"/en/community/threads/{thread.pk}/summary/", sent(("Typed with care.", number)))
        for number in ("", "2", "99", "x")
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all("Typed with care." in answer.content.decode() for answer in answers)
    assert not thread.summary_points.exists()


def test_an_empty_form_takes_the_summary_back(client, db):
    host = a_member()
    thread = a_written_one(host)
    actions.publish_summary(thread, [("Done.", a_reply(thread))], by=host, language="en")
    client.force_login(host)

    client.post(f"/en/community/threads/{thread.pk}/summary/", sent(("", "2")))

    thread.refresh_from_db()
    assert (thread.summary_points.count(), thread.summary_at) == (0, None)


def test_only_the_host_comes_to_the_form_and_only_of_a_written_discussion(client, db):
    host = a_member()
    written, plain = a_written_one(host), a_thread(by=host)

    client.force_login(a_member())
    of_another = client.get(f"/en/community/threads/{written.pk}/summary/").status_code
    client.force_login(host)
    own = client.get(f"/en/community/threads/{written.pk}/summary/").status_code
    of_no_written_one = client.get(f"/en/community/threads/{plain.pk}/summary/").status_code

    assert (of_another, own, of_no_written_one) == (404, 200, 404)


def test_what_a_post_said_leaves_the_summary_with_it(client, db, django_assert_num_queries):
    host = a_member()
    thread = a_written_one(host)
    posts = [a_reply(thread, f"Words {number}.") for number in range(3)]
    actions.publish_summary(thread, [(f"Point {post.number}.", post) for post in posts], by=host, language="en")
    Post.objects.filter(pk=posts[0].pk).update(state=Post.State.HIDDEN)

    with django_assert_num_queries(1):
        numbers = [point.post.number for point in summaries.points_of(thread)]
    html = client.get(f"/en/community/threads/{thread.pk}/").content.decode()

    assert numbers == [3, 4]
    assert "Point 2." not in html
    assert "Point 3." in html


def test_a_quote_within_a_quote_is_nobody_elses_sentence(db):
    post = a_reply(a_thread(), "> > Theirs.\n>\n> Hers too.\n\nMine. And more.")

    assert summaries.first_sentence(post) == "Mine."
