"""What a group keeps on top of its page."""

from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from community import logbook
from community.models import Event, Group, Pin, Thread
from people.models import User
from practices.models import CaseStudy

MOST = 8


def thing_at(address: str, group: Group, viewer):
    """Thread or event of this group, or a case study, at an address of this portal. None where there is none she may see."""
    try:
        path = urlsplit(address.strip()).path
        match = resolve(path)
    except (ValueError, Resolver404):  # "http://[" is no address at all
        return None
    if match.url_name == "thread":
        return Thread.objects.visible_to(viewer).filter(pk=match.kwargs["pk"], group=group).first()
    if match.url_name == "event":
        return Event.objects.visible_to(viewer).filter(pk=match.kwargs["pk"]).first()
    slug = path.rstrip("/").rpartition("/")[2]
    return CaseStudy.objects.visible_to(viewer).filter(slug=slug).order_by("pk").first()


@transaction.atomic
def pin(group: Group, thing, *, by: User) -> Pin:
    """Last in order; the oldest goes when there are too many."""
    field = {Thread: "thread", Event: "event", CaseStudy: "case_study"}[type(thing)]
    row, _is_new = Pin.objects.get_or_create(group=group, **{field: thing}, defaults={"position": group.pins.count()})
    for old in list(group.pins.order_by("position", "pk"))[:-MOST]:
        old.delete()
    logbook.note("pinned", group, by=by, group=group, what=f"{field}:{thing.pk}")
    return row


@transaction.atomic
def unpin(group: Group, pk: int, *, by: User) -> None:
    group.pins.filter(pk=pk).delete()
    logbook.note("unpinned", group, by=by, group=group)
