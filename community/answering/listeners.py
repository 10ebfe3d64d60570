"""What happens to threads, as far as it starts or ends the search for an answer."""

from django.dispatch import receiver

from community import signals
from community.answering import claims, escalating, routing
from community.models import Post, Thread
from portal import duties

EVERY = 5.0  # seconds


@receiver(signals.thread_opened)
def thread_opened(thread: Thread, **_kwargs) -> None:
    """Only a mark: whom to ask is found by the worker."""
    if thread.wants_an_answer:
        routing.mark(thread)
    if thread.kind == Thread.Kind.CLINIC:
        escalating.tell_moderators(thread, f"clinic:{thread.pk}")


@receiver(signals.posted)
def posted(post: Post, **_kwargs) -> None:
    thread = post.thread
    if thread.wants_an_answer and not post.is_opening and post.author_id not in (None, thread.author_id):
        claims.answered(post)


@receiver(signals.gone)
def gone(post: Post | None = None, **_kwargs) -> None:
    """An answer that was the only one leaves the question open again."""
    if post is not None and not post.is_opening and claims.waits(post.thread):
        routing.look_again(post.thread)


duties.register("Questions to people who may answer", EVERY, routing.turn)
