"""A member's saved searches, and the links in her mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from search import presenting
from search.models import SavedSearch
from search.views import asked
from search.watching import actions, listing, querysets, questions, stopping
from search.watching.forms import SavedSearchForm


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "search/watching/mine.html", {"rows": listing.rows(request.user)})


@never_cache
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The question is the address's; the form asks what to call it and how often to tell."""
    query, faults = asked(request)
    if same := actions.saved_before(request.user, query):
        messages.info(request, _("You have saved this search already: %(name)s") % {"name": same.name})
        return redirect("my_searches")
    form = SavedSearchForm(request.POST or None, initial={"name": questions.proposed_name(query)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save(request.user, query, **form.cleaned_data)
        except actions.Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Saved."))
        return redirect("my_searches")
    context = {"form": form, "query": query, "faults": faults, "back": presenting.address(query)}
    context["described"] = questions.described(query)
    return render(request, "search/watching/new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    form = listing.form_of(saved, request.POST)
    if not form.is_valid():
        rows = listing.rows(request.user, bound=form)
        return render(request, "search/watching/mine.html", {"rows": rows}, status=422)
    actions.change(saved, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("my_searches")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    if request.method == "POST":
        actions.delete(saved)
        return redirect("my_searches")
    return render(request, "search/watching/delete.html", {"saved": saved})


@csrf_exempt  # the link is signed and can do nothing but this; mail programs post to it without a session
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Opened, it asks once more: programs that only look at links must not stop anything."""
    read = stopping.read(signed)
    if read is None:
        return render(request, "search/watching/stop.html", {"is_broken": True}, status=400)
    person_id, saved_id = read
    if request.method == "POST":
        actions.stop(person_id, saved_id)
    saved = SavedSearch.objects.filter(pk=saved_id, person_id=person_id).first() if saved_id else None
    context = {"saved": saved, "for_all": saved_id is None, "is_done": request.method == "POST"}
    return render(request, "search/watching/stop.html", context)


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(querysets.of(request.user), pk=pk)
