"""Reading events, posting them, and coming."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.events import actions, drawing, listing, permissions, subscribing
from community.events.forms import EventForm
from community.models import Event, Registration
from community.moderation.limits import is_within
from portal.languages import NAMES
from vocabularies.models import Concept

ON_PAGE = 20
A_DAY, MOST_A_DAY = 24 * 3600, 20


def event_for(request: HttpRequest, pk: int) -> Event:
    """404 for what she may not see, as for what isn't there."""
    return get_object_or_404(Event.objects.visible_to(request.user).for_cards(), pk=pk)


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    asked = listing.Asked.of(request.GET)
    page = Paginator(listing.events_for(request.user, asked).for_cards(), ON_PAGE).get_page(request.GET.get("page"))
    counts = listing.countries(request.user, asked)
    context = {
        "asked": asked,
        "page": page,
        "months": listing.months(request.user, asked),
        "countries": [(place, count, asked.with_(where=place.notation)) for place, count in counts.items()],
        "map": drawing.svg({place.notation: (place.label, count) for place, count in counts.items()}, asked.where),
        "languages": [(code, NAMES.get(code, code)) for code in listing.languages(request.user)],
        "kinds": Event.Kind.choices,
        "concept": Concept.objects.filter(pk=asked.concept).first() if asked.concept else None,
        "coming": asked.with_(when=""),
        "past": asked.with_(when="past"),
        "query": asked.with_(),
        "mine": subscribing.address(request.user),
    }
    return render(request, "community/events/events.html", context)


@never_cache
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    it = event_for(request, pk)
    rows = it.registrations.filter(person=request.user) if request.user.is_authenticated else ()
    mine = next((row for row in rows if row.state != Registration.State.CANCELLED), None)
    sees_who = permissions.may_see_who_comes(request.user, it)
    context = {
        "event": it,
        "mine": mine,
        "is_over": it.ends_at < timezone.now(),
        "free": None if it.places is None else max(0, it.places - it.coming_count),
        "waiting_count": it.waiting_count,
        "may_change": permissions.may_change(request.user, it),
        "link": it.link if permissions.may_see_link(request.user, it, mine) else "",
        "people": it.registrations.filter(state=Registration.State.COMING).select_related("person") if sees_who else (),
    }
    return render(request, "community/events/event.html", context)


@never_cache
@login_required
def new_event(request: HttpRequest) -> HttpResponse:
    start = {"language": get_language(), "group": request.GET.get("group"), "takes_registrations": True}
    form = EventForm(request.POST or None, person=request.user, initial=start)
    if form.is_valid() and _posted(request, form):
        return redirect(form.instance)
    return _form_page(request, form, _("Post an event"))


def _posted(request: HttpRequest, form: EventForm) -> bool:
    try:
        if not is_within("events", request.user.pk, MOST_A_DAY, A_DAY):
            raise actions.NotNow(_("You have posted many events today. Go on tomorrow."))
        actions.post(form.instance, form.concepts, by=request.user)
    except actions.NotNow as error:
        form.add_error(None, str(error))
        return False
    return True


@never_cache
@login_required
def edit_event(request: HttpRequest, pk: int) -> HttpResponse:
    it = _own(request, pk)
    form = EventForm(request.POST or None, person=request.user, instance=it)
    if form.is_valid():
        actions.change(form.instance, form.concepts, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(it)
    return _form_page(request, form, _("Edit"))


@never_cache
@login_required
def cancel_event(request: HttpRequest, pk: int) -> HttpResponse:
    it = _own(request, pk)
    if request.method == "POST":
        actions.cancel(it, by=request.user)
        messages.success(request, _("The event is cancelled; who was registered is told."))
        return redirect(it)
    return render(request, "community/events/cancel.html", {"event": it})


@login_required
@require_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    it = event_for(request, pk)
    try:
        row = actions.register(it, by=request.user)
    except actions.NotNow as error:
        messages.error(request, str(error))
    else:
        waits = row.state == Registration.State.WAITING
        messages.success(request, _("You are on the waiting list.") if waits else _("You are registered."))
    return redirect(it)


@login_required
@require_POST
def unregister(request: HttpRequest, pk: int) -> HttpResponse:
    it = event_for(request, pk)
    actions.unregister(it, by=request.user)
    messages.success(request, _("You are not registered any more."))
    return redirect(it)


def _own(request: HttpRequest, pk: int) -> Event:
    it = event_for(request, pk)
    if not permissions.may_change(request.user, it):
        raise Http404
    return it


def _form_page(request: HttpRequest, form: EventForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "event": form.instance if form.instance.pk else None}
    return render(request, "community/events/form.html", context, status=422 if form.is_bound else 200)
