"""Calendar files and feeds: of one event, of a list, of what one is registered for."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.events import calendar, listing, permissions
from community.models import Event, Registration
from people.models import User
from people.signed_links import SignedLinks
from portal import markdown, own_address
from portal.feeds import AtomFeed

MOST = 300
_links = SignedLinks("my_calendar", salt="community.events.subscribing")


def address(person) -> str:
    """Who has it reads, without signing in, what she is registered for."""
    return _links.address(person.pk, "registered") if person.is_authenticated else ""


@require_safe
def event_file(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    person = request.user if request.user.is_authenticated else None
    mine = event.registrations.filter(person=person).first() if person else None
    links = frozenset({pk} if permissions.may_see_link(request.user, event, mine) else ())
    return _file([event], event.title, f"event-{pk}.ics", links)


@require_safe
def events_file(request: HttpRequest) -> HttpResponse:
    """What everybody may read, whoever fetches it; cancelled ones too, so that calendars drop them."""
    events = listing.events_for(AnonymousUser(), listing.Asked.of(request.GET))[:MOST]
    links = frozenset(event.pk for event in events if not event.takes_registrations)
    return _file(events, f"{settings.WAGTAIL_SITE_NAME}: " + _("Events"), "events.ics", links)


@require_safe
def my_file(request: HttpRequest, signed: str) -> HttpResponse:
    found = _links.read(signed)
    if found is None:
        raise Http404
    person = get_object_or_404(User, pk=found[0], is_active=True)
    rows = Registration.objects.filter(person=person).exclude(state=Registration.State.CANCELLED)
    states = dict(rows.values_list("event", "state"))
    events = Event.objects.visible_to(person).filter(pk__in=states).order_by("-starts_at", "-pk")[:MOST]
    links = frozenset(pk for pk, state in states.items() if state == Registration.State.COMING)
    response = _file(events, f"{settings.WAGTAIL_SITE_NAME}: " + _("My events"), "my-events.ics", links)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _file(events, name: str, filename: str, links: frozenset[int]) -> HttpResponse:
    body = calendar.calendar(events, name, links)
    return HttpResponse(
        body, content_type=calendar.TYPE, headers={"Content-Disposition": f'attachment; filename="{filename}"'}
    )


class Coming(Feed):
    """Events everybody may read, filtered as the list is."""

    feed_type = AtomFeed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> listing.Asked:
        return listing.Asked.of(request.GET)

    def title(self, asked) -> str:
        return f"{settings.WAGTAIL_SITE_NAME}: " + _("Events")

    def link(self, asked) -> str:
        return reverse("events") + asked.with_()

    def feed_url(self, asked) -> str:
        return reverse("events_feed") + asked.with_()

    def items(self, asked):
        return listing.events_for(AnonymousUser(), asked).order_by("-created_at", "-pk")[:30]

    def item_title(self, item: Event) -> str:
        return item.title

    def item_description(self, item: Event) -> str:
        return markdown.to_html(item.text)

    def item_pubdate(self, item: Event):
        return item.created_at

    def item_updateddate(self, item: Event):
        return item.changed_at

    def item_extra_kwargs(self, item: Event) -> dict:
        return {"language": item.language}

    def item_guid(self, item: Event) -> str:
        return own_address.absolute(f"/event/{item.pk}")


feed = require_safe(Coming())
