"""The pages on which members write their case studies."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.models import User
from practices import actions, obstacles, permissions, status
from practices.models import CaseStudy
from practices.writing import completeness, suggestions, wording
from practices.writing.editing import Editing, is_stale, lacking, version_of
from practices.writing.forms import StartForm, WithdrawForm, missing
from practices.writing.sections import PARTS, SHORT, anchor_of


def start(request: HttpRequest) -> HttpResponse:
    """Everybody sees what is asked; who is signed in chooses a language and begins."""
    form = StartForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"/{get_language()}/accounts/signup/?next={request.path}")
        if form.is_valid():
            language = form.cleaned_data["language"]
            page = actions.begin(language, by=request.user)
            return redirect("edit_case_study", page.pk)
    return render(request, "practices/writing/start.html", {"form": form, "sections": SHORT})


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    pages = (
        CaseStudy.objects.written_by(request.user)
        .select_related("locale")
        .with_workflow()
        .order_by("-latest_revision_created_at")
    )
    rows = [(page, status.status_of(page)) for page in pages]
    return render(request, "practices/writing/mine.html", {"rows": rows})


@never_cache
@login_required
def edit(request: HttpRequest, pk: int, part: str = "short") -> HttpResponse:
    page = _own(request.user, pk)
    if part not in PARTS:
        raise Http404
    where = status.status_of(page)
    draft = page.get_latest_revision_as_object()
    if where.code in (status.SUBMITTED, status.WITHDRAWN):
        context = {"page": draft, "status": where, "may_restore": permissions.may_restore(request.user, page)}
        return render(request, "practices/writing/closed.html", context)
    if request.method != "POST":
        more, factor = request.GET.get("more", ""), request.GET.get("factor", "")
        return _form(request, Editing(draft, part, more=more, factor=factor), where)
    return _saved(request, page, draft, part, where)


def _saved(request: HttpRequest, page: CaseStudy, draft: CaseStudy, part: str, where: status.Status) -> HttpResponse:
    by_itself = request.headers.get("X-Autosave") == "1"
    editing = Editing(draft, part, request.POST, request.FILES)
    # What was sent before, its answer lost on the way, comes again: it is no other's change.
    stale = is_stale(page, request.POST) and editing.differs
    if stale and by_itself:
        return JsonResponse({"message": _changed_elsewhere(page), "version": version_of(page)}, status=409)
    if stale:
        editing.is_valid  # noqa: B018 - what was typed is shown again with its messages
        messages.warning(request, _changed_elsewhere(page))
        return _form(request, editing, where, status_code=409)
    editing.save(request.user)
    if by_itself:
        faults = [message for _address, message in editing.faults()]
        return JsonResponse({"message": _saved_at(), "version": version_of(draft), "faults": faults})
    return _next(request, editing, where)


def _next(request: HttpRequest, editing: Editing, where: status.Status) -> HttpResponse:
    """Where the pressed button leads, once everything that could be kept is kept."""
    page, pressed = editing.page, request.POST.get("then", "")
    if not editing.saved_whole:
        return _form(request, editing, where, status_code=422)
    if request.POST.get("more"):
        name, _colon, factor = request.POST["more"].partition(":")
        begun = urlencode({"more": name, "factor": factor} if factor else {"more": name})
        return redirect(f"{editing.address}?{begun}#{anchor_of(name)}")
    if pressed == "preview":
        return redirect("preview_case_study", page.pk)
    if pressed == "submit":
        return _submitted(request, editing, where)
    messages.success(request, _saved_at())
    return redirect(editing.address)


def _submitted(request: HttpRequest, editing: Editing, where: status.Status) -> HttpResponse:
    needed = lacking(missing(editing.page))
    needed += [(one.address, one.message) for one in obstacles.before(editing.page)]
    if needed:
        return _form(request, Editing(editing.page, "short"), where, needed=needed, status_code=422)
    try:
        actions.submit(editing.page, by=request.user)
    except actions.ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        sent = _("Sent to the editors. You get a mail when they have read it.")
        messages.success(request, sent if actions.is_premoderated() else _("Saved."))
    return redirect("my_case_studies")


def _form(request, editing: Editing, where: status.Status, needed=(), status_code: int = 200) -> HttpResponse:
    full = completeness.of(editing.page)
    context = {
        "editing": editing,
        "page": editing.page,
        "part": editing.part,
        "status": where,
        "faults": [*needed, *(editing.faults() if editing.data is not None else [])],
        "version": version_of(editing.page),
        "completeness": full,
        "next_field": wording.label(full.following) if full.following else "",
        "topics": suggestions.topics(editing.page) if editing.part == "deep" else [],
        "factors": suggestions.factors(editing.page) if editing.part == "short" else [],
    }
    return render(request, "practices/writing/form.html", context, status=status_code)


@never_cache
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Just as readers will see it."""
    page = _own(request.user, pk).get_latest_revision_as_object()
    request.is_preview = True
    return page.serve(request)


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    page = _own(request.user, pk)
    try:
        actions.take_back(page, by=request.user)
    except actions.ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("edit_case_study", page.pk)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    page = _own(request.user, pk)
    if not permissions.may_withdraw(request.user, page):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(page, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Withdrawn. Its address says so to whoever follows it."))
        return redirect("my_case_studies")
    return render(request, "practices/writing/withdraw.html", {"form": form, "page": page})


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    page = _own(request.user, pk)
    if not permissions.may_restore(request.user, page):
        raise Http404
    actions.restore(page, by=request.user)
    return redirect(page.url or "my_case_studies")


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    page = _own(request.user, pk)
    if not permissions.may_delete(request.user, page):
        raise Http404
    actions.delete_draft(page, by=request.user)
    messages.success(request, _("The draft is deleted."))
    return redirect("my_case_studies")


def _own(person: User, pk: int) -> CaseStudy:
    """Somebody else's draft is not there, rather than forbidden."""
    page = get_object_or_404(CaseStudy.objects.select_related("locale", "owner"), pk=pk)
    if not permissions.may_edit(person, page):
        raise Http404
    return page


def _saved_at() -> str:
    return _("Saved %(time)s") % {"time": _clock(timezone.now())}


def _changed_elsewhere(page: CaseStudy) -> str:
    return _("It was changed elsewhere at %(time)s. What you typed is still here: save again to keep yours.") % {
        "time": _clock(page.latest_revision_created_at)
    }


def _clock(moment: datetime) -> str:
    """As the reader's language writes it; in English by 24 hours, too."""
    usual = get_format("TIME_FORMAT")
    return date_format(timezone.localtime(moment), "H:i" if usual == "P" else usual)
