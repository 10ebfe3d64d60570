"""Making a case study of a thread, asking the quoted, and their answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.learning import actions, permissions, quoting
from community.learning.forms import PromoteForm
from community.models import Quotation, Thread
from community.threads.actions import NotNow
from community.threads.views import Merged, thread_for
from practices.models import CaseStudy


@never_cache
@login_required
def promote(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose posts, each with the part its words go into."""
    thread = _promotable(request, pk)
    form = PromoteForm(thread, quoting.choosable(thread), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        page = actions.promote(thread, form.chosen(), by=request.user, title=data["title"], language=data["language"])
        messages.success(request, _("Your draft is begun. Whoever you quote has been asked."))
        return redirect("quotations", page.pk)
    begun = CaseStudy.objects.filter(owner=request.user, quotations__post__thread=thread).distinct()
    context = {"thread": thread, "form": form, "begun": begun}
    return render(request, "community/learning/promote.html", context, status=422 if form.is_bound else 200)


def _promotable(request: HttpRequest, pk: int) -> Thread:
    try:
        thread = thread_for(request, pk)
    except Merged:
        raise Http404 from None
    if not permissions.may_promote(request.user, thread):
        raise Http404
    return thread


@never_cache
@login_required
def quotations(request: HttpRequest, pk: int) -> HttpResponse:
    """For the author: whom the case study quotes, who agreed, and what is to be taken out."""
    page = get_object_or_404(CaseStudy, pk=pk, owner=request.user)
    rows = Quotation.objects.of(page).for_lists()
    if request.method == "POST":
        row = get_object_or_404(rows, pk=request.POST.get("drop") if request.POST.get("drop", "").isdecimal() else 0)
        try:
            actions.drop(row, by=request.user)
        except NotNow as refused:
            messages.error(request, str(refused))
        return redirect("quotations", page.pk)
    shown = page.get_latest_revision_as_object()
    waits = any(not row.is_agreed for row in rows)
    context = {"page": page, "title": shown.title, "rows": [_told(row) for row in rows], "waits": waits}
    return render(request, "community/learning/quotations.html", context)


def _told(row: Quotation) -> dict:
    return {"row": row, "part": quoting.part_label(row.part)}


@never_cache
@login_required
def quotation(request: HttpRequest, pk: int) -> HttpResponse:
    """For who is quoted: her words, where they stand, and her answer. The author is led to all of them."""
    row = get_object_or_404(Quotation.objects.for_lists(), pk=pk)
    if row.person_id != request.user.pk:
        if row.case_study.owner_id == request.user.pk:
            return redirect("quotations", row.case_study_id)
        raise Http404
    if request.method == "POST":
        actions.answer(row, request.POST.get("agrees") == "yes", by=request.user)
        messages.success(request, _("Your answer is noted. You can change it here at any time."))
        return redirect(row)
    latest = row.case_study.get_latest_revision_as_object()
    context = _told(row) | {"title": latest.title, "now": getattr(latest, row.part, ""), "licence": latest.licence}
    return render(request, "community/learning/quotation.html", context)


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Where a member is quoted: what she agreed to, and what waits for her."""
    rows = Quotation.objects.filter(person=request.user, dropped_at=None).exclude(state=Quotation.State.OWN)
    rows = sorted(rows.for_lists().order_by("-asked_at"), key=lambda row: row.state != Quotation.State.ASKED)
    return render(request, "community/learning/mine.html", {"rows": [_told(row) for row in rows]})
