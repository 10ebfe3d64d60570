"""A member takes away what she wrote; when she goes, threads stay readable and no group is left without an owner."""

import json

import pytest
from django.utils import timezone

from community.models import Barrier, Draft, Group, LogEntry, Membership, Notice, Offer, Post, Reaction, Thread
from community.threads import actions as threads
from people import actions, personal_data
from people.models import User
from tests.factories import a_member
from tests.factories.community import a_group, a_reply, a_thread

pytestmark = pytest.mark.django_db


def an_offer(by: User) -> Offer:
    return Offer.objects.create(
        kind=Offer.Kind.OFFER,
        author=by,
        title="A partner",
        text="We offer.",
        language="en",
        expires_on=timezone.localdate(),
    )


def test_the_export_holds_what_she_wrote_and_nothing_of_others():
    person = a_member(name="Ana")
    thread = a_thread("Hers", by=person, text="What I think")
    a_reply(thread, "What another thinks")
    an_offer(person)
    Draft.objects.create(person=person, place="thread:1", data={"text": "Half a"})

    held = personal_data.export(person)["community"]

    assert [row["source"] for row in held["posts"]] == ["What I think"]
    assert [row["title"] for row in held["threads"] + held["offers"]] == ["Hers", "A partner"]
    assert held["drafts"][0]["data"] == {"text": "Half a"}
    assert "What another thinks" not in json.dumps(held)


def test_threads_stay_readable_under_no_name():
    person = a_member(name="Ana Prado")
    thread = a_thread("Hers", by=person, text="What I think")
    mention = a_reply(thread, f"Thank you @[Ana Prado]({person.pk})")
    quote = a_reply(thread, f"[@{thread.pk}:1]\n\n> What I think")

    actions.delete_account(person)

    thread.refresh_from_db()
    assert (thread.author, [post.source for post in thread.posts.filter(author=None)]) == (None, ["What I think"])
    for post in (mention, quote):
        post.refresh_from_db()
        assert "Ana" not in post.html + post.source
    assert "Former member" in mention.html


def test_what_is_hers_alone_goes():
    person, other = a_member(), a_member()
    post = a_reply(a_thread(), by=other)
    threads.react(post, "thanks", by=person)
    an_offer(person)
    Draft.objects.create(person=person, place="thread:1")
    Barrier.objects.create(by=other, against=person, kind="mute")
    Notice.objects.create(address="/", explanation="x", name="Ana", email=person.email, receipt="r")
    held = a_thread("Nobody saw it", by=person, held=True)

    actions.delete_account(person)

    counts = [model.objects.count() for model in (Reaction, Offer, Draft, Barrier)]
    assert counts == [0, 0, 0, 0]
    assert (Notice.objects.get().name, Notice.objects.get().email) == ("", "")
    assert not Thread.objects.filter(pk=held.pk).exists()


@pytest.mark.parametrize("role, expected", [("moderator", "second"), ("member", "first")])
def test_a_group_goes_to_its_longest_moderator_or_else_member(role, expected):
    owner, people = a_member(), {"first": a_member(), "second": a_member()}
    group = a_group(owner=owner, members=(people["first"], people["second"]))
    group.memberships.filter(person=people["second"]).update(role=role)

    actions.delete_account(owner)

    group.refresh_from_db()
    assert group.memberships.get(role=Membership.Role.OWNER).person == people[expected]
    assert group.state == Group.State.ACTIVE


def test_a_group_nobody_else_belongs_to_is_archived():
    owner = a_member()
    group = a_group(owner=owner)
    thread = a_thread(group=group, by=owner)

    actions.delete_account(owner)

    group.refresh_from_db()
    assert (group.state, Post.objects.visible_to(None).filter(thread=thread).count()) == (Group.State.ARCHIVED, 1)


def test_no_relation_to_a_member_is_forgotten():
    """Each one of the community is told of here, so that a new one is decided about."""
    known = {
        "Ask.person", "Barrier.against", "Barrier.by", "Contact.receiver", "Contact.sender", "Decision.affects", "Decision.by",
        "Decision.complaint_by", "Decision.person", "Draft.person", "Event.host", "Flag.by", "Flag.handler", "Flag.person",
        "Group.created_by", "LogEntry.by", "Membership.decided_by", "Membership.person", "Notice.handler", "Notice.person",
        "Offer.author", "Post.author", "PostFile.by", "PostVersion.by", "Quotation.person", "Reaction.person", "ReadingPlace.person",
        "Registration.person", "Suspension.person", "Thread.author", "Thread.expert", "Thread.host",
    }  # fmt: skip
    of_attention = {
        "Attention.person",
        "MailedReply.person",
        "Notification.actor",
        "Notification.person",
        "Watch.person",
    }
    relations = User._meta.get_fields(include_hidden=True)
    found = {
        f"{one.related_model.__name__}.{one.field.name}"
        for one in relations
        if one.auto_created and not one.concrete and one.related_model._meta.app_label == "community"
    }

    assert found - of_attention == known


def test_no_row_names_a_person_who_is_gone():
    person = a_member()
    group = a_group(owner=person, members=(a_member(),))
    a_reply(a_thread(group=group, by=person), by=person)
    pk = person.pk

    actions.delete_account(person)

    assert LogEntry.objects.filter(by=pk).count() + Post.objects.filter(author=pk).count() == 0
    assert Membership.objects.filter(person=pk).count() == 0
