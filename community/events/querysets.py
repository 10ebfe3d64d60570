"""Reading events, and who may see which."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone


class EventQuerySet(QuerySet):
    def visible_to(self, viewer) -> "EventQuerySet":
        """Of groups the viewer may read and of nobody's group; hidden ones for nobody."""
        from community.models import Group

        readable = Group.objects.readable_by(viewer).values("pk")
        return self.exclude(state="hidden").filter(Q(group=None) | Q(group__in=readable))

    def coming(self) -> "EventQuerySet":
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> "EventQuerySet":
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")

    def for_cards(self) -> "EventQuerySet":
        """With `coming_count` and `waiting_count`."""
        coming, waiting = (
            Count("registrations", filter=Q(registrations__state=state), distinct=True)
            for state in ("coming", "waiting")
        )
        return (
            self.annotate(coming_count=coming, waiting_count=waiting)
            .select_related("host", "group", "country__scheme")
            .prefetch_related("concepts__scheme")
        )
