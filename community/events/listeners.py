"""What other packages do that concerns events."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from community.events import actions, reminders  # noqa: F401 - reminders register themselves
from community.models import Event, Registration


@receiver(post_delete, sender=Registration)
def registration_gone(instance: Registration, origin=None, **_kwargs) -> None:
    """With an account; not with the event itself."""
    if instance.state == Registration.State.COMING and not isinstance(origin, Event):
        if event := Event.objects.filter(pk=instance.event_id).first():
            actions.fill_places(event)
