"""Writing down what people want to hear of, and what they have read."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from community.models import Attention, Notification, Watch
from people.models import User

Delivery, Digest = Notification.Delivery, Attention.Digest


def watch(person: User, topic: str, level: str) -> None:
    Watch.objects.update_or_create(person=person, topic=topic, defaults={"level": level})


def track(person_id: int, topic: str) -> None:
    """By itself, for who writes there: what she chose before stays."""
    row = Watch(person_id=person_id, topic=topic, level=Watch.Level.TRACKING)
    Watch.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def choose(choices: Attention) -> None:
    """What waits to be mailed follows what she chooses now."""
    choices.save()
    waiting = Notification.objects.filter(person=choices.person, mailed_at=None)
    if not choices.mails_at_once:
        at_once = waiting.filter(delivery=Delivery.NOW).exclude(reason=Notification.Reason.MODERATION)
        at_once.update(delivery=Delivery.DIGEST)
    if choices.digest == Digest.NONE:
        waiting.filter(delivery=Delivery.DIGEST).update(delivery=Delivery.SITE)


def stop_mails_at_once(person: User) -> None:
    choose(_choices(person, mails_at_once=False))


def stop_digest(person: User) -> None:
    choose(_choices(person, digest=Digest.NONE))


def stop_all(person: User) -> None:
    choose(_choices(person, mails_at_once=False, digest=Digest.NONE, takes_questions=False))


def read(person: User, rows: Iterable[Notification]) -> None:
    """Shown to her."""
    keys = [row.pk for row in rows]
    Notification.objects.filter(person=person, pk__in=keys, read_at=None).update(read_at=timezone.now())


def read_thread(person_id: int, thread_id: int, number: int) -> None:
    """She has read so far, so the bell need not ring for these posts any more."""
    unread = Notification.objects.filter(person=person_id, thread=thread_id, read_at=None)
    unread.filter(post__number__lte=number).update(read_at=timezone.now())


def _choices(person: User, **fields) -> Attention:
    row = Attention.objects.filter(person=person).first() or Attention(person=person)
    for name, value in fields.items():
        setattr(row, name, value)
    return row
