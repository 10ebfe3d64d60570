"""Pages for what a discussion came to: its summary by the host."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from community.models import Thread
from community.threads import actions, permissions, summaries
from community.threads.views import Merged, thread_for


@never_cache
@login_required
def summarise(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _hosted(request, pk)
    initial = None if request.method == "POST" else summaries.begun(thread)
    rows = summaries.PointFormSet(request.POST or None, initial=initial, form_kwargs={"thread": thread})
    if request.method == "POST" and rows.is_valid():
        actions.publish_summary(thread, rows.pairs(), by=request.user, language=thread.language)
        messages.success(request, _said(thread))
        return redirect(thread)
    context = {"thread": thread, "rows": rows}
    return render(request, "community/threads/summarise.html", context, status=422 if rows.is_bound else 200)


def _said(thread: Thread) -> str:
    return _("The summary is published.") if thread.summary_at else _("The summary is taken back.")


def _hosted(request: HttpRequest, pk: int) -> Thread:
    try:
        thread = thread_for(request, pk)
    except Merged:
        raise Http404 from None
    if thread.kind != Thread.Kind.WRITTEN or not permissions.may_summarise(request.user, thread):
        raise Http404
    return thread
