"""One thread as it is read: a page of its posts, where the reader was, what is new."""

from dataclasses import dataclass

from django.db.models import Max, Q

from community.models import Post, Reaction, ReadingPlace, Thread
from community.moderation.querysets import muted_by
from community.threads import permissions

PAGE = 50  # posts
LIVE = 50  # new posts given at once


@dataclass(frozen=True)
class ReactionView:
    kind: str
    label: str
    count: int
    names: str
    is_mine: bool


@dataclass(frozen=True)
class PostView:
    """A post and what this reader may do with it."""

    post: Post
    reactions: tuple[ReactionView, ...]
    is_folded: bool
    is_accepted: bool
    may_edit: bool
    may_delete: bool
    may_react: bool
    may_accept: bool


@dataclass(frozen=True)
class Reader:
    """What is the same for all posts of a thread, asked once."""

    person: object
    thread: Thread
    muted: frozenset[int]
    may_reply: bool
    may_accept: bool
    may_moderate: bool
    labels: tuple[tuple[str, str], ...]  # of reactions, in the active language

    @classmethod
    def of(cls, person, thread: Thread) -> "Reader":
        may_reply = permissions.may_reply(person, thread)
        return cls(
            person,
            thread,
            frozenset(muted_by(person)),
            may_reply,
            permissions.may_accept(person, thread),
            permissions.may_moderate(person, thread),
            tuple((kind.value, str(kind.label)) for kind in Reaction.Kind),
        )

    def view(self, post: Post) -> PostView:
        is_own = self.person.is_authenticated and post.author_id == self.person.pk
        is_shown = post.state == Post.State.SHOWN
        is_writable = self.thread.state == Thread.State.OPEN
        return PostView(
            post=post,
            reactions=tuple(_reactions(post, self.person, self.labels)),
            is_folded=post.author_id in self.muted,
            is_accepted=post.pk == self.thread.accepted_id,
            may_edit=is_own and is_writable and post.state in (Post.State.SHOWN, Post.State.HELD),
            may_delete=is_own and (not post.is_opening or self.thread.post_count <= 1),
            may_react=self.person.is_authenticated and not is_own and is_shown,
            may_accept=self.may_accept and not post.is_opening and is_shown,
        )


def posts_for(person, thread: Thread, may_moderate: bool):
    """All that have a place in the thread: hidden and deleted ones leave a mark; held ones are for their author and moderators."""
    rows = thread.posts.for_reading().order_by("number")
    if may_moderate:
        return rows
    mine = Q(author=person) if person.is_authenticated else Q(pk=None)
    return rows.exclude(~mine, state=Post.State.HELD)


@dataclass(frozen=True)
class Page:
    number: int
    count: int
    views: tuple[PostView, ...]

    @property
    def first(self) -> int:
        return self.views[0].post.number if self.views else 0

    @property
    def last(self) -> int:
        return self.views[-1].post.number if self.views else 0

    @property
    def is_last(self) -> bool:
        return self.number >= self.count

    @property
    def numbers(self) -> list[int]:
        """Pages to link to; 0 stands for a gap."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        wanted, shown = sorted(number for number in near if 1 <= number <= self.count), []
        for number in wanted:
            if shown and number - shown[-1] > 1:
                shown.append(0)
            shown.append(number)
        return shown


def page_of(reader: Reader, *, at: int = 0, page: int = 0) -> Page:
    """The page that holds the post `at`, or this page. Out of bounds is the nearest there is."""
    rows = posts_for(reader.person, reader.thread, reader.may_moderate)
    count = max(1, -(-rows.order_by().count() // PAGE))
    if at:
        page = rows.filter(number__lt=at).order_by().count() // PAGE + 1
    page = min(max(page, 1), count)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    return Page(page, count, tuple(reader.view(post) for post in shown))


def since(reader: Reader, number: int) -> list[PostView]:
    """Posts after this one."""
    rows = posts_for(reader.person, reader.thread, reader.may_moderate).filter(number__gt=number)
    return [reader.view(post) for post in rows[:LIVE]]


def place_of(person, thread: Thread) -> int:
    """The last post read; 0 where she hasn't been here."""
    if not person.is_authenticated:
        return 0
    return ReadingPlace.objects.filter(person=person, thread=thread).aggregate(n=Max("number"))["n"] or 0


def note_place(person, thread: Thread, number: int) -> None:
    """Only ever onwards."""
    number = min(number, thread.last_number)
    if not person.is_authenticated or number <= 0:
        return
    row, is_new = ReadingPlace.objects.get_or_create(person=person, thread=thread, defaults={"number": number})
    if not is_new and row.number < number:
        row.number = number
        row.save(update_fields=["number", "at"])


def _reactions(post: Post, person, labels):
    rows = list(post.reactions.all())
    for kind, label in labels:
        people = [row.person for row in rows if row.kind == kind]
        yield ReactionView(
            kind,
            label,
            len(people),
            ", ".join(str(one) for one in people[:20]),
            person.is_authenticated and any(one.pk == person.pk for one in people),
        )
