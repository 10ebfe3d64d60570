"""A decision is told to whom it affects."""

from django.dispatch import receiver
from django.utils import timezone

from community import signals
from community.models import Decision, Notification
from community.moderation import mails, roles, suspending  # noqa: F401 - roles registers itself
from community.moderation.deciding import RESTRICTING, Measure
from portal import duties

TOLD = (*RESTRICTING, Measure.RESTORE, Measure.REOPEN, Measure.MOVE, Measure.SPLIT, Measure.MERGE, Measure.LIFT)


@receiver(signals.decided)
def decided(decision: Decision, **_kwargs) -> None:
    """The mail carries all the reasons, so the notification of the same decision stays on the site."""
    if decision.complaint_state == Decision.Complaint.NONE and decision.measure in TOLD:
        mails.tell_reasons(decision)
    if decision.affects is None or not decision.affects.is_active:
        return
    Notification.objects.update_or_create(
        person=decision.affects,
        key=f"decision:{decision.pk}:{decision.complaint_state}",
        defaults={
            "reason": Notification.Reason.MODERATION,
            "delivery": Notification.Delivery.SITE,
            "decision": decision,
            "mailed_at": timezone.now(),
        },
    )


duties.register("suspensions", 300, suspending.lift_due)
