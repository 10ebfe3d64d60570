"""Events in templates: {% coming_events group %} or {% coming_events concept=concept %}, and their hours in their own time zone."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import get_language

from community.events import zones
from community.models import Event

FEW = 5

register = template.Library()


@dataclass(frozen=True)
class Moment:
    starts: datetime
    ends: datetime
    zone: str
    is_deadline: bool

    @property
    def one_day(self) -> bool:
        return self.starts.date() == self.ends.date()

    @property
    def here(self) -> datetime | None:
        """On the portal's clock, where that shows something else."""
        here = timezone.localtime(self.starts)
        return None if self.is_deadline or here.utcoffset() == self.starts.utcoffset() else here


@register.simple_tag
def moment(event: Event) -> Moment:
    """As clocks show it where it takes place: naive, so that templates don't turn it into the portal's time."""
    starts, ends = zones.wall(event.starts_at, event.time_zone), zones.wall(event.ends_at, event.time_zone)
    city = zones.city(event.time_zone, get_language() or "en")
    return Moment(Wall.of(starts), Wall.of(ends), city, event.kind == Event.Kind.DEADLINE)


class Wall(datetime):
    """A moment that templates show on its own clock."""

    convert_to_local_time = False

    @classmethod
    def of(cls, moment: datetime) -> "Wall":
        return cls.combine(moment.date(), moment.time(), moment.tzinfo)


@register.inclusion_tag("community/events/_coming.html", takes_context=True)
def coming_events(context, group=None, concept=None) -> dict:
    """Of a group, about a concept, or of all; one query."""
    viewer = getattr(context.get("request"), "user", None) or AnonymousUser()
    events = Event.objects.visible_to(viewer).filter(state=Event.State.PLANNED).coming()
    if group is not None:
        events = events.filter(group=group)
    if concept is not None:
        events = events.filter(concepts=concept)
    return {"coming": list(events[:FEW])}
