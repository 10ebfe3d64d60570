"""What a group's page shows, and what it puts together of an alliance."""

from dataclasses import dataclass

from community.groups import permissions
from community.models import Event, Group, Membership, Thread
from community.threads import lists
from practices.models import CaseStudy

THREADS, EVENTS, STUDIES, PLACES = 15, 5, 12, 200


@dataclass(frozen=True)
class Standing:
    """How a person stands to a group."""

    row: Membership | None
    is_member: bool
    may_read: bool
    may_write: bool
    may_moderate: bool
    may_own: bool
    may_join: bool
    may_observe: bool

    @property
    def is_invited(self) -> bool:
        return self.row is not None and self.row.state == Membership.State.INVITED

    @property
    def is_waiting(self) -> bool:
        return self.row is not None and self.row.state == Membership.State.WAITING

    @property
    def may_leave(self) -> bool:
        """Also what isn't there yet: an invitation, a request, a place on the waiting list."""
        return self.row is not None and not self.row.is_over

    @property
    def is_new(self) -> bool:
        """Just in: the welcome is for her."""
        return self.is_member and self.row.role != Membership.Role.OWNER


def standing(person, group: Group) -> Standing:
    row = permissions.membership_of(person, group)
    state = row.state if row else ""
    is_member = state == Membership.State.ACTIVE
    is_observer = is_member and row.role == Membership.Role.OBSERVER
    open_to = group.access in (Group.Access.OPEN, Group.Access.REQUEST) or state == Membership.State.INVITED
    out = state not in (Membership.State.ASKED, Membership.State.WAITING, Membership.State.REMOVED)
    takes = person.is_authenticated and group.is_active and out
    return Standing(
        row=row,
        is_member=is_member,
        may_read=Group.objects.readable_by(person).filter(pk=group.pk).exists(),
        may_write=is_member and group.is_active and not is_observer,
        may_moderate=permissions.may_moderate(person, group),
        may_own=permissions.may_own(person, group),
        may_join=takes and open_to and (not is_member or is_observer),
        may_observe=takes and open_to and not is_member and group.kind == Group.Kind.SQUAD and group.takes_observers,
    )


def threads_of(group: Group, person, number):
    """A page of its threads."""
    from django.core.paginator import Paginator

    rows = Thread.objects.visible_to(person).filter(group=group).order_by("-last_post_at", "-pk")
    return Paginator(lists.with_rows(rows, person), THREADS).get_page(number)


def pins_of(group: Group, person) -> list:
    """(kind, thing) of what is pinned and the person may see, in order."""
    rows = list(group.pins.select_related("thread", "event", "case_study"))
    seen = {
        "thread": set(
            Thread.objects.visible_to(person)
            .filter(pk__in=[row.thread_id for row in rows])
            .values_list("pk", flat=True)
        ),
        "event": set(
            Event.objects.visible_to(person).filter(pk__in=[row.event_id for row in rows]).values_list("pk", flat=True)
        ),
        "case_study": set(
            CaseStudy.objects.visible_to(person)
            .filter(pk__in=[row.case_study_id for row in rows])
            .values_list("pk", flat=True)
        ),
    }
    shown = []
    for row in rows:
        for kind, pks in seen.items():
            if getattr(row, f"{kind}_id") in pks:
                shown.append((row, getattr(row, kind)))
    return shown


def events_of(group: Group, person) -> list[Event]:
    return list(Event.objects.visible_to(person).filter(group=group).coming()[:EVENTS])


def case_studies_of(group: Group, person) -> list[CaseStudy]:
    """An alliance's: those its organisations took part in. A squad's: those its result rests on."""
    studies = CaseStudy.objects.visible_to(person)
    if group.kind == Group.Kind.ALLIANCE:
        organisations = group.organisations.values("pk")
        found = studies.filter(participations__organisation__in=organisations).distinct()
        return list(found.for_cards().order_by("-first_published_at")[:STUDIES])
    return list(studies.filter(pk__in=group.case_studies.values("pk")).for_cards()[:STUDIES])


def waiting_place(group: Group, row: Membership | None) -> int:
    """Her place in the waiting list; 0 where she isn't in it."""
    if row is None or row.state != Membership.State.WAITING:
        return 0
    before = group.memberships.filter(state=Membership.State.WAITING, since__lt=row.since)
    return before.count() + 1


def people_of(group: Group, viewer) -> dict:
    """Members as the viewer may see them, and for moderators who waits and who asked."""
    rows = Membership.objects.listed_for(viewer, group).order_by("-role", "person__name", "pk")
    # Who is invited stays out: a name beside an invitation would tell whose e-mail address it was.
    asked = group.memberships.filter(state__in=("asked", "waiting")).select_related("person").order_by("since")
    return {"rows": rows[:PLACES], "asked": asked if permissions.may_moderate(viewer, group) else ()}
