"""Links that stop one kind of mails, or all of them, or everything about one thread."""

from collections.abc import Callable

from community.attention import actions, topics
from community.models import Thread, Watch
from people.models import User
from people.signed_links import SignedLinks

NOW, DIGEST, ALL = "now", "digest", "all"
KINDS: dict[str, Callable[[User], None]] = {
    NOW: actions.stop_mails_at_once,
    DIGEST: actions.stop_digest,
    ALL: actions.stop_all,
}
_links = SignedLinks("stop_notifications", salt="community.attention.stopping")


def link(person: User, kind: str) -> str:
    return _links.address(person.pk, kind)


def link_for_thread(person: User, thread: Thread) -> str:
    return _links.address(person.pk, topics.of(thread))


def read(signed: str) -> tuple[User, str] | None:
    """(person, what to stop); None where the link was not made here, or she is gone."""
    found = _links.read(signed)
    person = User.objects.filter(pk=found[0]).first() if found else None
    return (person, found[1]) if person else None


def stop(person: User, what: str) -> None:
    if what in KINDS:
        KINDS[what](person)
    else:
        actions.watch(person, what, Watch.Level.MUTED)
