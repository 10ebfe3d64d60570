"""Words nobody but some may read, put into everything that can be closed, hidden, held or suspended, and looked for on every way out."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from community.groups import actions as groups
from community.models import Event, Offer, Thread
from community.moderation import measures, suspending
from community.moderation.deciding import Reasons
from community.threads import actions as threads
from people import personal_data
from search import indexer
from search.sources import all_sources
from tests.factories import a_case_study, a_member
from tests.factories.community import a_group, a_moderator, a_reply, a_thread, join

pytestmark = pytest.mark.django_db
VIEWERS = ("visitor", "member", "insider", "moderator")
EVERYBODY, INSIDERS, MODERATORS, NOBODY = set(VIEWERS), {"insider", "moderator"}, {"moderator"}, set()
WHY = Reasons("spam", "It sells something.")

# Word: (kind, what, who reads it on some page, who finds it in the search). Moderators read what is hidden on their desk only.
CANARIES = {
    "albatross": ("thread", "an open thread", EVERYBODY, EVERYBODY),
    "bandicoot": ("thread", "a hidden post", MODERATORS, NOBODY),
    "cassowary": ("thread", "a held post", MODERATORS, NOBODY),
    "dragonfly": ("thread", "a deleted post", NOBODY, NOBODY),
    "earthworm": ("thread", "a hidden thread", MODERATORS, NOBODY),
    "flycatcher": ("thread", "a held thread", MODERATORS, NOBODY),
    "guillemot": ("thread", "a thread of a group by invitation", INSIDERS, INSIDERS),
    "hummingbird": ("thread", "a thread of a hidden group", INSIDERS, INSIDERS),
    "ichneumon": ("thread", "a thread of a closed group", INSIDERS, INSIDERS),
    "jackrabbit": ("group", "a group by invitation", EVERYBODY, EVERYBODY),
    "kingfisher": ("group", "a hidden group", INSIDERS, INSIDERS),
    "lumpsucker": ("group", "a closed group", INSIDERS, INSIDERS),
    "mudskipper": ("thread", "a thread of who is suspended", MODERATORS, NOBODY),
    "nighthawk": ("event", "a hidden event", MODERATORS, NOBODY),
    "oystercatcher": ("event", "an event of a group by invitation", INSIDERS, INSIDERS),
    "pangolin": ("offer", "a hidden offer", MODERATORS, NOBODY),
    "quagga": ("thread", "a thread about an unpublished case study", MODERATORS, NOBODY),
    "razorbill": ("event", "an open event", EVERYBODY, EVERYBODY),
    "sandpiper": ("offer", "an offer", EVERYBODY, EVERYBODY),
}


def marked(word: str) -> str:
    """A search repeats the word asked for; the mark beside it shows that the thing itself was found."""
    return f"{word} {mark(word)}"


def mark(word: str) -> str:
    return f"!{word[::-1]}!"  # no part of an address


class World:
    def __init__(self):
        self.author, self.suspended = a_member(name="Author"), a_member(name="Suspended")
        self.people = {
            "visitor": None,
            "member": a_member(name="Reader"),
            "insider": a_member(name="Insider"),
            "moderator": a_moderator(name="Moderator"),
        }
        self.groups = [
            self._group("jackrabbit", "invited"),
            self._group("kingfisher", "hidden"),
            self._group("lumpsucker", "open"),
        ]
        self.threads = [a_thread(marked("albatross"), by=self.people["member"])]
        self._posts(self.threads[0])
        self._threads()
        self.events = [self._event("nighthawk"), self._event("oystercatcher", self.groups[0]), self._event("razorbill")]
        self.offers = [self._offer("pangolin"), self._offer("sandpiper")]
        self._take_away()
        indexer.drain()

    def _group(self, word: str, access: str):
        group = a_group(marked(word), owner=self.author, access=access)
        join(group, self.people["insider"])
        return group

    def _posts(self, thread):
        self.hidden_post = a_reply(thread, marked("bandicoot"), by=self.author)
        self.held_post = a_reply(thread, marked("cassowary"), by=self.author, held=True)
        self.deleted_post = a_reply(thread, marked("dragonfly"), by=self.author)
        threads.edit(self.deleted_post, marked("dragonfly") + " again", by=self.author)

    def _threads(self):
        for word, group in zip(("guillemot", "hummingbird", "ichneumon"), self.groups, strict=True):
            self.threads.append(a_thread(marked(word), text=marked(word), by=self.author, group=group))
        self.hidden_thread = a_thread(marked("earthworm"), text=marked("earthworm"), by=self.author)
        self.of_suspended = a_thread(marked("mudskipper"), text=marked("mudskipper"), by=self.suspended)
        study = a_case_study("Unpublished", live=False, owner=self.author)
        self.threads += [
            self.hidden_thread,
            self.of_suspended,
            a_thread(marked("flycatcher"), text=marked("flycatcher"), by=self.author, held=True),
            a_thread(marked("quagga"), text=marked("quagga"), by=self.author, case_study=study),
        ]

    def _event(self, word: str, group=None) -> Event:
        starts = timezone.now() + timedelta(days=3)
        fields = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "language": "en", "is_online": True}
        return Event.objects.create(title=marked(word), text=marked(word), host=self.author, group=group, **fields)

    def _offer(self, word: str) -> Offer:
        until = timezone.localdate() + timedelta(days=30)
        fields = {"kind": Offer.Kind.OFFER, "language": "en", "expires_on": until}
        return Offer.objects.create(title=marked(word), text=marked(word), author=self.author, **fields)

    def _take_away(self):
        """After it was shown, told of and indexed."""
        indexer.drain()
        moderator = self.people["moderator"]
        for thing in (self.hidden_post, self.hidden_thread, self.events[0], self.offers[0]):
            measures.hide(thing, WHY, by=moderator)
        threads.delete(self.deleted_post, by=self.author)
        groups.close(self.groups[2], by=self.author)
        suspending.suspend(self.suspended, WHY, by=moderator, with_content=True)

    def client(self, viewer: str) -> Client:
        client = Client()
        if self.people[viewer]:
            client.force_login(self.people[viewer])
        return client

    def keys(self, path: str) -> list[dict]:
        """What may stand in the holes of an address, by where it lies."""
        of_threads, posts = [{"pk": row.pk} for row in self.threads], self.threads[0].posts.all()
        people = [{"pk": self.author.pk}, {"pk": self.suspended.pk}]
        own = {
            "groups/": [{"slug": row.slug, "pk": row.pk} for row in self.groups],
            "events/": [{"pk": row.pk} for row in self.events],
            "partners/": [{"pk": row.pk} for row in self.offers],
            "members/": people,
            "moderation/": self._kinds(posts),
        }
        for part, keys in own.items():
            if f"community/{part}" in path:
                return keys
        return [*of_threads, *({"pk": post.pk} for post in posts), *own["groups/"]]

    def _kinds(self, posts) -> list[dict]:
        kinds = {
            "post": posts,
            "thread": self.threads,
            "group": self.groups,
            "event": self.events,
            "offer": self.offers,
        }
        rows = [{"kind": kind, "pk": row.pk} for kind, some in kinds.items() for row in some]
        return [*rows, {"kind": "person", "pk": self.suspended.pk}, *({"slug": group.slug} for group in self.groups)]


def patterns(found, path: str = ""):
    """Every address of ours that is no admin's and no account's."""
    for one in found:
        here = path + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here, one
        elif not here.startswith(("admin/", "en/accounts/", "documents/")) and here != "language/":
            yield from patterns(one.url_patterns, here)


def addresses(world: World) -> list[str]:
    found = set()
    for path, pattern in patterns(get_resolver().url_patterns):
        holes = set(pattern.pattern.converters)
        if not pattern.name or path.startswith("en/_util") or (holes and "community/" not in path):
            continue  # what lies outside knows none of these numbers
        fitting = [keys for keys in world.keys(path) if holes <= set(keys)] if holes else [{}]
        for keys in fitting:
            try:
                found.add(reverse(pattern.name, kwargs={name: keys[name] for name in holes}))
            except NoReverseMatch:
                continue
    return sorted(found)


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "zip" in answer.headers.get("Content-Type", ""):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            body = b"".join(held.read(name) for name in held.namelist())
    return body.decode("utf-8", "ignore")


def words_in(text: str) -> set[str]:
    return {word for word in CANARIES if mark(word) in text}


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_page_shows_what_its_viewer_may_read_and_nothing_else(world, viewer):
    client, seen = world.client(viewer), {}
    for address in addresses(world):
        answer = client.get(address, follow=False)
        for word in words_in(text_of(answer)):
            seen.setdefault(word, address)

    expected = {word for word, (_kind, _what, readers, _finders) in CANARIES.items() if viewer in readers}
    assert {word: where for word, where in seen.items() if word not in expected} == {}
    assert expected - set(seen) == set()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_search_suggestions_feeds_and_the_api_find_what_the_viewer_may_read(world, viewer):
    client, found = world.client(viewer), {}
    kinds = "&".join(f"kind={kind}" for kind in all_sources())
    for word in CANARIES:
        for path in (
            f"/en/search/?q={word}&{kinds}",
            f"/en/search/suggest/?q={word}",
            f"/api/practices/?q={word}&{kinds}",
        ):
            if words_in(text_of(client.get(path))):
                found.setdefault(word, path)

    expected = {
        word for word, (kind, _w, _r, finders) in CANARIES.items() if viewer in finders and kind in all_sources()
    }
    assert {word: where for word, where in found.items() if word not in expected} == {}
    assert expected - set(found) == set()


def test_feeds_show_what_everybody_may_read_whoever_asks(world):
    public = {word for word, (_kind, _what, _readers, finders) in CANARIES.items() if "visitor" in finders}
    kinds = "&".join(f"kind={kind}" for kind in all_sources())

    for viewer in VIEWERS:
        shown = words_in(text_of(world.client(viewer).get(f"/en/search/feed.atom?{kinds}")))
        assert shown <= public, viewer


def test_crawlers_are_led_to_nothing_that_is_not_public(world):
    public = set(Thread.objects.visible_to(None).values_list("pk", flat=True))
    closed = [row for row in world.threads if row.pk not in public]
    sections = text_of(Client().get("/sitemap.xml"))
    listed = sections
    for part in sections.split("<loc>")[1:]:
        if "sitemap-concepts" in part:
            continue  # thousands of addresses of vocabularies
        listed += text_of(Client().get("/" + part.partition("</loc>")[0].partition("://")[2].partition("/")[2]))

    assert closed
    assert [row.title for row in closed if f"{row.get_absolute_url()}<" in listed] == []


@pytest.mark.parametrize("viewer", VIEWERS[1:])
def test_what_a_member_takes_away_holds_nothing_of_others_that_is_closed(world, viewer):
    held = words_in(json.dumps(personal_data.export(world.people[viewer])))

    expected = {word for word, (_kind, _what, readers, _finders) in CANARIES.items() if viewer in readers}
    assert held <= expected
