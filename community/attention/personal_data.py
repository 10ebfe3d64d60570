"""What the community holds of a person's attention: what she follows, was told and answered by mail."""

from community.attention import querysets
from community.models import Attention, MailedReply, Notification, Watch
from people.models import User
from people.personal_data import Holder, register


def export(person: User) -> dict:
    choices = querysets.choices_of(person)
    return {
        "mails_at_once": choices.mails_at_once,
        "digest": choices.digest,
        "takes_questions": choices.takes_questions,
        "mails_refused": choices.failures,
        "follows": [
            {"topic": row.topic, "level": row.level, "at": row.at.isoformat()}
            for row in Watch.objects.filter(person=person).order_by("pk")
        ],
        "notifications": [_notification(row) for row in Notification.objects.filter(person=person)],
        "answers_by_mail": [
            {"message_id": row.message_id, "refused_because": row.refused_because, "at": row.at.isoformat()}
            for row in MailedReply.objects.filter(person=person).order_by("pk")
        ],
    }


def _notification(row: Notification) -> dict:
    """What was told, not what it says now: she may not be allowed to read that any more."""
    moments = ("at", "read_at", "mailed_at")
    times = {name: at.isoformat() for name in moments if (at := getattr(row, name))}
    return {"reason": row.reason, "about": row.key, "delivery": row.delivery, **times}


def erase(person: User) -> None:
    """Of what others were told she remains as nobody, by the foreign keys; of her mails their numbers, so that none posts again."""
    for model in (Notification, Watch, Attention):
        model.objects.filter(person=person).delete()
    MailedReply.objects.filter(person=person).update(person=None, refused_because="")


register(Holder("notifications", export, erase))
