"""Notifications, how closely to follow what, and the links that stop mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.attention import actions, querysets, reading, stopping, topics
from community.attention.forms import ChoicesForm, WatchForm


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is unread is marked as read by being shown; it is drawn before that."""
    rows, seen = reading.latest(request.user)
    answer = render(request, "community/attention/mine.html", {"bundles": reading.bundles(seen)})
    if request.method == "GET":
        actions.read(request.user, rows)
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    form = ChoicesForm(request.POST or None, instance=querysets.choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose(form.instance)
        messages.success(request, _("Saved."))
        return redirect("notification_settings")
    context = {"form": form, "watched": querysets.watched_by(request.user)}
    return render(request, "community/attention/choices.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    form = WatchForm(request.POST)
    if not form.is_valid():
        raise Http404
    topic = form.cleaned_data["topic"]
    thing = topics.seen_by(request.user, [topic]).get(topic)
    if thing is None:
        raise Http404
    actions.watch(request.user, topic, form.cleaned_data["level"])
    messages.success(request, _("Saved."))
    return redirect(_way_back(request) or thing.get_absolute_url())


@csrf_exempt  # the link is signed and can do nothing but this; mail programs post to it without a session
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Opened, it asks once more: programs that only look at links must not stop anything."""
    read = stopping.read(signed)
    if read is None:
        return render(request, "community/attention/stop.html", {"is_broken": True}, status=400)
    person, what = read
    if request.method == "POST":
        stopping.stop(person, what)
    context = {"what": what, "thing": topics.seen_by(person, [what]).get(what), "is_done": request.method == "POST"}
    return render(request, "community/attention/stop.html", context)


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    hosts = {request.get_host()}
    return address if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()) else ""
