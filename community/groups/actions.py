"""What changes groups and who belongs to them: each verb one transaction, logged, told to whoever listens."""

from anyascii import anyascii
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community import logbook, signals
from community.models import Group, Membership
from people.models import User

Role, State = Membership.Role, Membership.State


class NotNow(Exception):
    """The action doesn't fit the state of things; the message says what to do."""


def slug_for(title: str) -> str:
    stem = slugify(anyascii(title))[:70].strip("-") or "group"
    taken = set(Group.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken or slug == "new":
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def found(group: Group, *, by: User) -> Group:
    """A new group; who founds it owns it. Concepts and organisations are set by the caller afterwards."""
    group.slug, group.created_by = slug_for(group.title), by
    group.save()
    Membership.objects.create(group=group, person=by, role=Role.OWNER, joined_at=timezone.now())
    logbook.note("founded", group, by=by, group=group)
    return group


@transaction.atomic
def save(group: Group, *, by: User) -> None:
    group.save()
    logbook.note("changed", group, by=by, group=group)
    _fill_places(group, by=by)
    signals.group_changed.send(Group, group=group)


@transaction.atomic
def join(group: Group, *, by: User, note: str = "") -> Membership:
    """Joins at once, asks, takes up an invitation, or queues, as the group has it. The state of the row says which."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    row = group.memberships.filter(person=by).first() or Membership(group=group, person=by)
    if row.pk and row.state in (State.ACTIVE, State.ASKED, State.WAITING):
        if not (row.role == Role.OBSERVER and row.state == State.ACTIVE):
            return row
    if row.pk and row.state == State.REMOVED:
        raise NotNow(_("A moderator removed you from this group. Write to them if you think this is a mistake."))
    if not group.is_active:
        raise NotNow(_("This group is finished; it takes no new members."))
    invited = row.pk is not None and row.state == State.INVITED
    if group.access in (Group.Access.INVITED, Group.Access.HIDDEN) and not invited:
        raise NotNow(_("This group is joined by invitation."))
    row.role = Role.MEMBER
    if group.access == Group.Access.REQUEST and not invited:
        return _put(row, State.ASKED, by=by, note=note)
    return _put(row, State.ACTIVE if has_place(group) else State.WAITING, by=by, note=note)


@transaction.atomic
def observe(group: Group, *, by: User) -> Membership:
    """Follow a squad without a place in it; an observer reads everything, so she gets in as members do."""
    if group.kind != Group.Kind.SQUAD or not group.takes_observers or not group.is_active:
        raise NotNow(_("This group takes no observers."))
    row = group.memberships.filter(person=by).first() or Membership(group=group, person=by)
    if row.pk and row.state in (State.ACTIVE, State.REMOVED):
        raise NotNow(_("You can't become an observer of this group now."))
    invited = row.pk is not None and row.state == State.INVITED
    if group.access in (Group.Access.INVITED, Group.Access.HIDDEN) and not invited:
        raise NotNow(_("This group is joined by invitation."))
    row.role = Role.OBSERVER
    asks = group.access == Group.Access.REQUEST and not invited
    return _put(row, State.ASKED if asks else State.ACTIVE, by=by)


@transaction.atomic
def invite(group: Group, person: User, *, by: User) -> Membership:
    row = group.memberships.filter(person=person).first() or Membership(group=group, person=person)
    if row.pk and row.state == State.ACTIVE:
        return row
    row.role = Role.MEMBER
    return _put(row, State.INVITED, by=by)


@transaction.atomic
def let_in(row: Membership, *, by: User) -> Membership:
    """Of who asked, or waits: in, or on the waiting list where every place is taken."""
    _asks_or_waits(row)
    if not row.group.is_active:
        raise NotNow(_("This group is finished; it takes no new members."))
    enters = row.role == Role.OBSERVER or has_place(row.group)
    return _put(row, State.ACTIVE if enters else State.WAITING, by=by)


@transaction.atomic
def refuse(row: Membership, *, by: User) -> Membership:
    _asks_or_waits(row)
    return _put(row, State.REFUSED, by=by)


@transaction.atomic
def leave(group: Group, *, by: User) -> None:
    """In effect at once: from the next request on she sees what anybody sees."""
    row = group.memberships.filter(person=by).first()
    if row is None or row.is_over:
        return  # who was removed doesn't come back by leaving
    if row.state == State.INVITED:
        row.delete()  # without a word: it would tell whose address was invited
        return
    _keep_an_owner(row)
    _end(row, State.ENDED, by=by)


@transaction.atomic
def remove(row: Membership, *, by: User) -> None:
    _keep_an_owner(row)
    _end(row, State.REMOVED, by=by)


@transaction.atomic
def give_role(row: Membership, role: str, *, by: User) -> None:
    if row.role == Role.OWNER and role != Role.OWNER:
        _keep_an_owner(row)
    row.role = role
    row.save(update_fields=["role"])
    _fill_places(row.group, by=by)
    logbook.note("role given", row.person, by=by, group=row.group, role=role)
    signals.membership_changed.send(Membership, membership=row, by=by)


@transaction.atomic
def archive(group: Group, *, by: User) -> None:
    """To read only, as it was."""
    _conclude(group, Group.State.ARCHIVED, by)


@transaction.atomic
def close(group: Group, *, by: User) -> None:
    """Out of sight for everybody but its members, who can still read and export all of it."""
    _conclude(group, Group.State.CLOSED, by)


@transaction.atomic
def reopen(group: Group, *, by: User) -> None:
    group.state, group.ended_at = Group.State.ACTIVE, None
    save(group, by=by)


@transaction.atomic
def deliver(group: Group, *, by: User) -> None:
    """The squad's result is out; it rests on at least one case study."""
    if not group.deliverable.strip() or not group.case_studies.exists():
        raise NotNow(_("Write the deliverable and link at least one case study; then publish it."))
    group.delivered_at = timezone.now()
    save(group, by=by)


def has_place(group: Group) -> bool:
    if group.kind != Group.Kind.SQUAD or not group.places:
        return True
    return group.memberships.active().exclude(role=Role.OBSERVER).count() < group.places


def _put(row: Membership, state: str, *, by: User | None, note: str = "") -> Membership:
    row.state, row.note, row.since = state, note or row.note, timezone.now()
    row.decided_by = by
    if state == State.ACTIVE:
        row.joined_at = row.joined_at or timezone.now()
    row.save()
    logbook.note(f"membership {state}", row.person, by=by, group=row.group)
    signals.membership_changed.send(Membership, membership=row, by=by)
    return row


def _end(row: Membership, state: str, *, by: User) -> None:
    row.role = Role.MEMBER
    _put(row, state, by=by)
    _fill_places(row.group, by=by)


def _fill_places(group: Group, *, by: User | None) -> None:
    """Free places go to who waits, in order."""
    if not group.is_active:
        return
    for row in group.memberships.filter(state=State.WAITING).order_by("since", "pk"):
        if not has_place(group):
            return
        _put(row, State.ACTIVE, by=by)


def _asks_or_waits(row: Membership) -> None:
    if row.state not in (State.ASKED, State.WAITING):
        raise NotNow(_("This person isn't waiting to be let in."))


def _keep_an_owner(row: Membership) -> None:
    owners = row.group.memberships.active().filter(role=Role.OWNER)
    if row.role == Role.OWNER and not owners.exclude(pk=row.pk).exists():
        raise NotNow(_("A group needs an owner. Make somebody else owner first."))


def _conclude(group: Group, state: str, by: User) -> None:
    group.state, group.ended_at = state, timezone.now()
    save(group, by=by)
