"""The log of who did what in groups and moderation, and what its entries are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import Decision, Flag, Group, LogEntry, Membership, Offer

LABELS: dict[str, str | Promise] = {
    **dict(Decision.Measure.choices),
    **{f"complaint {state}": label for state, label in Decision.Complaint.choices if state},
    **{f"membership {state}": label for state, label in Membership.State.choices},
    **{f"offer {state}": label for state, label in Offer.State.choices},
    "complaint": Decision.Complaint.WAITING.label,
    "dismissed": Flag.State.DISMISSED.label,
    "let through": _("Post let through"),
    "language corrected": _("Language of a post corrected"),
    "event posted": _("Event posted"),
    "event changed": _("Event changed"),
    "event cancelled": _("Event cancelled"),
    "asked by name": _("Asked by name to answer"),
    "expert assigned": _("Given to an expert"),
    "case study begun": _("Case study begun"),
    "founded": _("Group founded"),
    "changed": _("Group changed"),
    "role given": _("Role given"),
    "pinned": _("Pinned in the group"),
    "unpinned": _("No longer pinned"),
}


def note(action: str, about, *, by=None, group: Group | None = None, **data) -> LogEntry:
    """`action` is one of LABELS; `about` is anything with a search key, or a person."""
    if action not in LABELS:
        raise ValueError(f"{action} has no label in the log.")
    return LogEntry.objects.create(action=action, about=key_of(about), by=by, group=group, data=data)


def key_of(about) -> str:
    return getattr(about, "search_key", None) or f"{about._meta.model_name}:{about.pk}"
