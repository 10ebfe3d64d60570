"""What happens in the community becomes notifications, in the same transaction."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from community import signals
from community.attention import actions, meaning, sending, topics  # noqa: F401 - sending registers its duties
from community.attention.replying import mailbox  # noqa: F401 - registers its duty
from community.attention.telling import Happening, tell, tell_of_post, tell_whom_it_means
from community.models import Membership, Notification, Post, Reaction, ReadingPlace, Thread
from people.models import User

Reason, State = Notification.Reason, Membership.State


@receiver(signals.posted)
def posted(post: Post, **_kwargs) -> None:
    """The opening post is told of with its thread."""
    if post.author_id:
        actions.track(post.author_id, topics.of(post.thread))
    if not post.is_opening:
        tell_of_post(_of_post(post), post.thread, meaning.of_reply(post), Reason.POSTED)


@receiver(signals.thread_opened)
def thread_opened(thread: Thread, **_kwargs) -> None:
    post = thread.posts.select_related("author").get(number=1)
    tell_of_post(_of_post(post), thread, meaning.of_opening(post), Reason.OPENED)


@receiver(signals.edited)
def edited(post: Post, **_kwargs) -> None:
    """Whom it mentions now and did not before; who was told of it already isn't told again."""
    if post.state == Post.State.SHOWN:
        tell_whom_it_means(_of_post(post), post.thread, meaning.of_words(post))


@receiver(post_save, sender=ReadingPlace)
def read_further(instance: ReadingPlace, **_kwargs) -> None:
    actions.read_thread(instance.person_id, instance.thread_id, instance.number)


@receiver(signals.accepted)
def accepted(post: Post, by: User, **_kwargs) -> None:
    happening = Happening(f"accepted:{post.pk}", by, {"thread": post.thread, "post": post})
    tell([post.author_id], Reason.ACCEPTED, happening)


@receiver(signals.reacted)
def reacted(reaction: Reaction, **_kwargs) -> None:
    """Taking thanks back and giving them again thanks once."""
    if reaction.kind == Reaction.Kind.THANKS:
        post, person = reaction.post, reaction.person
        happening = Happening(f"thanks:{post.pk}:{person.pk}", person, {"thread": post.thread, "post": post})
        tell([post.author_id], Reason.THANKED, happening)


@receiver(signals.membership_changed)
def membership_changed(membership: Membership, by: User, **_kwargs) -> None:
    """Who asks is told to those who may let her in; everything else to the member."""
    row = membership
    key = f"membership:{row.pk}:{row.state}:{row.role}:{row.since:%Y%m%d%H%M%S}"
    people = [row.person_id]
    if row.state == State.ASKED:
        people = list(row.group.memberships.moderating().values_list("person", flat=True))
    tell(people, Reason.MEMBERSHIP, Happening(key, by, {"group": row.group}))


def _of_post(post: Post) -> Happening:
    return Happening(f"post:{post.pk}", post.author, {"thread": post.thread, "post": post})
