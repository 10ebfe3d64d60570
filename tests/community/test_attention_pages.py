"""The bell, the page of notifications, how closely to follow what."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext, Template

from community.attention import querysets, stopping, topics
from community.groups import actions as groups
from community.models import Attention, Barrier, Group, Notification, Post, ReadingPlace, Watch
from tests.factories import a_case_study, a_member, concept
from tests.factories.attention import keep_away, told, watching
from tests.factories.community import a_group, a_reply, a_thread, join

PAGE = "/en/community/notifications/"


@pytest.fixture
def person(client, db):
    person = a_member()
    client.force_login(person)
    return person


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def bell_of(response) -> str:
    found = re.search(r'class="bell__count">.*?</span>(\d+\+?)</span>', response.content.decode())
    return found.group(1) if found else ""


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def test_visitors_have_no_bell_and_no_page(client, db):
    home = client.get("/en/").content.decode()

    assert 'class="bell' not in home
    assert client.get(PAGE).headers["Location"].startswith("/en/accounts/login/")


def test_the_bell_counts_what_is_unread_and_the_page_shows_it_once_as_new(client, person):
    thread = a_thread("How do you mark radio lessons?", by=person)
    a_reply(thread, by=a_member(name="Teresa Valadares"))
    a_reply(thread, by=a_member(name="Bjarne Rud"))

    rung = bell_of(client.get("/en/"))
    first, second = client.get(PAGE), client.get(PAGE)

    assert rung == "2"
    assert "Teresa Valadares answered you" in text_of(first) and "Bjarne Rud answered you" in text_of(first)
    assert first.content.decode().count("How do you mark radio lessons?") == 1
    assert (first.content.decode().count('class="badge"'), second.content.decode().count('class="badge"')) == (2, 0)
    assert bell_of(second) == ""


def test_a_program_that_only_looks_marks_nothing(client, person):
    a_reply(a_thread(by=person))

    client.head(PAGE)

    assert querysets.unread_count(person) == 1


def test_unread_things_stand_first(client, person):
    old, new = a_thread("Read before", by=person), a_thread("Not read yet", by=person)
    a_reply(new)
    a_reply(old)
    ReadingPlace.objects.create(person=person, thread=old, number=2)

    page = text_of(client.get(PAGE))

    assert page.index("Not read yet") < page.index("Read before")


def test_what_she_read_in_the_thread_is_read(client, person):
    thread = a_thread(by=person)
    a_reply(thread)
    a_reply(thread)

    ReadingPlace.objects.create(person=person, thread=thread, number=2)

    assert bell_of(client.get("/en/")) == "1"


@pytest.mark.parametrize("end", ["hidden post", "hidden thread", "left the group", "muted person"])
def test_what_she_may_not_see_any_more_is_not_shown(client, person, end):
    writer = a_member(name="Bjarne Rud")
    group = a_group(access=Group.Access.HIDDEN, members=(person, writer))
    thread = a_thread("A secret of the group", by=person, group=group)
    post = a_reply(thread, by=writer)
    Notification.objects.exclude(reason="reply").delete()
    before = text_of(client.get(PAGE))
    match end:
        case "hidden post":
            Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
        case "hidden thread":
            type(thread).objects.filter(pk=thread.pk).update(state="hidden")
        case "left the group":
            groups.leave(group, by=person)
        case "muted person":
            keep_away(person, writer, Barrier.Kind.MUTE)

    after = text_of(client.get(PAGE))

    assert "A secret of the group" in before and "Bjarne Rud answered you" in before
    assert "secret" not in after and "Bjarne" not in after


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_the_same_for_one_as_for_three(client, person, django_assert_num_queries, count):
    for _number in range(count):
        thread = a_thread(by=person, group=a_group(members=(person,)))
        join(thread.group, writer := a_member())
        a_reply(thread, by=writer)
    client.get("/en/")

    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get(PAGE)

    assert page.content.decode().count("answered you") == count


PAGE_QUERIES = 16


def test_membership_is_told_in_words(client, person):
    group = a_group("Radio teachers", owner=a_member(name="Ilse Praet"))
    groups.invite(group, person, by=group.created_by)

    assert "Ilse Praet invites you to Radio teachers" in text_of(client.get(PAGE))


def test_every_reason_has_its_sentence(client, person):
    from community.attention import wording

    by_key = {Notification.Reason.MEMBERSHIP, Notification.Reason.MODERATION, Notification.Reason.CONSENT}
    said = wording._sentences().keys() | by_key

    assert said == set(Notification.Reason)


def things():
    owner = a_member()
    return [a_thread(), a_group(owner=owner), concept("factor/connectivity"), a_case_study()]


@pytest.mark.parametrize("kind", range(4))
def test_a_member_follows_a_thing_with_one_form(client, person, kind):
    thing = things()[kind]

    answer = client.post(f"{PAGE}watch/", {"topic": topics.of(thing), "level": "watching", "next": "/en/about/"})

    assert answer.headers["Location"] == "/en/about/"
    assert querysets.level_of(person, topics.of(thing)) == "watching"


def test_the_form_leads_nowhere_else(client, person):
    data = {"topic": topics.of(concept("factor/connectivity")), "level": "muted", "next": "https://evil.example/"}

    answer = client.post(f"{PAGE}watch/", data)

    assert answer.headers["Location"] == concept("factor/connectivity").get_absolute_url()


def test_a_thing_she_may_not_see_is_not_there(client, person):
    group = a_group(access=Group.Access.HIDDEN)
    thread = a_thread(by=group.created_by, group=group)

    for topic in (f"group:{group.pk}", f"thread:{thread.pk}", "thread:nonsense", "practice:7", "nothing:1", "group:"):
        assert client.post(f"{PAGE}watch/", {"topic": topic, "level": "watching"}).status_code == 404
    assert not Watch.objects.filter(person=person).exists()


@pytest.mark.parametrize("signed_in", [True, False])
def test_concepts_and_case_studies_offer_it_to_members(client, db, signed_in):
    person, study, factor = a_member(), a_case_study(), concept("factor/connectivity")
    if signed_in:
        client.force_login(person)
    watching(person, factor, Watch.Level.TRACKING)

    pages = [client.get(thing.get_absolute_url()).content.decode() for thing in (factor, study)]

    assert [f'value="{topics.of(thing)}"' in page for thing, page in zip((factor, study), pages, strict=True)] == [
        signed_in,
        signed_in,
    ]
    assert ('value="tracking" selected' in pages[0]) == signed_in


def test_other_pages_put_the_form_in_with_one_line(client, person, rf):
    thread, request, shown = a_thread("Radio"), rf.get("/en/somewhere/"), []
    line = Template('{% include "community/attention/_watch.html" with topic=thread %}')
    for request.user in (person, AnonymousUser()):
        shown.append(line.render(RequestContext(request, {"thread": thread})))

    assert f'value="thread:{thread.pk}"' in shown[0] and 'value="/en/somewhere/"' in shown[0]
    assert shown[1].strip() == ""


def test_choices_are_kept(client, person):
    answer = client.post(f"{PAGE}settings/", {"digest": "daily", "takes_questions": "on"})
    saved = Attention.objects.get(person=person)

    assert answer.status_code == 302
    assert (saved.mails_at_once, saved.digest, saved.takes_questions) == (False, "daily", True)


def test_a_choice_that_is_none_comes_back(client, person):
    answer = client.post(f"{PAGE}settings/", {"digest": "hourly"})

    assert answer.status_code == 422
    assert not Attention.objects.filter(person=person).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_choices_list_what_she_follows(client, person, django_assert_num_queries, count):
    for number in range(count):
        a_thread(f"Followed {number}", by=person)
    client.get("/en/")

    with django_assert_num_queries(CHOICES_QUERIES):
        page = text_of(client.get(f"{PAGE}settings/"))

    assert [f"Followed {number}" in page for number in range(count)] == [True] * count


CHOICES_QUERIES = 14


def test_links_in_mails_ask_first_and_then_stop(client, db):
    person, thread = a_member(), a_thread("Radio")
    watching(person, thread)
    a_reply(thread)
    link = path_of(stopping.link(person, stopping.NOW))

    asked = client.get(link)
    before = told(person)
    done = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert (asked.status_code, before) == (200, [("posted", "now")])
    assert done.status_code == 200
    assert told(person) == [("posted", "digest")]
    assert Attention.objects.get(person=person).mails_at_once is False


def test_a_link_stops_one_thread(client, db):
    person, thread = a_member(), a_thread("Radio")
    watching(person, thread)

    client.post(path_of(stopping.link_for_thread(person, thread)))
    a_reply(thread)

    assert told(person) == []


def test_a_link_for_all_stops_mails_but_not_notifications(client, db):
    person = a_member()

    client.post(path_of(stopping.link(person, stopping.ALL)))
    a_reply(a_thread(by=person))

    assert told(person) == [("reply", "site")]


def test_a_link_changed_by_hand_does_nothing(client, db):
    person, other = a_member(), a_member()
    link = path_of(stopping.link(person, stopping.ALL)).replace(f"{person.pk}-", f"{other.pk}-")

    assert client.post(link).status_code == 400
    assert not Attention.objects.exists()
