"""Reading a thread, and what one press does to a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.groups import permissions as group_permissions
from community.models import Post, Reaction, Thread
from community.moderation.places import thread_now
from community.threads import actions, drafts, permissions, reading, translating
from community.threads.forms import EditForm, LanguageForm, ReplyForm


def thread_for(request: HttpRequest, pk: int) -> Thread:
    """404 for what she may not see, as for what isn't there. Authors see their own that waits for a moderator."""
    thread = get_object_or_404(
        Thread.objects.select_related("author", "group", "case_study", "accepted__author"), pk=pk
    )
    if thread.merged_into_id and permissions.may_see(request.user, into := thread_now(thread)):
        raise Merged(into)
    waits = thread.state == Thread.State.HELD and request.user.is_authenticated and thread.author_id == request.user.pk
    if waits or permissions.may_see(request.user, thread) or permissions.may_moderate(request.user, thread):
        return thread
    raise Http404


class Merged(Exception):
    """The thread went into another one."""

    def __init__(self, into: Thread):
        self.into = into


@never_cache
@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        it = thread_for(request, pk)
    except Merged as merged:
        return redirect(merged.into)
    return shown(request, it)


def shown(request: HttpRequest, it: Thread, form: ReplyForm | None = None, status: int = 200) -> HttpResponse:
    """The page; with a form that needs another look where one was sent."""
    reader = reading.Reader.of(request.user, it)
    at, number = whole(request.GET.get("at")), whole(request.GET.get("page"))
    place = reading.place_of(request.user, it)
    page = reading.page_of(reader, at=at, page=number or (_last_page(form)))
    if page.views and request.method == "GET":
        reading.note_place(request.user, it, page.last)
    draft = drafts.of(request.user, f"thread:{it.pk}") if reader.may_reply and form is None else None
    context = {
        "thread": it,
        "opening": it.posts.filter(number=1).first(),
        "page": page,
        "reader": reader,
        "may_moderate": reader.may_moderate,
        "concepts": it.concepts.select_related("scheme"),
        "place": place if 0 < place < it.last_number and not at and not number else 0,
        "form": form or (ReplyForm(thread=it, initial=_begun(request, draft)) if reader.may_reply else None),
        "draft": draft,
        "arrived": _arrived(request, it),
        "now": timezone.now(),
        "belongs": it.group is None or group_permissions.belongs(request.user, it.group),
        "translates": translating.is_possible(),
        "may_summarise": it.kind == Thread.Kind.WRITTEN and permissions.may_summarise(request.user, it),
    }
    return render(request, "community/threads/thread.html", context, status=status)


def _last_page(form: ReplyForm | None) -> int:
    return 10**6 if form is not None else 0


def _begun(request: HttpRequest, draft) -> dict:
    """A draft goes on; whom it answers is what was asked for last."""
    begun = dict(draft.data) if draft else {}
    if to := whole(request.GET.get("to")):
        begun["to"] = to
    return begun


def _arrived(request: HttpRequest, it: Thread) -> str:
    """The key of the form this person sent last here: what the browser still keeps of it can go."""
    if not request.user.is_authenticated:
        return ""
    keys = it.posts.filter(author=request.user).order_by("-number").values_list("idempotency_key", flat=True)
    return (keys.first() or "").partition(":")[2]


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """To its place in the thread."""
    it = get_object_or_404(Post.objects.select_related("thread"), pk=pk)
    try:
        thread_for(request, it.thread_id)
    except Merged as merged:
        return redirect(merged.into)
    return redirect(address_of(it))


def address_of(it: Post) -> str:
    return f"{it.thread.get_absolute_url()}?at={it.number}#{it.anchor}"


@never_cache
@require_safe
def since(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Posts after this one, for a page that is being read: 204 where there are none."""
    try:
        it = thread_for(request, pk)
    except Merged:
        raise Http404 from None
    if it.last_number <= number:
        return HttpResponse(status=204)
    reader = reading.Reader.of(request.user, it)
    views = reading.since(reader, number)
    if not views:
        return HttpResponse(status=204)
    context = {"thread": it, "views": views, "reader": reader, "may_moderate": reader.may_moderate}
    return render(request, "community/threads/_posts.html", context)


@require_POST
@login_required
def seen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    try:
        it = thread_for(request, pk)
    except Merged:  # the numbers mean other posts there
        raise Http404 from None
    reading.note_place(request.user, it, number)
    return HttpResponse(status=204)


@require_POST
@login_required
def react(request: HttpRequest, pk: int) -> HttpResponse:
    it = _post(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in Reaction.Kind.values:
        raise Http404
    try:
        actions.react(it, kind, by=request.user)
    except actions.NotNow as refused:
        messages.error(request, str(refused))
    if request.htmx:
        again = Post.objects.for_reading().select_related("thread").get(pk=it.pk)
        view = reading.Reader.of(request.user, again.thread).view(again)
        return render(request, "community/threads/_reactions.html", {"view": view})
    return redirect(address_of(it))


@require_POST
@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    it = _post(request, pk)
    try:
        actions.accept(it, by=request.user)
    except actions.NotNow as refused:
        messages.error(request, str(refused))
    return redirect(address_of(it))


@never_cache
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    it = _post(request, pk)
    if not permissions.may_edit(request.user, it):
        raise Http404
    form = EditForm(request.POST or None, initial={"text": it.source, "language": it.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(it, form.cleaned_data["text"], by=request.user, language=form.cleaned_data["language"])
        except actions.NotNow as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(address_of(it))
    context = {"post": it, "form": form, "back": address_of(it)}
    return render(request, "community/threads/edit.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    it = _post(request, pk)
    if not permissions.may_delete(request.user, it):
        raise Http404
    if request.method == "POST":
        actions.delete(it, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect("discuss") if it.is_opening else redirect(it.thread)
    return render(request, "community/threads/delete.html", {"post": it, "back": address_of(it)})


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before; of hidden and deleted ones nothing."""
    it = _post(request, pk)
    if it.state != Post.State.SHOWN:
        raise Http404
    context = {"post": it, "versions": it.versions.select_related("by"), "back": address_of(it)}
    return render(request, "community/threads/history.html", context)


@require_POST
@login_required
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """In the language of the page; without a script on a page of its own."""
    it = _post(request, pk)
    if not translating.is_possible() or it.state != Post.State.SHOWN:
        raise Http404
    try:
        made = translating.translated(it, get_language() or "en")
    except translating.NotTranslated:
        made = None
    context = {
        "post": it,
        "made": made,
        "made_at": parse_datetime(made["at"]) if made else None,
        "back": address_of(it),
    }
    part = "_translated.html" if request.htmx else "translated.html"
    return render(request, f"community/threads/{part}", context)


@require_POST
@login_required
def correct_language(request: HttpRequest, pk: int) -> HttpResponse:
    it = _post(request, pk)
    form = LanguageForm(request.POST)
    if it.author_id != request.user.pk and not permissions.may_moderate(request.user, it.thread):
        raise Http404
    if form.is_valid():
        actions.correct_language(it, form.cleaned_data["language"], by=request.user)
    return redirect(address_of(it))


def _post(request: HttpRequest, pk: int) -> Post:
    """One the person may see in its thread."""
    it = get_object_or_404(Post.objects.select_related("thread__group", "author"), pk=pk)
    try:
        thread_for(request, it.thread_id)
    except Merged:
        raise Http404 from None
    is_own = request.user.is_authenticated and it.author_id == request.user.pk
    if it.state != Post.State.SHOWN and not is_own and not permissions.may_moderate(request.user, it.thread):
        raise Http404
    return it


def whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
