"""What the public and those affected see: notices, decisions with their reasons, complaints, figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.models import Decision, Notice
from community.moderation import complaints, desk, figures, limits, notices, permissions, signing, things
from community.moderation.deciding import NotNow
from community.moderation.forms import ComplaintAnswerForm, ComplaintForm, NoticeForm

AN_HOUR, A_DAY = 3600, 86400


@never_cache
def notice(request: HttpRequest) -> HttpResponse:
    """By anybody, of something illegal."""
    asked = {"address": request.GET.get("about", "")[:500]}
    form = NoticeForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        address = limits.address_of(request)
        if limits.is_within("notice", address, 5, AN_HOUR) and limits.is_within("notice-day", address, 20, A_DAY):
            form.instance.language = get_language() or "en"
            return redirect("notice_state", receipt=notices.receive(form.save(commit=False)).receipt)
        form.add_error(None, _("Too many notices came from your address. Wait an hour, then send it again."))
    return render(request, "community/moderation/notice.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def notice_state(request: HttpRequest, receipt: str) -> HttpResponse:
    row = get_object_or_404(Notice.objects.select_related("decision"), receipt=receipt)
    return render(request, "community/moderation/notice_state.html", {"notice": row})


@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Decision.objects.select_related("by", "affects"), pk=pk)
    if not permissions.may_see_decision(request.user, row):
        raise Http404
    return _decision(request, row, is_affected=row.affects_id == request.user.pk)


@never_cache
def decision_link(request: HttpRequest, signed: str) -> HttpResponse:
    """For whom it affects, also where she can't sign in."""
    row = signing.read(signed)
    if row is None:
        raise Http404
    return _decision(request, row, is_affected=True)


def _decision(request: HttpRequest, row: Decision, *, is_affected: bool) -> HttpResponse:
    form = ComplaintForm(request.POST or None) if is_affected and complaints.may_complain(row) else None
    if request.method == "POST" and form and form.is_valid():
        complaints.complain(row, form.cleaned_data["text"])
        messages.success(request, _("Your complaint is with the moderators. You get a mail with the answer."))
        return redirect(request.path)
    answers = permissions.may_answer_complaint(request.user, row) and row.complaint_state == Decision.Complaint.WAITING
    context = {
        "decision": row,
        "form": form,
        "answer_form": ComplaintAnswerForm() if answers else None,
        "is_affected": is_affected,
        "title": things.title_of(row.target) if row.target else "",
        "text": things.text_of(row.target) if row.target else "",
        "language": getattr(row.target, "language", "") or "",
        "moderate": desk.address_of(row.target) if answers and row.target else "",
    }
    status = 422 if form and form.errors else 200
    return render(request, "community/moderation/decision.html", context, status=status)


@never_cache
@login_required
@require_POST
def answer_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Decision, pk=pk)
    if not permissions.may_answer_complaint(request.user, row):
        raise Http404
    form = ComplaintAnswerForm(request.POST)
    verb = complaints.uphold if request.POST.get("verdict") == "uphold" else complaints.reject
    if not form.is_valid():
        context = {"decision": row, "answer_form": form, "title": things.title_of(row.target) if row.target else ""}
        return render(request, "community/moderation/decision.html", context, status=422)
    try:
        verb(row, form.cleaned_data["answer"], by=request.user)
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Settled."))
    return redirect("decision", pk=pk)


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    return render(request, "community/moderation/transparency.html", {"years": figures.by_year()})
