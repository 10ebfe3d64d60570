"""What any member does: report something, keep somebody away, see what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.models import Barrier
from community.moderation import barriers, cases, querysets, things
from community.moderation.deciding import NotNow
from community.moderation.forms import FlagForm
from people.models import User


@never_cache
@login_required
def flag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    thing = things.seen_by(request.user, kind, pk)
    if thing is None:
        raise Http404
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cases.flag(thing, **form.cleaned_data, by=request.user)
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. A moderator looks at it."))
            return redirect("my_flags")
    context = {"form": form, "thing": thing, "title": things.title_of(thing), "text": things.text_of(thing)}
    context["before"] = cases.flagged_before(thing, request.user)
    return render(request, "community/moderation/flag.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def my_flags(request: HttpRequest) -> HttpResponse:
    return render(request, "community/moderation/my_flags.html", {"flags": querysets.flags_by(request.user)[:200]})


@never_cache
@login_required
def my_barriers(request: HttpRequest) -> HttpResponse:
    return render(request, "community/moderation/barriers.html", {"rows": querysets.barriers_of(request.user)})


@login_required
@require_POST
def put_barrier(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk, is_active=True)
    kind = request.POST.get("kind")
    if kind not in Barrier.Kind.values:
        raise Http404
    try:
        row = barriers.put(request.user, person, kind)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{row.get_kind_display()}: {person}")
    return redirect(_back(request))


@login_required
@require_POST
def remove_barrier(request: HttpRequest, pk: int) -> HttpResponse:
    barriers.remove(request.user, pk)
    messages.success(request, _("Removed."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Where she came from; the list where that is not a page of ours."""
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "barriers"
