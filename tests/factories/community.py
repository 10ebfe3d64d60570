"""Boring makers of groups, threads and posts, through the actions members use."""

from itertools import count

from community.groups import actions as groups
from community.models import Group, Post, Thread
from community.threads import actions as threads
from community.threads.actions import Opening
from people.models import User
from tests.factories import a_member

_numbers = count(1)


def a_moderator(**fields) -> User:
    """A moderator of the whole community."""
    from django.contrib.auth.models import Permission

    person = a_member(**fields)
    person.user_permissions.add(Permission.objects.get(content_type__app_label="community", codename="moderate"))
    return person


def a_group(title: str = "", *, owner: User | None = None, members: tuple[User, ...] = (), **fields) -> Group:
    fields = {"title": title or f"Group {next(_numbers)}", "language": "en", "aim": "We compare notes.", **fields}
    group = groups.found(Group(**fields), by=owner or a_member())
    for person in members:
        join(group, person)
    return group


def join(group: Group, person: User) -> None:
    groups.invite(group, person, by=group.created_by)
    groups.join(group, by=person)


def a_thread(title: str = "", *, by: User | None = None, text: str = "Who has tried it?", **fields) -> Thread:
    fields = {"language": "en", **fields}
    opening = Opening(title=title or f"Thread {next(_numbers)}", text=text, **fields)
    return threads.open_thread(opening, by=by or a_member())


def a_question(title: str = "", **fields) -> Thread:
    return a_thread(title, kind=Thread.Kind.QUESTION, **fields)


def a_reply(thread: Thread, text: str = "We did.", *, by: User | None = None, **fields) -> Post:
    return threads.reply(thread, text, by=by or a_member(), language=fields.pop("language", "en"), **fields)
