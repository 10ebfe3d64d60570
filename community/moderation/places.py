"""Where something went that moderators moved: old numbers and merged threads lead on."""

from community.models import FormerPlace, Post, Thread


def post_at(thread_id: int, number: int) -> Post | None:
    """The post of this number, or the one that had it before it was moved."""
    post = Post.objects.filter(thread=thread_id, number=number).select_related("author").first()
    if post is not None:
        return post
    moved = FormerPlace.objects.filter(thread=thread_id, number=number).select_related("post__author").first()
    return moved.post if moved else None


def thread_now(thread: Thread) -> Thread:
    """The thread it was merged into, through every step; itself where it stands."""
    seen = {thread.pk}
    while thread.merged_into_id and thread.merged_into_id not in seen:
        thread = thread.merged_into
        seen.add(thread.pk)
    return thread
