"""Reading groups, and who may see which."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

MAY_READ = ("owner", "moderator", "member", "observer")
MODERATING = ("owner", "moderator")


class GroupQuerySet(QuerySet):
    def visible_to(self, viewer) -> "GroupQuerySet":
        """Groups whose existence `viewer` (a user, or None) may know of; closed ones stay for who belonged to them."""
        if _moderates_all(viewer):
            return self
        seen = Q(state__in=("active", "archived")) & ~Q(access="hidden")
        if _signed_in(viewer):
            seen |= Q(pk__in=_memberships(viewer, ("active", "invited")).values("group"))
        return self.filter(seen)

    def readable_by(self, viewer) -> "GroupQuerySet":
        """Groups whose threads, posts and events `viewer` may read."""
        if _moderates_all(viewer):
            return self
        seen = Q(access="open", state__in=("active", "archived"))
        if _signed_in(viewer):
            seen |= Q(pk__in=_memberships(viewer, ("active",)).values("group"))
        return self.filter(seen)

    def of(self, person) -> "GroupQuerySet":
        """Groups a person belongs to."""
        return self.filter(pk__in=_memberships(person, ("active",)).values("group"))

    def active(self) -> "GroupQuerySet":
        return self.filter(state="active")

    def for_cards(self) -> "GroupQuerySet":
        """With `member_count`, observers not among them, and concepts."""
        belongs = Q(memberships__state="active") & ~Q(memberships__role="observer")
        people = Count("memberships", filter=belongs, distinct=True)
        return self.annotate(member_count=people).prefetch_related("concepts__scheme")


class MembershipQuerySet(QuerySet):
    def active(self) -> "MembershipQuerySet":
        return self.filter(state="active")

    def moderating(self) -> "MembershipQuerySet":
        return self.filter(state="active", role__in=MODERATING)

    def listed_for(self, viewer, group) -> "MembershipQuerySet":
        """Members of a group as `viewer` may see them: who doesn't want to be listed is seen by moderators and herself only."""
        rows = self.filter(group=group, state="active").select_related("person", "person__country")
        if _moderates_all(viewer):
            return rows
        if not _signed_in(viewer):
            return rows.none()
        moderating = Exists(self.model.objects.moderating().filter(group=OuterRef("group"), person=viewer))
        return rows.filter(Q(is_listed=True) | Q(person=viewer) | moderating)


def _memberships(person, states: tuple[str, ...]):
    from community.models import Membership

    return Membership.objects.filter(person=person, state__in=states, person__is_active=True)


def _signed_in(viewer) -> bool:
    return viewer is not None and viewer.is_authenticated


def _moderates_all(viewer) -> bool:
    return _signed_in(viewer) and viewer.has_perm("community.moderate")
