"""Reading cases, decisions and barriers, and who may see which."""

from django.db.models import Q, QuerySet

from community.groups.permissions import moderates_all
from community.models import Barrier, Decision, Flag, Group, LogEntry, Membership, Notice
from people.models import User

TARGETS = ("post__thread__group", "post__author", "thread__group", "thread__author", "group__created_by", "event__group",
           "event__host", "offer__author", "person")  # fmt: skip
WITH = (*TARGETS, "handler", "decision")


def moderated_groups(person) -> QuerySet[Group]:
    """Groups whose content she moderates as one of theirs."""
    rows = Membership.objects.moderating().filter(person=person, person__is_active=True)
    return Group.objects.filter(pk__in=rows.values("group"))


def moderates_something(person) -> bool:
    return person.is_authenticated and (moderates_all(person) or moderated_groups(person).exists())


def flags_for(person) -> QuerySet[Flag]:
    """All for the portal's moderators; of posts, threads and events of her groups for those of groups."""
    return _of(Flag.objects.all(), person).select_related(*WITH, "by").order_by("-at", "-pk")


def notices_for(person) -> QuerySet[Notice]:
    return _of(Notice.objects.all(), person).select_related(*WITH).order_by("-at", "-pk")


def complaints_for(person) -> QuerySet[Decision]:
    """Waiting ones, also those about her own decisions: she sees that another answers."""
    rows = Decision.objects.filter(complaint_state=Decision.Complaint.WAITING)
    return _of(rows, person).select_related(*TARGETS, "by", "affects").order_by("complained_at")


def in_state(rows: QuerySet, state: str) -> QuerySet:
    """`open`: not settled yet."""
    if state == "open":
        return rows.filter(state__in=("waiting", "taken")).order_by("at", "pk")  # who waits longest comes first
    return rows.filter(state__in=("upheld", "dismissed"))


def in_group(rows: QuerySet, slug: str) -> QuerySet:
    if not slug:
        return rows
    return rows.filter(Q(post__thread__group__slug=slug) | Q(thread__group__slug=slug) | Q(event__group__slug=slug))


def with_ground(rows: QuerySet, ground: str) -> QuerySet:
    return rows.filter(ground=ground) if ground else rows


def _of(rows: QuerySet, person) -> QuerySet:
    if not person.is_authenticated:
        return rows.none()
    if moderates_all(person):
        return rows
    groups = moderated_groups(person).values("pk")
    mine = Q(post__thread__group__in=groups) | Q(thread__group__in=groups) | Q(event__group__in=groups)
    return rows.filter(mine)


def decisions_about(author: User | None) -> QuerySet[Decision]:
    """What was decided about a person before."""
    rows = Decision.objects.filter(affects=author) if author else Decision.objects.none()
    return rows.select_related(*TARGETS, "by")


def log_of(group: Group | None) -> QuerySet[LogEntry]:
    """Of a group without invitations: a name beside one would tell its owners whose e-mail address it was."""
    invited = f"membership {Membership.State.INVITED}"
    rows = LogEntry.objects.filter(group=group).exclude(action=invited) if group else LogEntry.objects.all()
    return rows.select_related("by", "group")


def flags_by(person: User) -> QuerySet[Flag]:
    return Flag.objects.filter(by=person).select_related(*TARGETS, "decision").order_by("-at", "-pk")


# --- between members -----------------------------------------------------------------------------


def muted_by(person) -> set[int]:
    """Members whose posts are folded for her: muted and blocked ones."""
    if person is None or not person.is_authenticated:
        return set()
    return set(Barrier.objects.filter(by=person).values_list("against", flat=True))


def barriers_of(person: User) -> QuerySet[Barrier]:
    return Barrier.objects.filter(by=person).select_related("against").order_by("-at")
