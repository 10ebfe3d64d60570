"""Nothing that was written is lost: drafts, forms that need another look, threads closed meanwhile."""

from community.models import Draft, Thread
from community.models.threads import LONGEST_POST
from tests.factories import a_member
from tests.factories.community import a_question

DRAFTS = "/en/community/threads/drafts/"


def address(thread, rest: str = "") -> str:
    return f"/en/community/threads/{thread.pk}/{rest}"


def test_a_draft_is_kept_and_there_on_the_next_visit(client, db):
    thread, person = a_question(), a_member()
    client.force_login(person)

    told = client.post(DRAFTS, {"place": f"thread:{thread.pk}", "text": "We have, but"})

    assert told.json()["message"].startswith("Draft saved at")
    assert ">\nWe have, but</textarea>" in client.get(address(thread)).content.decode()


def test_a_draft_is_its_writers_alone(client, db):
    thread = a_question()
    client.force_login(a_member())
    client.post(DRAFTS, {"place": f"thread:{thread.pk}", "text": "We have, but"})
    client.force_login(a_member())

    html = client.get(address(thread)).content.decode()

    assert "We have, but" not in html


def test_a_draft_goes_when_it_is_posted(client, db):
    thread, person = a_question(), a_member()
    client.force_login(person)
    client.post(DRAFTS, {"place": f"thread:{thread.pk}", "text": "We have, but"})

    client.post(address(thread, "reply/"), {"text": "We have, but only once.", "key": "k"})

    assert not Draft.objects.filter(person=person).exists()


def test_blanks_are_no_draft(client, db):
    client.force_login(a_member())

    client.post(DRAFTS, {"place": "thread:1", "text": "  \n "})

    assert not Draft.objects.exists()


def test_a_draft_is_kept_for_known_places_only(client, db):
    client.force_login(a_member())

    answer = client.post(DRAFTS, {"place": "anywhere", "text": "Words"})

    assert (answer.status_code, Draft.objects.count()) == (400, 0)


def test_a_thread_closed_meanwhile_shows_and_keeps_what_was_written(client, db):
    thread, person = a_question(), a_member()
    client.force_login(person)
    client.get(address(thread))
    Thread.objects.filter(pk=thread.pk).update(state=Thread.State.CLOSED)

    answer = client.post(address(thread, "reply/"), {"text": "We have, in two villages.", "key": "k"})

    assert answer.status_code == 409
    assert "We have, in two villages." in answer.content.decode()
    assert Draft.objects.get(person=person).data["text"] == "We have, in two villages."
    assert thread.posts.count() == 1


def test_too_many_words_are_shown_again_with_what_is_wrong(client, db):
    thread = a_question()
    client.force_login(a_member())

    answer = client.post(address(thread, "reply/"), {"text": "y" * (LONGEST_POST + 1), "key": "k"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "y" * (LONGEST_POST + 1) in html
    assert str(LONGEST_POST) in html.replace(",", "")


def test_a_preview_shows_the_words_as_others_will_see_them_and_posts_nothing(client, db):
    thread = a_question()
    client.force_login(a_member())

    answer = client.post(address(thread, "reply/"), {"text": "We **have**.<script>", "preview": "1", "key": "k"})

    html = answer.content.decode()
    assert "<strong>have</strong>" in html
    assert ">\nWe **have**.&lt;script&gt;</textarea>" in html
    assert thread.posts.count() == 1
