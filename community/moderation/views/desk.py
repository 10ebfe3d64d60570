"""The moderators' desk: what waits, one thing with all that is known of it, and the verbs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.models import Group, Post
from community.moderation import cases, desk, measures, permissions, querysets, things, verbs
from community.moderation.deciding import NotNow
from community.moderation.forms import AnswerForm, ReasonsForm

PAGE = 25


@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    if not querysets.moderates_something(request.user):
        raise Http404
    asked = desk.Asked.of(request.GET)
    page = Paginator(desk.rows(request.user, asked), PAGE).get_page(request.GET.get("page"))
    context = {"asked": asked, "page": page, "rows": desk.shown(page, asked), **desk.choices(request.user)}
    return render(request, "community/moderation/queue.html", context)


@never_cache
@login_required
def thing(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    it = _moderated(request, kind, pk)
    return render(request, "community/moderation/thing.html", desk.known_of(it, request.user))


@never_cache
@login_required
def act(request: HttpRequest, kind: str, pk: int, verb: str) -> HttpResponse:
    it = _moderated(request, kind, pk)
    chosen = next((one for one in verbs.fitting(it, request.user) if one.name == verb), None)
    if chosen is None:
        messages.error(request, _("That does not fit any more. See what has happened."))
        return redirect("moderate", kind=kind, pk=pk)
    form = chosen.form(request.POST or None, thing=it, person=request.user, initial=desk.proposed(it))
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(it, form, request.user)
        except NotNow as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done, and told to whom it affects."))
            return redirect("moderate", kind=kind, pk=pk)
    context = {"form": form, "verb": chosen, "thing": it, "kind": kind, "title": things.title_of(it)}
    return render(request, "community/moderation/act.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def let_through(request: HttpRequest, pk: int) -> HttpResponse:
    post = _moderated(request, "post", pk)
    assert isinstance(post, Post)
    _try(request, lambda: measures.let_through(post, by=request.user), _("Shown from now on."))
    return redirect("moderate", kind="post", pk=pk)


@login_required
@require_POST
def take(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """What is hers already is given back."""
    case = _case(request, what, pk)
    verb = cases.give_back if case.handler_id == request.user.pk else cases.take
    _try(request, lambda: verb(case, by=request.user), "")
    return redirect(desk.page_of(case))


@never_cache
@login_required
def dismiss(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Nothing is done; why is kept, and told to who sent a notice."""
    case = _case(request, what, pk)
    form = ReasonsForm(request.POST or None, initial={"ground": case.ground})
    if request.method == "POST" and form.is_valid():
        if _try(request, lambda: cases.dismiss(case, form.reasons(), by=request.user), _("Settled.")):
            return redirect("moderation")
    context = {"form": form, "case": case, "back": desk.page_of(case)}
    return render(request, "community/moderation/dismiss.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def answer_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice about a page moderators have no verb for."""
    notice = _case(request, "notice", pk)
    form = AnswerForm(request.POST or None, initial={"ground": notice.ground})
    if request.method == "POST" and form.is_valid():
        act = lambda: cases.answer(notice, form.cleaned_data["measure"], form.reasons(), by=request.user)  # noqa: E731
        if _try(request, act, _("Settled.")):
            return redirect("moderation")
    context = {"form": form, "notice": notice, "page": desk.case_study_at(notice.address, request.user)}
    return render(request, "community/moderation/answer_notice.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def log(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Of one group for its owners, of everything for the portal's moderators."""
    group = get_object_or_404(Group.objects.visible_to(request.user), slug=slug) if slug else None
    if not permissions.may_read_log(request.user, group):
        raise Http404
    page = Paginator(querysets.log_of(group), 50).get_page(request.GET.get("page"))
    context = {"group": group, "page": page, "rows": desk.logged(page, request.user)}
    return render(request, "community/moderation/log.html", context)


def _moderated(request: HttpRequest, kind: str, pk: int):
    it = things.whatever(kind, pk)
    if it is None or not permissions.may_moderate(request.user, it):
        raise Http404
    return it


def _case(request: HttpRequest, what: str, pk: int):
    if what not in ("flag", "notice"):
        raise Http404
    rows = querysets.flags_for(request.user) if what == "flag" else querysets.notices_for(request.user)
    return get_object_or_404(rows, pk=pk)


def _try(request: HttpRequest, verb, done: str) -> bool:
    try:
        verb()
    except NotNow as refused:
        messages.error(request, str(refused))
        return False
    if done:
        messages.success(request, done)
    return True
