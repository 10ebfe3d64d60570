"""What happened goes to the search's outbox, in the same transaction."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from community import signals
from community.models import Event, Group, Offer, Post, Thread
from search import outbox


@receiver([post_save, post_delete], sender=Thread)
@receiver([post_save, post_delete], sender=Group)
@receiver([post_save, post_delete], sender=Event)
@receiver([post_save, post_delete], sender=Offer)
def changed(instance, **_kwargs) -> None:
    outbox.touch(instance.search_key)


@receiver([post_save, post_delete], sender=Post)
def post_changed(instance: Post, **_kwargs) -> None:
    outbox.touch(f"thread:{instance.thread_id}")


@receiver(signals.group_changed)
def group_changed(group: Group, **_kwargs) -> None:
    """Its access or state decides who sees what lies in it."""
    threads = group.threads.values_list("pk", flat=True)
    events = group.events.values_list("pk", flat=True)
    outbox.touch(*(f"thread:{pk}" for pk in threads), *(f"event:{pk}" for pk in events))
