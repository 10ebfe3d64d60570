"""What new members may do, what is looked at first, and that they are told why and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Barrier, Flag, Post, ReadingPlace, Thread
from community.moderation import trust
from community.threads import actions
from community.threads.actions import NotNow
from people.models import User
from tests.factories import a_member
from tests.factories.community import a_group, a_moderator, a_reply, a_thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.PRAXIS_NEW_MEMBERS = {"posts": 3, "threads": 2, "a_minute": 10, "mentions": 1}
    settings.PRAXIS_MEMBERS = {"posts": 50, "threads": 20, "a_minute": 10, "mentions": 10}


def settled_in(**fields) -> User:
    """Here for a week, has read five threads and written three posts."""
    person = a_member(date_joined=timezone.now() - timedelta(days=7), **fields)
    long_ago = timezone.now() - timedelta(days=5)
    for _number in range(5):
        ReadingPlace.objects.create(person=person, thread=a_thread())
    for _number in range(3):
        a_reply(a_thread(), by=person, at=long_ago)
    return person


def test_trust_follows_from_what_she_has_done():
    newcomer, member = a_member(), settled_in()

    assert trust.is_new(trust.facts_of(newcomer))
    assert not trust.is_new(trust.facts_of(member))
    assert trust.facts_of(member) == trust.Facts(days=7, posts=3, threads_read=5, accepted=0, upheld=0)


def test_an_accepted_answer_shortens_the_way():
    person = a_member(date_joined=timezone.now() - timedelta(days=1))
    thread = a_thread(kind=Thread.Kind.QUESTION)
    actions.accept(a_reply(thread, by=person), by=thread.author)

    assert not trust.is_new(trust.facts_of(person))


def test_a_flag_upheld_makes_a_member_new_for_a_while():
    member = settled_in()
    post = a_reply(a_thread(), by=member)
    flag = Flag.objects.create(post=post, ground="spam", state=Flag.State.UPHELD, settled_at=timezone.now())
    assert trust.is_new(trust.facts_of(member))

    Flag.objects.filter(pk=flag.pk).update(settled_at=timezone.now() - timedelta(days=31))
    assert not trust.is_new(trust.facts_of(member))


def test_a_new_member_s_link_to_another_site_waits_for_a_moderator(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://praxis.example"
    thread, newcomer = a_thread(), a_member()

    away = a_reply(thread, "See https://shop.example/buy", by=newcomer)
    own = a_reply(thread, "See https://praxis.example/en/about/", by=newcomer)

    assert (away.state, own.state) == (Post.State.HELD, Post.State.SHOWN)
    assert [(flag.post, flag.by, flag.is_automatic, flag.text) for flag in Flag.objects.all()] == [
        (away, None, True, "link")
    ]
    assert a_reply(thread, "See https://shop.example/buy", by=settled_in()).state == Post.State.SHOWN


def test_a_new_member_s_thread_with_a_link_is_opened_held():
    thread = a_thread("Sale", text="[Here](https://shop.example)", by=a_member())

    assert thread.state == Thread.State.HELD
    assert not Thread.objects.visible_to(None).exists()


def test_links_are_not_slipped_in_afterwards():
    newcomer = a_member()
    post = a_reply(a_thread(), "Fine words.", by=newcomer)

    with pytest.raises(NotNow):
        actions.edit(post, "Fine words at https://shop.example", by=newcomer)
    assert actions.edit(post, "Finer words.", by=newcomer).source == "Finer words."


def test_a_day_s_measure_is_told_with_its_end(time_machine):
    time_machine.move_to("2026-03-02 09:00+01:00")
    newcomer, thread = a_member(), a_thread()
    for number in range(3):
        a_reply(thread, f"Words {number}", by=newcomer)

    with pytest.raises(NotNow) as refused:
        a_reply(thread, "One more", by=newcomer)
    assert str(refused.value).startswith("You can write 3 posts in a day. This goes for new members only;")
    assert "March 3, 2026" in str(refused.value) or "3 March 2026" in str(refused.value)

    time_machine.move_to("2026-03-03 09:01+01:00")
    assert a_reply(thread, "One more", by=newcomer).pk


def test_threads_have_a_measure_of_their_own():
    newcomer = a_member()
    a_thread(by=newcomer)
    a_thread(by=newcomer)

    with pytest.raises(NotNow, match="You can begin 2 threads in a day"):
        a_thread(by=newcomer)


def test_mentions_are_limited():
    some = [a_member(name=f"Person {number}") for number in range(2)]
    words = " ".join(f"@[{person.name}]({person.pk})" for person in some)

    with pytest.raises(NotNow, match="You can mention 1 person"):
        a_reply(a_thread(), words, by=a_member())


def test_the_same_words_are_not_posted_again():
    member = settled_in()
    words = "We sell the best interactive boards of all of Europe, ask us about our prices for schools today."
    a_reply(a_thread(), words, by=member)

    with pytest.raises(NotNow, match="posted this text already"):
        a_reply(a_thread(), words.upper() + "!!!", by=member)
    assert a_reply(a_thread(), "Thank you", by=member) and a_reply(a_thread(), "Thank you", by=member)


def test_too_fast_is_slowed_down(settings):
    settings.PRAXIS_MEMBERS = {**settings.PRAXIS_MEMBERS, "a_minute": 2}
    member, thread = settled_in(), a_thread()
    a_reply(thread, "One", by=member)
    a_reply(thread, "Two", by=member)

    with pytest.raises(NotNow, match="fast"):
        a_reply(thread, "Three", by=member)


def test_who_is_blocked_neither_answers_nor_mentions():
    person, pest = a_member(name="Ana"), a_member()
    thread = a_thread()
    post = a_reply(thread, by=person)
    Barrier.objects.create(by=person, against=pest, kind=Barrier.Kind.BLOCK)

    with pytest.raises(NotNow):
        a_reply(thread, "You again", by=pest, to=post)
    with pytest.raises(NotNow):
        a_reply(thread, f"@[Ana]({person.pk}) hello", by=pest)
    assert a_reply(thread, "Something else", by=pest).state == Post.State.SHOWN


def test_moderators_are_not_held_and_group_moderators_not_in_their_group():
    moderator, owner = a_moderator(), a_member()
    group = a_group(owner=owner)
    link = "See https://elsewhere.example"

    assert a_thread(text=link, by=moderator).state == Thread.State.OPEN
    assert a_thread(text=link, by=owner, group=group).state == Thread.State.OPEN
    assert a_thread(text=link, by=owner).state == Thread.State.HELD


def test_an_operator_can_have_all_talk_looked_at_first(settings):
    member, thread = settled_in(), a_thread()
    settings.PRAXIS_PREMODERATED = ["talk"]

    assert a_reply(thread, by=member).state == Post.State.HELD


def test_the_author_of_a_held_post_is_told_why(client):
    newcomer, thread = a_member(), a_thread()
    client.force_login(newcomer)

    page = client.post(
        f"/en/community/threads/{thread.pk}/reply/",
        {"text": "See https://shop.example/buy", "language": "en"},
        follow=True,
    ).content.decode()

    assert "Links to other sites in a new member&#x27;s posts are looked at first." in page
