"""Threads and groups as their readers meet them."""

from tests.factories import a_member
from tests.factories.community import a_group, a_question, a_reply, a_thread


def test_everybody_reads_a_thread_in_the_open(client, db):
    thread = a_question("Lantern schools", text="Who has **tried** it?")
    a_reply(thread, "We have.")

    html = client.get(f"/en/community/threads/{thread.pk}/").content.decode()

    assert "Lantern schools" in html
    assert "<strong>tried</strong>" in html
    assert "We have." in html


def test_a_member_answers(client, db):
    thread, person = a_question("Lantern schools"), a_member()
    client.force_login(person)

    sent = client.post(f"/en/community/threads/{thread.pk}/reply/", {"text": "We have, in two villages.", "key": "k1"})
    client.post(f"/en/community/threads/{thread.pk}/reply/", {"text": "We have, in two villages.", "key": "k1"})

    assert sent.status_code == 302
    assert [post.source for post in thread.posts.all()] == ["Who has tried it?", "We have, in two villages."]


def test_pages_open(client, db, django_assert_max_num_queries):
    owner = a_member()
    group = a_group("Village schools", owner=owner)
    thread = a_thread(by=owner, group=group)
    client.force_login(owner)
    for address in ("", "groups/", "groups/new/", f"groups/{group.slug}/", f"groups/{group.slug}/settings/",
                    f"groups/{group.slug}/members/", f"groups/{group.slug}/state/", f"groups/{group.slug}/export/",
                    "threads/new/", f"threads/new/?group={group.slug}", f"threads/{thread.pk}/", f"members/{owner.pk}/",
                    "feed.atom", f"posts/{thread.posts.first().pk}/edit/", f"posts/{thread.posts.first().pk}/history/",
                    f"posts/{thread.posts.first().pk}/delete/", f"threads/{thread.pk}/since/0/", "threads/nearest/?title=lantern+schools"):  # fmt: skip
        assert (address, client.get(f"/en/community/{address}").status_code) == (address, 200)
