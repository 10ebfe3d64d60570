"""Partner search: what is found, what fits, who may write to whom, what ends by itself."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from community.attention import sending
from community.models import Barrier, Contact, Notification, Offer
from community.partners import actions, expiring, matching
from people.mailing import Mailer
from tests.factories import a_member, concept
from tests.factories.attention import keep_away, told
from tests.factories.partners import an_offer

pytestmark = pytest.mark.django_db
LIST = "/en/community/partners/"


def titles(response) -> set[str]:
    return {offer.title for offer in response.context["page"].object_list}


def test_an_offer_that_has_ended_is_seen_by_its_author_only_in_her_own_list_and_can_be_renewed(client):
    offer = an_offer("Radios for two schools")
    Offer.objects.filter(pk=offer.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    client.force_login(offer.author)

    before = client.get(LIST)
    client.post(f"{LIST}{offer.pk}/change/", {"verb": "renew"})

    assert titles(before) == set() and "Radios for two schools" in before.content.decode()
    assert titles(client.get(LIST)) == {"Radios for two schools"}


def test_the_author_is_told_once_a_week_before_the_end():
    soon = an_offer(expires_on=timezone.localdate() + timedelta(days=6))
    later = an_offer()

    expiring.tell_authors()
    expiring.tell_authors()

    assert told(soon.author) == [("expires", "now")] and told(later.author) == []


def test_a_message_and_its_answer_go_both_ways_and_no_mail_shows_an_address(client):
    author = a_member(email="author@school.example", name="Ilse")
    writer = a_member(email="writer@school.example", name="Marta", language="de")
    offer = an_offer(by=author)

    client.force_login(writer)
    client.post(f"{LIST}{offer.pk}/write/{author.pk}/", {"text": "We would like to join."})
    client.force_login(author)
    client.post(f"{LIST}{offer.pk}/write/{writer.pk}/", {"text": "Gladly."})
    for person in (author, writer):
        sending.send_at_once(person, Mailer())

    to_author, to_writer = mail.outbox
    assert (to_author.to, to_writer.to) == ([author.email], [writer.email])
    assert "writer@" not in to_author.message().as_string() and "author@" not in to_writer.message().as_string()
    assert "Gladly." in client.get(f"{LIST}{offer.pk}/").content.decode()
    client.force_login(a_member())
    assert "Gladly." not in client.get(f"{LIST}{offer.pk}/").content.decode()


def test_who_is_blocked_can_not_write_and_what_was_typed_stays(client):
    offer, person = an_offer(), a_member()
    keep_away(offer.author, person, Barrier.Kind.BLOCK)
    client.force_login(person)

    answer = client.post(f"{LIST}{offer.pk}/write/{offer.author.pk}/", {"text": "Hello there"})

    assert answer.status_code == 422 and Contact.objects.count() == Notification.objects.count() == 0


def test_nobody_writes_to_strangers_by_way_of_an_offer():
    offer = an_offer()

    with pytest.raises(actions.NotNow):
        actions.write(offer, "Hello", by=offer.author, to=a_member())
    with pytest.raises(actions.NotNow):
        actions.write(offer, "Hello", by=a_member(), to=a_member())


def test_there_is_a_limit_a_day():
    offer, person = an_offer(), a_member()
    for _number in range(actions.MOST_A_DAY):
        actions.write(offer, "Hello", by=person)

    with pytest.raises(actions.NotNow):
        actions.write(offer, "Hello", by=person)


@pytest.mark.parametrize("count", [1, 3])
def test_what_fits_is_suggested_with_reasons_in_as_many_queries(django_assert_num_queries, count):
    shared = [concept("topic/rural-education"), concept("level/isced-1")]
    offer = an_offer(concepts=shared)
    for _number in range(count):
        an_offer(kind="request", concepts=shared)
    an_offer(kind="request", concepts=[concept("level/isced-3")])

    matching.matches(offer)  # labels are held from now on

    with django_assert_num_queries(4):
        found = matching.matches(offer, [*offer.concepts.select_related("scheme")])

    assert len(found) == count
    assert "English" in found[0].why


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Here", "There"}),
        ("?kind=request", {"There"}),
        ("?country=FI", {"Here"}),
        ("?level=isced-1", {"Here"}),
        ("?language=pt", {"There"}),
        ("?programme=erasmus", {"There"}),
        ("?kind=nonsense&language=xx", {"Here", "There"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(client, asked, found):
    an_offer("Here", country=concept("country/FI"), concepts=[concept("level/isced-1")])
    an_offer("There", kind="request", languages=["pt"], programme="Erasmus+")

    assert titles(client.get(LIST + asked)) == found


def test_the_form_says_what_is_wrong_and_posts_what_is_right(client):
    client.force_login(person := a_member())
    today = timezone.localdate()
    data = {
        "kind": "offer",
        "title": "Radios",
        "text": "We have two.",
        "language": "en",
        "expires_on": today + timedelta(days=30),
    }

    wrong = client.post(f"{LIST}new/", {**data, "expires_on": today + timedelta(days=400)})
    answer = client.post(f"{LIST}new/", data)

    assert wrong.status_code == 422 and b"We have two." in wrong.content
    assert answer.headers["Location"] == Offer.objects.get(author=person).get_absolute_url()


def test_only_the_author_changes_it(client):
    offer = an_offer()
    client.force_login(a_member())

    assert client.get(f"{LIST}{offer.pk}/edit/").status_code == 404
    assert client.post(f"{LIST}{offer.pk}/change/", {"verb": "withdrawn"}).status_code == 404
