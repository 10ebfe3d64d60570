"""What members do with posts: change them, take them back, react, accept; and the language they are in."""

import pytest

from community.models import Post
from community.threads.languages import language_of
from tests.factories import a_member
from tests.factories.community import a_question, a_reply


def address(post, verb: str) -> str:
    return f"/en/community/posts/{post.pk}/{verb}/"


def test_what_a_post_said_before_stays_in_its_history(client, db):
    post = a_reply(a_question(), "We have.")
    client.force_login(post.author)
    client.post(address(post, "edit"), {"text": "We have, twice.", "language": "en"})
    client.logout()

    html = client.get(address(post, "history")).content.decode()

    assert "We have, twice." in html
    assert '<pre class="history" lang="en">We have.</pre>' in html


@pytest.mark.parametrize("state", [Post.State.HIDDEN, Post.State.DELETED, Post.State.HELD])
def test_what_others_dont_see_has_no_history_for_them(client, db, state):
    post = a_reply(a_question(), "We have.")
    Post.objects.filter(pk=post.pk).update(state=state)

    assert client.get(address(post, "history")).status_code == 404


def test_a_reaction_is_given_once_and_taken_back(client, db):
    post = a_reply(a_question())
    client.force_login(a_member(name="Teresa"))

    counts = []
    for _press in range(2):
        client.post(address(post, "react"), {"kind": "thanks"})
        counts.append(post.reactions.count())

    assert counts == [1, 0]


def test_names_stand_behind_a_reaction(client, db):
    post = a_reply(a_question())
    client.force_login(a_member(name="Teresa Valadares"))

    part = client.post(address(post, "react"), {"kind": "tried"}, headers={"HX-Request": "true"}).content.decode()

    assert 'title="Teresa Valadares"' in part
    assert 'aria-pressed="true"' in part


def test_nobody_reacts_to_her_own_words(client, db):
    post = a_reply(a_question())
    client.force_login(post.author)

    client.post(address(post, "react"), {"kind": "thanks"})

    assert post.reactions.count() == 0


def test_the_author_of_a_question_accepts_an_answer_and_takes_it_back(client, db):
    thread = a_question()
    post = a_reply(thread, "We have, in two villages.")
    client.force_login(thread.author)

    accepted = []
    for _press in range(2):
        client.post(address(post, "accept"))
        thread.refresh_from_db()
        accepted.append(thread.accepted_id)

    assert accepted == [post.pk, None]


def test_others_accept_nothing(client, db):
    thread = a_question()
    post = a_reply(thread)
    client.force_login(post.author)

    client.post(address(post, "accept"))

    thread.refresh_from_db()
    assert thread.accepted is None


@pytest.mark.parametrize("verb", ["react", "accept", "language"])
def test_nothing_changes_by_following_a_link(client, db, verb):
    post = a_reply(a_question())
    client.force_login(post.thread.author)

    assert client.get(address(post, verb)).status_code == 405


@pytest.mark.parametrize("text,expected,found", [
    ("Wir haben das in zwei Dörfern ausprobiert, mit allen Lehrkräften.", "en", "de"),
    ("Kokeilimme sitä kahdessa kyläkoulussa kaikkien opettajien kanssa.", "en", "fi"),
    ("Nous l'avons essayé dans deux villages avec toute l'équipe.", "en", "fr"),
    ("Το δοκιμάσαμε σε δύο χωριά με όλους τους δασκάλους.", "en", "el"),
    ("Próbowaliśmy tego w dwóch wsiach ze wszystkimi nauczycielami.", "en", "pl"),
    ("Thanks!", "de", "de"),
    ("ok :-)", "pt", "pt"),
    ("", "hu", "hu"),
    ("https://example.org", "sv", "sv"),
])  # fmt: skip
def test_a_text_says_its_language_and_a_short_one_takes_that_of_its_place(text, expected, found):
    assert language_of(text, expected=expected, written=["en"]) == found


def test_the_language_is_corrected_by_its_author(client, db):
    post = a_reply(a_question(), "Gift.")
    client.force_login(post.author)

    client.post(address(post, "language"), {"language": "sv"})

    post.refresh_from_db()
    assert post.language == "sv"
