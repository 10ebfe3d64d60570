"""django-machina with the threads of a JSON file: `measure.py store threads.json`, then `measure.py measure threads.json` prints what its pages take."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from machina.apps.forum.models import Forum  # noqa: E402
from machina.apps.forum.views import ForumView  # noqa: E402
from machina.apps.forum_conversation import views as conversation  # noqa: E402
from machina.apps.forum_conversation.models import Post, Topic  # noqa: E402
from machina.apps.forum_member.models import ForumProfile  # noqa: E402
from machina.apps.forum_permission.models import ForumPermission, UserForumPermission  # noqa: E402
from machina.conf import settings as machina_settings  # noqa: E402

from benchmarks.pages import answered, as_json, client  # noqa: E402


def main(what: str, path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if what == "measure":
        print(json.dumps(as_json(measured(**data["measure"]))))
        return
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        store(data)


def store(data: dict) -> None:
    User.objects.bulk_create(User(username=name, password="!") for name in data["people"])
    people = list(User.objects.order_by("pk"))
    ForumProfile.objects.bulk_create(ForumProfile(user=person) for person in people)
    for codename in ("can_see_forum", "can_read_forum"):
        permission = ForumPermission.objects.get(codename=codename)
        UserForumPermission.objects.create(permission=permission, anonymous_user=True, has_perm=True)
    forum = Forum.objects.create(name="Benchmark", type=Forum.FORUM_POST)
    for told in data["threads"]:
        _topic(told, forum, people)
    forum.refresh_from_db()
    forum.update_trackers()


def _topic(told: dict, forum, people: list[User]) -> None:
    posts, begun = told["posts"], datetime.fromisoformat(told["begun"])
    topic = Topic.objects.create(
        forum=forum, subject=told["title"], poster=people[posts[0]["author"]], type=Topic.TOPIC_POST, status=Topic.TOPIC_UNLOCKED,
    )  # fmt: skip
    rows = Post.objects.bulk_create(
        Post(topic=topic, poster=people[post["author"]], subject=told["title"], content=_words(post)) for post in posts
    )
    for number, row in enumerate(rows):
        row.created = begun + timedelta(minutes=7) * number
    Post.objects.bulk_update(rows, ["created"], batch_size=200)
    topic.posts_count, topic.first_post, topic.last_post = len(rows), rows[0], rows[-1]
    topic.last_post_on = rows[-1].created
    topic._simple_save()


def _words(post: dict) -> str:
    return f"> {post['quoted']}\n\n{post['text']}" if post["quoted"] else post["text"]


def measured(repeat: int, place: int, posts_a_page: list[int], rows_a_page: list[int]) -> dict:
    people = list(User.objects.order_by("pk"))
    long, short = Topic.objects.order_by("pk")[:2]
    at = long.posts.order_by("created")[place].pk
    found = {}
    for who, reader in (("anonymous", None), ("member", people[-1])):
        visitor = client(reader)
        for count in posts_a_page:
            show(count)
            for name, address in (("3", _of(short)), ("long", _of(long)), ("place", f"{_of(long)}?post={at}")):
                found[f"{who}, {name}, {count}"] = answered(lambda address=address: visitor.get(address), repeat)  # noqa: B023
        for count in rows_a_page:
            ForumView.paginate_by = count
            address = reverse("forum:forum", args=[long.forum.slug, long.forum.pk])
            found[f"{who}, list, {count}"] = answered(lambda address=address: visitor.get(address), repeat)  # noqa: B023
    for count in posts_a_page:
        show(count)
        found[f"member, answer, {count}"] = answered(_sender(people, long), min(repeat, len(people) - 8))
    return found


def show(count: int) -> None:
    """Posts on a page."""
    machina_settings.TOPIC_POSTS_NUMBER_PER_PAGE = conversation.TopicView.paginate_by = count


def _of(topic: Topic) -> str:
    return reverse("forum_conversation:topic", args=[topic.forum.slug, topic.forum.pk, topic.slug, topic.pk])


def _sender(people: list[User], topic: Topic):
    """Each call is another person's answer."""
    address = reverse("forum_conversation:post_create", args=[topic.forum.slug, topic.forum.pk, topic.slug, topic.pk])
    visitors = iter([client(person) for person in people])

    def send():
        answer = {"subject": "Re", "content": "We tried it with **two** classes; it takes a term."}
        response = next(visitors).post(address, answer)
        assert response.status_code == 302, "the answer wasn't taken"
        return response

    return send


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
