"""Events: who comes, who waits, who may see what, and files for calendars."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from community.events import actions, calendar, drawing, reminders, subscribing, zones
from community.events.forms import EventForm
from community.models import Event, Group, Notification, Registration
from portal.languages import CODES
from tests.factories import a_member, concept
from tests.factories.attention import told
from tests.factories.community import a_group, join
from tests.factories.events import an_event

pytestmark = pytest.mark.django_db
LIST = "/en/community/events/"
State = Registration.State


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def form_of(person, **fields) -> EventForm:
    data = {
        "kind": "workshop", "title": "Radio lessons", "text": "Bring a radio.", "language": "en",
        "starts_at": "2031-01-10T15:00", "ends_at": "2031-01-10T17:00", "time_zone": "Europe/Helsinki",
        "place": "Oulu", "takes_registrations": "on", **fields,
    }  # fmt: skip
    return EventForm(data, person=person)


def entry_of(text: str) -> dict[str, str]:
    """A small independent reader: unfolds, splits, unescapes."""
    lines = text.replace("\r\n ", "").split("\r\n")
    pairs = (line.partition(":")[::2] for line in lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")])
    signs = {"n": "\n"}
    return {
        name.partition(";")[0]: re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), value)
        for name, value in pairs
    }


def test_who_comes_when_all_places_are_taken_waits_and_moves_up_in_order():
    event, people = an_event(places=1), [a_member() for _number in range(3)]
    for person in people:
        actions.register(event, by=person)

    actions.unregister(event, by=people[0])

    assert states(event) == [State.CANCELLED, State.COMING, State.WAITING]
    assert told(people[1]) == [("event", "now")] and told(people[2]) == []


def test_who_registers_first_locks_the_event_so_that_there_are_never_more_than_places():
    """The first statement inside the transaction writes: a second registration waits for it and then counts anew."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = an_event(places=1)
    with CaptureQueriesContext(connection) as asked:
        actions.register(event, by=a_member())
    statements = [
        query["sql"] for query in asked if "community_event" in query["sql"] or "registration" in query["sql"]
    ]

    assert statements[0].startswith('UPDATE "community_event"')
    assert next(sql for sql in statements if "COUNT" in sql) != statements[0]


def test_registering_twice_takes_one_place():
    event, person = an_event(places=1), a_member()

    first, second = actions.register(event, by=person), actions.register(event, by=person)

    assert (first.pk, second.state) == (second.pk, State.COMING)


def test_more_places_and_a_deleted_account_move_the_waiting_list_up():
    event, people = an_event(places=1), [a_member() for _number in range(3)]
    for person in people:
        actions.register(event, by=person)
    event.places = 2
    actions.change(event, (), by=event.host)
    Registration.objects.filter(person=people[0]).delete()

    assert states(event) == [State.COMING, State.COMING]


def test_a_cancelled_event_tells_everybody_who_expects_it_and_takes_nobody():
    event, coming, waiting = an_event(places=1), a_member(), a_member()
    actions.register(event, by=coming)
    actions.register(event, by=waiting)

    actions.cancel(event, by=event.host)

    assert told(coming) == told(waiting) == [("event", "now")]
    with pytest.raises(actions.NotNow):
        actions.register(event, by=a_member())


def test_a_reminder_goes_out_once_the_day_before():
    soon, later, person = an_event(starts_at=timezone.now() + timedelta(hours=20)), an_event(), a_member()
    actions.register(soon, by=person)
    actions.register(later, by=person)

    assert (reminders.remind_all(), reminders.remind_all()) == (1, 0)
    assert list(Notification.objects.filter(person=person).values_list("event", flat=True)) == [soon.pk]


def test_clocks_that_are_put_forward_skip_an_hour_and_the_form_says_so():
    assert zones.moment(datetime(2031, 3, 30, 3, 30), "Europe/Helsinki") is None
    assert zones.moment(datetime(2031, 3, 30, 4, 30), "Europe/Helsinki") == datetime(2031, 3, 30, 1, 30, tzinfo=UTC)
    form = form_of(a_member(), starts_at="2031-03-30T03:30", ends_at="2031-03-30T06:00")

    assert "put forward" in form.errors["starts_at"][0]


def test_time_zones_are_called_as_readers_call_their_cities(client):
    event = an_event(time_zone="Europe/Athens")
    client.force_login(a_member())

    assert "(Ateena)" in client.get(f"/fi/community/events/{event.pk}/").content.decode()
    assert '<option value="Europe/London">Lontoo</option>' in client.get("/fi/community/events/new/").content.decode()


def test_a_city_is_called_so_under_the_former_name_of_its_zone():
    assert zones.city("Europe/Kyiv", "el") == "Κίεβο"


@pytest.mark.parametrize(
    ("country", "zone"), [("PT", "Europe/Lisbon"), ("CY", "Asia/Nicosia"), ("DE", "Europe/Berlin"), ("ZZ", "")]
)
def test_the_zone_of_a_country(country, zone):
    assert zones.of_country(country) == zone


@pytest.mark.parametrize(("country", "zone"), [("FI", "Europe/Helsinki"), ("", "Europe/Brussels")])
def test_a_new_event_begins_with_the_zone_of_her_country(db, country, zone):
    person = a_member(country=concept(f"country/{country}") if country else None)

    assert EventForm(person=person)["time_zone"].initial == zone


@pytest.mark.parametrize("language", CODES)
def test_no_two_zones_to_choose_from_are_called_alike(language):
    shown = [label for _name, label in zones.choices(language)]

    assert len(set(shown)) == len(shown) > 50


def test_a_zone_an_event_has_already_stays_though_it_has_another_name():
    assert ("Europe/Kiev", "Kyiv") in zones.choices("en", "Europe/Kiev")


def test_the_hours_of_the_form_are_those_of_its_time_zone():
    form = form_of(a_member())

    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_at"] == datetime(2031, 1, 10, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("ends_at", {"ends_at": "2031-01-10T14:00"}),
        ("ends_at", {"ends_at": ""}),
        ("starts_at", {"starts_at": "yesterday"}),
        ("time_zone", {"time_zone": "Mars/Olympus"}),
        ("place", {"place": ""}),
        ("link", {"is_online": "on"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("places", {"places": "0"}),
    ],
)
def test_the_form_says_what_is_wrong(field, fields):
    assert field in form_of(a_member(), **fields).errors


def test_a_member_posts_an_event_and_a_visitor_signs_in_first(client):
    assert client.get(f"{LIST}new/").headers["Location"].startswith("/en/accounts/login/")
    client.force_login(person := a_member())

    wrong = client.post(f"{LIST}new/", {**form_of(person).data, "place": ""})
    answer = client.post(f"{LIST}new/", form_of(person).data)

    event = Event.objects.get()
    assert wrong.status_code == 422 and b"Bring a radio." in wrong.content
    assert (answer.headers["Location"], event.host) == (event.get_absolute_url(), person)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "3 p.m." in page and "2 p.m. in Brussels" in page


def test_events_of_a_hidden_group_are_nowhere_for_who_is_not_in_it(client):
    owner, inside, outside = a_member(), a_member(), a_member()
    group = a_group(access=Group.Access.HIDDEN, owner=owner)
    join(group, inside)
    event = an_event("Secret meeting", by=owner, group=group, country=concept("country/FI"))

    seen = {}
    for person in (inside, outside):
        client.force_login(person)
        page = client.get(LIST).content.decode()
        seen[person] = (
            "Secret meeting" in page,
            "Finland: 1" in page,
            client.get(event.get_absolute_url()).status_code,
        )
        files = [client.get(f"{LIST}{name}").content.decode() for name in ("feed/", "events.ics")]
        assert not any("Secret" in text for text in files)
        file = client.get(f"{LIST}{event.pk}/event.ics").status_code
        assert file == (200 if person == inside else 404)

    assert seen == {inside: (True, True, 200), outside: (False, False, 404)}
    assert client.post(f"{LIST}{event.pk}/register/").status_code == 404


def test_only_who_comes_sees_the_link(client):
    event = an_event(is_online=True, link="https://meet.example/room", places=1)
    coming, waiting = a_member(), a_member()
    for person in (coming, waiting):
        actions.register(event, by=person)

    seen = []
    for person in (coming, waiting, event.host, a_member()):
        client.force_login(person)
        texts = [client.get(f"{LIST}{event.pk}/{name}").content.decode() for name in ("", "event.ics")]
        seen.append(["meet.example" in text for text in texts])

    assert seen == [[True, True], [False, False], [True, True], [False, False]]


def test_a_calendar_entry_is_read_back_as_it_was():
    title = "Radio; lessons, in ελληνικά: " + "long " * 20
    event = an_event(title, text="One\\two\nthree", starts_at=datetime(2031, 1, 10, 13, 0, tzinfo=UTC))
    actions.cancel(event, by=event.host)
    event.refresh_from_db()

    text = calendar.calendar([event], "Mine")
    entry = entry_of(text)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert (entry["SUMMARY"], entry["DESCRIPTION"]) == (title, "One\\two\nthree")
    assert (entry["DTSTART"], entry["DTEND"]) == ("20310110T130000Z", "20310110T150000Z")
    assert (entry["STATUS"], entry["SEQUENCE"], entry["LOCATION"]) == ("CANCELLED", "1", "Ghent")
    assert entry["UID"].startswith(f"event-{event.pk}@")


def test_a_deadline_is_a_day():
    at = datetime(2031, 1, 10, 22, 30, tzinfo=UTC)
    event = an_event(kind="deadline", starts_at=at, ends_at=at, time_zone="Europe/Helsinki", takes_registrations=False)

    entry = entry_of(calendar.calendar([event], "Mine"))

    assert (entry["DTSTART"], entry["DTEND"]) == ("20310111", "20310112")


def test_the_personal_calendar_needs_its_signed_address(client):
    event, person = an_event("Mine alone"), a_member()
    actions.register(event, by=person)
    address = re.sub(r"^https?://[^/]+", "", subscribing.address(person))

    assert "Mine alone" in client.get(address).content.decode()
    assert client.get(address.replace(f"{person.pk}-", f"{event.host.pk}-")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Oulu", "Lisbon", "Screen"}),
        ("?month=2031-02", {"Lisbon"}),
        ("?where=FI", {"Oulu"}),
        ("?where=online", {"Screen"}),
        ("?kind=webinar", {"Screen"}),
        ("?language=pt", {"Lisbon"}),
        ("?when=past", {"Gone"}),
        ("?month=x&concept=y&kind=z", {"Oulu", "Lisbon", "Screen"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(client, asked, found):
    at = datetime(2031, 1, 10, 13, 0, tzinfo=UTC)
    an_event("Oulu", starts_at=at, country=concept("country/FI"))
    an_event("Lisbon", starts_at=at + timedelta(days=31), language="pt", country=concept("country/PT"))
    an_event("Screen", starts_at=at, kind="webinar", is_online=True, link="https://meet.example/")
    an_event("Gone", starts_at=timezone.now() - timedelta(days=9))

    page = client.get(LIST + asked)

    assert {event.title for event in page.context["page"].object_list} == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_for_one_as_for_three(client, django_assert_num_queries, count):
    for country in ("FI", "PT", "BE")[:count]:
        event = an_event(group=None, country=concept(f"country/{country}"), concepts=[concept("topic/rural-education")])
        actions.register(event, by=a_member())
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(LIST)

    assert len(page.context["page"].object_list) == count


LIST_QUERIES = 8


def test_the_outline_is_small_and_has_every_country_of_the_union():
    made = drawing.outline()
    union = set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())

    assert drawing.OUTLINE.stat().st_size < 60_000
    assert union <= made["shapes"].keys() | made["markers"].keys()


def test_the_list_says_how_many_places_are_taken_and_who_waits(client):
    event = an_event(places=1)
    for _number in range(3):
        actions.register(event, by=a_member())

    page = client.get(LIST).content.decode()

    assert "Who comes: 1 / 1" in page and "2 on the waiting list" in page
