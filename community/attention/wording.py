"""What happened, in one sentence of the reader's language."""

from django.utils.translation import gettext as _

from community.models import Membership, Notification

Reason, State, Role = Notification.Reason, Membership.State, Membership.Role


def sentence(row: Notification) -> str:
    if row.reason == Reason.MEMBERSHIP:
        return _membership(row)
    if row.reason == Reason.CONSENT:
        return _consent(row)
    if row.reason == Reason.MODERATION:
        return _("A decision of the moderators: %(measure)s") % {"measure": row.decision.get_measure_display()}
    if row.reason == Reason.CONTACT and row.offer and row.offer.author_id != row.person_id:
        return _sentences()[Reason.REPLY] % {"name": row.actor or _("Former member")}
    return _sentences()[row.reason] % {"name": row.actor or _("Former member")}


def _sentences() -> dict[str, str]:
    return {
        Reason.MENTION: _("%(name)s mentioned you"),
        Reason.QUOTE: _("%(name)s quoted you"),
        Reason.REPLY: _("%(name)s answered you"),
        Reason.ACCEPTED: _("%(name)s accepted your answer"),
        Reason.ASKED: _("A question you may be able to answer"),
        Reason.POSTED: _("%(name)s posted"),
        Reason.OPENED: _("%(name)s began a thread"),
        Reason.THANKED: _("%(name)s thanked you"),
        Reason.EVENT: _("News about an event you registered for"),
        Reason.CONTACT: _("%(name)s wrote to you about your offer"),
        Reason.EXPIRES: _("Your offer ends within a week"),
        Reason.ESCALATED: _("A question without an answer"),
    }


def _consent(row: Notification) -> str:
    """Its key ends with what became of it: quotation:<pk>:<state>."""
    return {
        "given": _("%(name)s agrees to be quoted"),
        "refused": _("%(name)s does not agree to be quoted"),
        "withdrawn": _("%(name)s no longer agrees to be quoted"),
        "published": _("A case study that quotes you is published"),
    }.get(row.key.rpartition(":")[2], _("%(name)s asks to quote you in a case study")) % {
        "name": row.actor or _("Former member")
    }


def _membership(row: Notification) -> str:
    """Its key says what became of it: membership:<pk>:<state>:<role>:<when>."""
    _kind, _pk, state, role, _when = row.key.split(":")
    names = {"name": row.actor or _("Former member"), "group": row.group, "role": Role(role).label}
    if state == State.ACTIVE and role in (Role.OWNER, Role.MODERATOR):
        return _("Your role in %(group)s: %(role)s") % names
    return _memberships()[state] % names


def _memberships() -> dict[str, str]:
    return {
        State.ACTIVE: _("You are a member of %(group)s now"),
        State.ASKED: _("%(name)s asks to join %(group)s"),
        State.INVITED: _("%(name)s invites you to %(group)s"),
        State.WAITING: _("You are on the waiting list of %(group)s"),
        State.ENDED: _("You have left %(group)s"),
        State.REFUSED: _("You were not let into %(group)s"),
        State.REMOVED: _("You were removed from %(group)s"),
    }
