"""What I was asked and took on, a question's way to its answer, and the figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.answering import actions, claims, exporting, permissions, querysets, reading
from community.answering.figures import figures
from community.answering.forms import NameForm, OutcomeForm, PeriodForm, StillMattersForm
from community.attention.actions import choose
from community.attention.querysets import choices_of
from community.groups.permissions import moderates_all
from community.models import Group, Thread
from community.moderation.querysets import moderated_groups
from people.models import User


@never_cache
@login_required
@require_safe
def my_questions(request: HttpRequest) -> HttpResponse:
    return render(request, "community/answering/mine.html", reading.mine(request.user))


@login_required
@require_POST
def opt_in(request: HttpRequest) -> HttpResponse:
    """Or out again, in the place where one sees what it means."""
    row = choices_of(request.user)
    row.takes_questions = request.POST.get("takes_questions") == "yes"
    choose(row)
    messages.success(request, _("Saved."))
    return redirect("my_questions")


@login_required
@require_POST
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _seen(request, pk)
    return _done(request, thread, claims.take_on, _("It is yours for two days. Thank you!"))


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _seen(request, pk), claims.release, _("Others can take it now."))


@login_required
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _seen(request, pk), claims.pass_on, _("Somebody else is asked."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def who_could_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A moderator asks somebody, or assigns the expert of a clinic: out of suggestions or by name."""
    thread = _seen(request, pk)
    if not permissions.may_ask_others(request.user, thread):
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(User, pk=_number(request.POST.get("person")), is_active=True)
        verb = actions.assign if thread.kind == Thread.Kind.CLINIC else actions.ask_person
        return _done(request, thread, lambda thread, by: verb(thread, person, by=by), _("Asked: %s") % person)
    form = NameForm(request.GET or None)
    words = form.cleaned_data["name"] if form.is_valid() else ""
    found = querysets.people_named(words, thread) if words else []
    context = {"thread": thread, "form": form, "words": words, "found": found}
    context["suggestions"] = reading.suggestions(thread)
    return render(request, "community/answering/people.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ways_on(request: HttpRequest, pk: int) -> HttpResponse:
    """For who asked and had no answer."""
    thread = _own(request, pk)
    form = StillMattersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        languages = form.cleaned_data["languages"]
        return _done(
            request,
            thread,
            lambda thread, by: actions.still_matters(thread, by=by, languages=languages),
            _("More people are asked."),
        )
    context = {"thread": thread, "form": form, "groups": querysets.groups_about(thread, request.user)}
    return render(request, "community/answering/ways_on.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, _own(request, pk), actions.give_up, _("Saved."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clinic_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _own(request, pk)
    if thread.kind != Thread.Kind.CLINIC:
        raise Http404
    form = OutcomeForm(request.POST or None, initial={"outcome": thread.clinic_outcome})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["outcome"]
        return _done(request, thread, lambda thread, by: actions.record_outcome(thread, text, by=by), _("Saved."))
    context = {"thread": thread, "form": form}
    return render(request, "community/answering/outcome.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def answering_figures(request: HttpRequest, form_of: str = "page") -> HttpResponse:
    if not permissions.may_see_figures(request.user):
        raise Http404
    sees_all = moderates_all(request.user)
    groups = Group.objects.all() if sees_all else moderated_groups(request.user)
    form = PeriodForm(request.GET, groups)
    if not form.is_valid():
        return render(request, "community/answering/figures.html", {"form": form}, status=422)
    chosen = form.cleaned_data["group"]
    scope = Group.objects.filter(pk=chosen.pk) if chosen else None if sees_all else groups
    counted = figures(form.cleaned_data["since"], form.cleaned_data["until"], scope)
    if form_of == "csv":
        headers = {"Content-Disposition": 'attachment; filename="answering.csv"'}
        return HttpResponse(exporting.as_csv(counted), content_type="text/csv; charset=utf-8", headers=headers)
    context = {"form": form, "figures": counted, "query": request.GET.urlencode()}
    return render(request, "community/answering/figures.html", context)


def _seen(request: HttpRequest, pk: int) -> Thread:
    threads = Thread.objects.visible_to(request.user).asking().select_related("group", "author")
    return get_object_or_404(threads, pk=pk)


def _own(request: HttpRequest, pk: int) -> Thread:
    thread = _seen(request, pk)
    if not permissions.may_decide_on(request.user, thread):
        raise Http404
    return thread


def _done(request: HttpRequest, thread: Thread, verb, message: str) -> HttpResponse:
    """The verb, then back; where it can't be done now, the reason instead."""
    try:
        verb(thread, by=request.user)
    except claims.NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, message)
    return redirect(_way_back(request) or thread.get_absolute_url())


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    hosts = {request.get_host()}
    return address if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()) else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
