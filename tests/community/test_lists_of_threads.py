"""Lists: what stands in them, and that their cost does not grow with them."""

import pytest

from community.models import Thread
from community.templatetags import excerpts
from community.threads import actions
from people.models import User
from search import indexer
from tests.factories import a_case_study, a_member, concept
from tests.factories.community import a_group, a_question, a_reply, a_thread


def titles(client, address: str) -> list[str]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [link.get_text(strip=True) for link in soup.select(".threads h3 a")]


def test_unanswered_questions_stand_oldest_first_until_another_answers(client, db):
    first, second = a_question("First"), a_question("Second")
    a_thread("No question")
    a_reply(second, "I add something.", by=second.author)

    before = titles(client, "/en/community/?view=unanswered")
    a_reply(first)

    assert before == ["First", "Second"]
    assert titles(client, "/en/community/?view=unanswered") == ["Second"]


def test_a_list_holds_what_was_asked_for(client, db):
    person = a_member(languages=["fi"])
    a_thread("Suomeksi", language="fi")
    group = a_group("Ours", owner=person)
    a_question("In our group", group=group, by=person)
    about = a_thread("About the country")
    about.concepts.add(concept("topic/rural-education"))
    client.force_login(person)

    assert titles(client, "/en/community/?view=mine") == ["Suomeksi"]
    assert titles(client, "/en/community/?view=groups") == ["In our group"]
    assert titles(client, "/en/community/?kind=question") == ["In our group"]
    assert titles(client, "/en/community/?language=fi") == ["Suomeksi"]
    assert titles(client, "/en/community/?concept=topic/rural-education") == ["About the country"]
    assert len(titles(client, "/en/community/?view=nothing&kind=x&language=xx&concept=y&page=z")) == 3


def test_what_is_new_since_the_last_reading_is_marked(client, db):
    thread, person = a_thread("Lantern schools"), a_member()
    client.force_login(person)
    client.get(f"/en/community/threads/{thread.pk}/")
    before = client.get("/en/community/").content.decode()

    a_reply(thread)

    assert "1 new" not in before
    assert "1 new" in client.get("/en/community/").content.decode()


ADDRESSES = [
    "/en/community/",
    "/en/community/groups/",
    "/en/community/groups/ours/",
    "/en/community/groups/ours/members/",
    "/en/community/members/{person}/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_lists_cost_the_same_with_one_and_with_three(client, db, address, django_assert_max_num_queries):
    person = a_member(name="Lister")
    group = a_group("Ours", owner=person)
    client.force_login(person)

    def one_more(number: int) -> None:
        thread = a_question(f"Question {number}", by=person, group=group)
        thread.concepts.add(concept("topic/rural-education"), concept("country/FI"))
        other = a_question(f"Other {number}")
        actions.accept(a_reply(other, by=person), by=other.author)
        a_group(f"Group {number}", owner=person).concepts.add(concept("topic/rural-education"))
        study = a_case_study(f"Study {number}", owner=person)
        a_thread(f"Below {number}", by=person, case_study=study)

    one_more(1)
    address = address.format(person=person.pk)
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    one_more(2)
    one_more(3)
    client.get(address)  # labels are looked at again every few seconds
    with django_assert_max_num_queries(60) as three:
        client.get(address)

    assert len(three) == len(one)


def test_the_feed_holds_what_everybody_may_read_whoever_fetches_it(client, db):
    owner = a_member()
    a_thread("In the open", text="Said **aloud**.")
    a_thread("Among us", by=owner, group=a_group(owner=owner, access="hidden"))
    client.force_login(owner)

    feed = client.get("/en/community/feed.atom").content.decode()

    assert ("In the open" in feed, "aloud" in feed, "Among us" in feed) == (True, True, False)


def test_the_feed_of_a_group_holds_its_threads_and_none_of_a_hidden_one(client, db):
    owner = a_member()
    group, hidden = a_group("Village schools", owner=owner), a_group("Canary", owner=owner, access="hidden")
    for thread, within in (("Among us", group), ("In the open", None), ("Hidden", hidden)):
        a_thread(thread, by=owner, group=within)
    client.force_login(owner)

    feed = client.get(f"/en/community/feed.atom?group={group.slug}").content.decode()
    refused = client.get(f"/en/community/feed.atom?group={hidden.slug}")

    assert [name in feed for name in ("Village schools", "Among us", "In the open", "Hidden")] == [
        True,
        True,
        False,
        False,
    ]
    assert refused.status_code == 404
    assert f"feed.atom?group={group.slug}" in client.get(group.get_absolute_url()).content.decode()


def test_threads_stand_below_their_case_study_about_their_concept_and_on_the_home_page(client, db):
    study = a_case_study("Village server")
    thread = a_thread("What did it cost?", case_study=study)
    thread.concepts.add(concept("topic/rural-education"))
    indexer.drain()

    pages = [f"/en/practices/{study.slug}/", "/en/browse/topic/rural-education/", "/en/"]

    assert [titles(client, page) for page in pages] == [["What did it cost?"]] * 3


def test_the_row_of_a_thread_names_its_case_study_but_not_below_it(client, db):
    study = a_case_study("Village server")
    a_thread("What did it cost?", case_study=study)
    name = f'<a href="{study.url}" lang="{study.language}">Village server</a>'

    pages = [client.get(address).content.decode() for address in ("/en/community/", study.url)]

    assert [name in page.partition('class="rows threads"')[2] for page in pages] == [True, False]


@pytest.mark.parametrize(
    "markup, beginning",
    [
        ("<p>All of it</p>", "All of it"),
        ("<p>Seven children walked</p>\n<p>home</p>", "Seven children…"),
        ("<p>Seven children, then</p>", "Seven children…"),
        ("<p>&lt;b&gt; &amp; c</p>", "<b> & c"),
        ("<p>Lentokonesuihkuturbiini</p>", "Lentokonesuihkut…"),
        (None, ""),
    ],
)
def test_a_beginning_ends_with_a_word(markup, beginning):
    assert excerpts.excerpt(markup, 16) == beginning


def test_a_member_of_whom_nothing_may_be_seen_has_an_empty_page_and_a_former_one_none(client, db):
    person = a_member(name="Quiet")
    a_thread("Among us", by=person, group=a_group(owner=person, access="hidden"))

    page = client.get(f"/en/community/members/{person.pk}/").content.decode()
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert ("Quiet" in page, "Among us" in page) == (True, False)
    assert client.get(f"/en/community/members/{person.pk}/").status_code == 404
    assert Thread.objects.count() == 1
