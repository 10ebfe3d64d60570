"""What happens in the community, told inside the transaction in which it happens. Who sends one knows nobody who listens."""

from django.dispatch import Signal

thread_opened = Signal()  # thread: it is seen by others from now on
posted = Signal()  # post: shown from now on (the opening post too)
edited = Signal()  # post
gone = Signal()  # post or thread hidden, deleted or merged away: `post` or `thread`
accepted = Signal()  # post, by: the answer to its question
reacted = Signal()  # reaction
membership_changed = Signal()  # membership, by
group_changed = Signal()  # group: its texts, access or state
decided = Signal()  # decision
