"""Groups: who gets in, who stays out, what order people wait in, and what an export holds."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.groups import actions, exporting
from community.models import Group, Membership, Post, Thread
from tests.factories import a_case_study, a_member
from tests.factories.community import a_group, a_moderator, a_reply, a_thread, join

pytestmark = pytest.mark.django_db
Access, Kind, Role, State = Group.Access, Group.Kind, Membership.Role, Membership.State


def a_squad(**fields) -> Group:
    return a_group(**{"kind": Kind.SQUAD, "places": 2, **fields})


def state_of(group: Group, person) -> tuple[str, str]:
    row = group.memberships.get(person=person)
    return row.role, row.state


def at(group: Group, page: str = "") -> str:
    return f"/en/community/groups/{group.slug}/{page}"


@pytest.mark.parametrize(
    "access, expected",
    [(Access.OPEN, State.ACTIVE), (Access.REQUEST, State.ASKED), (Access.INVITED, None), (Access.HIDDEN, None)],
)
def test_who_was_not_invited_joins_as_the_access_has_it(access, expected):
    group, person = a_group(access=access), a_member()

    try:
        state = actions.join(group, by=person).state
    except actions.NotNow:
        state = None

    assert state == expected


@pytest.mark.parametrize("access", Access.values)
def test_who_is_invited_joins_at_once(access):
    group, person = a_group(access=access), a_member()
    actions.invite(group, person, by=group.created_by)

    row = actions.join(group, by=person)

    assert row.state == State.ACTIVE


@pytest.mark.parametrize("access", [Access.REQUEST, Access.INVITED, Access.HIDDEN])
@pytest.mark.parametrize("before", [None, State.ASKED, State.REFUSED, State.ENDED, State.REMOVED])
def test_nobody_reads_a_closed_door_squad_by_observing_it(access, before):
    group, person = a_squad(access=access), a_member()
    if before:
        Membership.objects.create(group=group, person=person, state=before)

    try:
        actions.observe(group, by=person)
    except actions.NotNow:
        pass

    assert not Group.objects.readable_by(person).filter(pk=group.pk).exists()


def test_who_asked_to_observe_is_let_in_as_an_observer_without_a_place():
    group, person = a_squad(access=Access.REQUEST, places=1), a_member()
    row = actions.observe(group, by=person)

    actions.let_in(row, by=group.created_by)

    assert state_of(group, person) == (Role.OBSERVER, State.ACTIVE)


def test_an_observer_who_gets_a_place_is_a_member():
    group, person = a_squad(), a_member()
    actions.observe(group, by=person)

    actions.join(group, by=person)

    assert state_of(group, person) == (Role.MEMBER, State.ACTIVE)


def test_an_observer_of_a_full_squad_waits_and_then_is_a_member():
    group, first, person = a_squad(), a_member(), a_member()
    join(group, first)
    actions.observe(group, by=person)
    actions.join(group, by=person)

    actions.leave(group, by=first)

    assert state_of(group, person) == (Role.MEMBER, State.ACTIVE)


def test_who_waits_gets_places_in_order_when_there_are_more():
    group, people = a_squad(places=1), [a_member() for _number in range(3)]
    for person in people:
        actions.join(group, by=person)
    group.places = 3

    actions.save(group, by=group.created_by)

    assert [state_of(group, person)[1] for person in people] == [State.ACTIVE, State.ACTIVE, State.WAITING]


def test_who_becomes_an_observer_leaves_a_place_to_who_waits():
    group, first, second = a_squad(), a_member(), a_member()
    actions.join(group, by=first)
    actions.join(group, by=second)

    actions.give_role(group.memberships.get(person=first), Role.OBSERVER, by=group.created_by)

    assert state_of(group, second) == (Role.MEMBER, State.ACTIVE)


def test_who_was_removed_does_not_come_back_by_leaving():
    group, person = a_group(), a_member()
    join(group, person)
    actions.remove(group.memberships.get(person=person), by=group.created_by)

    actions.leave(group, by=person)

    assert state_of(group, person)[1] == State.REMOVED
    with pytest.raises(actions.NotNow):
        actions.join(group, by=person)


@pytest.mark.parametrize("state", [State.INVITED, State.ENDED, State.REFUSED, State.REMOVED])
def test_nobody_is_let_in_who_did_not_ask(state):
    group, person = a_group(), a_member()
    row = Membership.objects.create(group=group, person=person, state=state)

    with pytest.raises(actions.NotNow):
        actions.let_in(row, by=group.created_by)

    assert state_of(group, person)[1] == state


def test_the_last_owner_is_not_refused_out_of_her_group():
    group = a_group()

    with pytest.raises(actions.NotNow):
        actions.refuse(group.memberships.get(), by=a_moderator())

    assert state_of(group, group.created_by) == (Role.OWNER, State.ACTIVE)


def test_who_left_as_owner_comes_back_as_a_member():
    group, person = a_group(), a_member()
    join(group, person)
    row = group.memberships.get(person=person)
    actions.leave(group, by=person)
    Membership.objects.filter(pk=row.pk).update(role=Role.OWNER)

    actions.join(group, by=person)

    assert state_of(group, person) == (Role.MEMBER, State.ACTIVE)


@pytest.mark.parametrize("verb", [actions.archive, actions.close])
def test_a_finished_group_lets_nobody_in(verb):
    group, person = a_group(access=Access.REQUEST), a_member()
    row = actions.join(group, by=person)
    verb(group, by=group.created_by)

    with pytest.raises(actions.NotNow):
        actions.let_in(Membership.objects.get(pk=row.pk), by=group.created_by)


def test_a_closed_group_stays_readable_by_its_members_only(client):
    group, person, other = a_group(), a_member(), a_member()
    join(group, person)
    actions.close(group, by=group.created_by)

    answers = {}
    for who in (person, other):
        client.force_login(who)
        answers[who] = client.get(at(group)).status_code

    assert answers == {person: 200, other: 404}


PAGES = ["", "settings/", "members/", "state/", "export/", "deliverable/"]
VERBS = ["join/", "leave/", "listed/", "invite/", "pins/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_hidden_group_is_not_there_for_others(client, address):
    group = a_squad(access=Access.HIDDEN)
    client.force_login(a_member())

    assert client.get(at(group, address)).status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_finds_a_hidden_group(client, verb):
    group = a_squad(access=Access.HIDDEN)
    client.force_login(a_member())

    assert client.post(at(group, verb)).status_code == 404


@pytest.mark.parametrize(
    "role, open_pages",
    [
        (None, {""}),
        (Role.OBSERVER, {"", "members/"}),
        (Role.MEMBER, {"", "members/"}),
        (Role.MODERATOR, {"", "members/", "deliverable/"}),
        (Role.OWNER, set(PAGES)),
        ("portal", set(PAGES)),
    ],
)
def test_who_gets_to_which_page_of_an_open_squad(client, role, open_pages):
    group = a_squad(places=9)
    person = a_moderator() if role == "portal" else a_member()
    if role in Role.values:
        Membership.objects.create(group=group, person=person, role=role)
    client.force_login(person)

    found = {page for page in PAGES if client.get(at(group, page)).status_code == 200}

    assert found == open_pages


@pytest.mark.parametrize(
    "fields, label",
    [
        ({"access": Access.REQUEST}, "Take back the request"),
        ({"kind": Kind.SQUAD, "places": 1}, "Leave the waiting list"),
    ],
)
def test_what_is_not_yet_a_membership_is_given_up_on_the_page(client, fields, label):
    group, person = a_group(**fields), a_member()
    actions.join(group, by=person)
    client.force_login(person)
    offered = label in client.get(at(group)).content.decode()

    client.post(at(group, "leave/"))

    assert (offered, state_of(group, person)[1]) == (True, State.ENDED)


def test_an_invitation_is_declined_and_the_log_of_the_group_does_not_tell_whose_address_it_was(client):
    group, person = a_group(access=Access.HIDDEN), a_member(name="Canary Known")
    actions.invite(group, person, by=group.created_by)

    def log():
        client.force_login(group.created_by)
        return client.get(f"/en/community/moderation/log/{group.slug}/").content.decode()

    before = log()
    client.force_login(person)
    offered = "Decline the invitation" in client.get(at(group)).content.decode()
    client.post(at(group, "leave/"))

    assert (offered, client.get(at(group)).status_code) == (True, 404)
    assert [sign in page for page in (before, log()) for sign in ("Canary Known", f"user:{person.pk}<")] == [False] * 4


def test_the_answer_to_an_invitation_does_not_tell_who_has_an_address(client):
    group, person = a_group(), a_member(name="Canary Known")
    client.force_login(group.created_by)

    pages = []
    for who in ("nobody@example.org", person.email):
        answer = client.post(at(group, "invite/"), {"who": who}, follow=True)
        pages.append(answer.content.decode())

    assert all("If there is such a member" in page for page in pages)
    assert "Canary Known" not in pages[1]


def test_a_broken_address_is_no_error(client):
    group = a_group()
    client.force_login(group.created_by)

    answer = client.post(at(group, "pins/"), {"address": "http://["}, follow=True)

    assert "nothing at this address" in answer.content.decode()


def test_a_pinned_case_study_stands_on_the_page(client):
    group, study = a_group(), a_case_study("Lantern walk")
    client.force_login(group.created_by)

    answer = client.post(at(group, "pins/"), {"address": study.url}, follow=True)

    assert answer.status_code == 200 and f'href="{study.url}"' in answer.content.decode()


def test_observers_are_not_counted_among_the_members_of_a_squad(client):
    group = a_group(kind="squad", places=3, takes_observers=True)
    actions.observe(group, by=a_member())

    pages = [client.get(address).content.decode() for address in ("/en/community/groups/", at(group))]

    assert all("1 member<" in page for page in pages)
    assert "Observer: 1<" in pages[1]


@pytest.mark.parametrize("access, ways", [(Access.OPEN, 1), (Access.REQUEST, 1), (Access.INVITED, 0)])
def test_the_page_has_one_way_in_for_who_may_take_it(client, access, ways):
    group = a_group(access=access)
    as_visitor = client.get(at(group)).content.decode()
    client.force_login(a_member())

    as_member = client.get(at(group)).content.decode()

    assert (as_visitor.count("Sign in to join"), as_member.count(at(group, "join/"))) == (ways, ways)


def test_nobody_is_told_to_sign_in_to_a_group_that_invites(client):
    said = {access: client.get(at(a_group(access=access))).content.decode() for access in ("open", "invited")}

    assert "Sign in to join" in said["open"] and "Sign in to join" not in said["invited"]


@pytest.mark.parametrize("verb", ["pins/", "invite/"])
def test_nothing_is_added_to_an_archived_group(client, verb):
    group = a_group()
    actions.archive(group, by=group.created_by)
    client.force_login(group.created_by)

    assert client.post(at(group, verb), {"address": "/", "who": "Anna"}).status_code == 404


def test_a_form_with_an_error_keeps_what_was_typed(client):
    client.force_login(a_member())

    answer = client.post("/en/community/groups/new/", {"title": "Typed name", "aim": "", "kind": "squad"})

    assert answer.status_code == 422
    assert "Typed name" in answer.content.decode()


def test_the_list_of_groups_takes_the_same_queries_for_one_and_three(client):
    counts = []
    for number in (1, 2):
        for _group in range(number):
            a_group()
        client.get("/en/community/groups/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/community/groups/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_list_of_members_takes_the_same_queries_for_one_and_three(client):
    group, counts = a_group(), []
    client.force_login(group.created_by)
    for number in (1, 2):
        for _person in range(number):
            join(group, a_member())
        client.get(at(group, "members/"))
        with CaptureQueriesContext(connection) as queries:
            client.get(at(group, "members/"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_export_holds_everything_but_what_is_hidden_held_or_deleted():
    group, person = a_group(), a_member(email="canary-address@example.org")
    join(group, person)
    thread = a_thread("Kept thread", by=person, text="Kept words", group=group)
    for state in set(Post.State.values) - {Post.State.SHOWN}:
        post = a_reply(thread, f"canary post {state}", by=person)
        Post.objects.filter(pk=post.pk).update(state=state)
    gone = a_thread("canary thread", by=person, text="canary opening", group=group)
    Thread.objects.filter(pk=gone.pk).update(state=Thread.State.HIDDEN)

    with zipfile.ZipFile(io.BytesIO(exporting.archive(group).read())) as held:
        everything = {name: held.read(name).decode() for name in held.namelist()}

    data = json.loads(everything["group.json"])
    assert data["threads"][0]["posts"][0]["text"] == "Kept words"
    assert "Kept words" in everything[f"threads/{thread.pk}.html"]
    assert "Kept thread" in everything["index.html"]
    assert not [name for name, text in everything.items() if "canary" in text or "<script" in text]
