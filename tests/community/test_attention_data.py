"""What is held of a person's attention: to take away, and to erase."""

from community.models import Attention, MailedReply, Notification, Watch
from people import actions, personal_data
from tests.factories import a_member
from tests.factories.attention import watching
from tests.factories.community import a_reply, a_thread


def test_the_export_holds_what_she_follows_and_was_told(db):
    person = a_member()
    thread = a_thread(by=person)
    watching(person, thread, "watching")
    post = a_reply(thread)
    MailedReply.objects.create(message_id="<a@example.org>", person=person, post=post)

    held = personal_data.export(person)["notifications"]

    assert (held["mails_at_once"], held["digest"], held["takes_questions"]) == (True, "weekly", False)
    assert [(row["topic"], row["level"]) for row in held["follows"]] == [(f"thread:{thread.pk}", "watching")]
    assert [(row["reason"], row["about"]) for row in held["notifications"]] == [("reply", f"post:{post.pk}")]
    assert [row["message_id"] for row in held["answers_by_mail"]] == ["<a@example.org>"]


def test_who_is_erased_leaves_nothing_and_others_keep_what_they_were_told(db):
    person, asker = a_member(), a_member()
    thread = a_thread(by=asker)
    post = a_reply(thread, by=person)
    a_reply(thread, to=post)
    Attention.objects.create(person=person)
    MailedReply.objects.create(message_id="<a@example.org>", person=person, post=post)
    pk = person.pk

    actions.delete_account(person)

    left = [model.objects.filter(person=pk).exists() for model in (Attention, Watch, Notification, MailedReply)]
    assert left == [False] * 4
    assert Notification.objects.get(person=asker, post=post).actor is None
    assert MailedReply.objects.get().message_id == "<a@example.org>"
