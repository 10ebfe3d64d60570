"""Writing: answers, new threads, previews, drafts, names to mention."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.models import Group, Membership, Post, Thread
from community.moderation import screening
from community.threads import actions, drafts, files, rendering
from community.threads.forms import NewThreadForm, ReplyForm, Words
from community.threads.nearest import nearest
from community.threads.views import Merged, address_of, shown, thread_for, whole
from people.models import User
from practices.models import CaseStudy

NAMES = 8  # suggested while somebody is being mentioned


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Whatever happens, what was written is shown again or kept as a draft."""
    try:
        thread = thread_for(request, pk)
    except Merged as merged:
        thread = merged.into
    form = ReplyForm(request.POST, request.FILES, thread=thread)
    if not form.is_valid():
        return shown(request, thread, form, status=422)
    if "preview" in request.POST:
        form.preview = rendering.rendered(form.cleaned_data["text"], request.user).html
        return shown(request, thread, form)
    try:
        post = actions.reply(thread, by=request.user, to=form.cleaned_data["to"], **_words(form, request.user))
    except actions.NotNow as refused:
        drafts.keep(request.user, f"thread:{thread.pk}", request.POST)
        form.add_error(None, str(refused))
        return shown(request, thread, form, status=409)
    drafts.forget(request.user, f"thread:{thread.pk}")
    _tell_if_held(request, post)
    return redirect(address_of(post))


def _words(form: Words, by: User) -> dict:
    data = form.cleaned_data
    kept = files.keep(data["files"], by=by, alt=data["alt"], origin=data["origin"] or "own") if data["files"] else ()
    return {
        "text": data["text"],
        "language": data["language"],
        "files": kept,
        "idempotency_key": f"{by.pk}:{data['key']}"[:64] if data["key"] else None,
    }


def _tell_if_held(request: HttpRequest, post: Post) -> None:
    if post.state == Post.State.HELD:
        words = _("Thank you. A moderator looks at it first; then others see it.")
        messages.info(request, f"{words} {screening.why_held(post)}")


@never_cache
@login_required
def new_thread(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    case_study, group = _asked_for(request)
    draft = drafts.of(request.user, place)
    initial = draft.data if draft else _proposed(request, group)
    form = NewThreadForm(request.POST or None, request.FILES or None, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        thread = _opened(request, form, case_study)
        if thread:
            drafts.forget(request.user, place)
            _tell_if_held(request, thread.posts.get(number=1))
            return redirect(thread)
    words = f"{form['title'].value() or ''} {form['text'].value() or ''}"
    context = {
        "form": form,
        "case_study": case_study,
        "place": place,
        "draft": draft if request.method == "GET" else None,
        "arrived": _arrived(request.user),
        "nearest": nearest(request.user, words, get_language() or "en"),
        "preview": rendering.rendered(form["text"].value() or "", request.user).html
        if "preview" in request.POST
        else "",
    }
    return render(request, "community/threads/new.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, form: NewThreadForm, case_study: CaseStudy | None) -> Thread | None:
    data = form.cleaned_data
    names = ("title", "kind", "group", "situation", "tried", "constraints", "starts_at", "ends_at")
    opening = actions.Opening(
        case_study=case_study,
        concepts=form.concepts,
        **{name: data[name] for name in names},
        **_words(form, request.user),
    )
    try:
        return actions.open_thread(opening, by=request.user)
    except actions.NotNow as refused:
        drafts.keep(request.user, _place(request), request.POST)
        form.add_error(None, str(refused))
        return None


def _arrived(person: User) -> str:
    """The key of the form with which she last began a thread."""
    keys = (
        Post.objects.filter(author=person, number=1).order_by("-created_at").values_list("idempotency_key", flat=True)
    )
    return (keys.first() or "").partition(":")[2]


def _place(request: HttpRequest) -> str:
    """Where a draft of a new thread is kept: one for each place it is begun from."""
    return "new:" + "&".join(
        f"{name}={request.GET[name][:60]}" for name in ("case_study", "group") if request.GET.get(name)
    )


def _asked_for(request: HttpRequest) -> tuple[CaseStudy | None, Group | None]:
    """The case study and the group the thread is begun from."""
    number, slug = request.GET.get("case_study", ""), request.GET.get("group", "")
    case_study = group = None
    if number:
        if not number.isdigit():
            raise Http404
        case_study = _original(get_object_or_404(CaseStudy.objects.visible_to(request.user), pk=number))
    if slug:
        group = get_object_or_404(Group.objects.readable_by(request.user), slug=slug)
    return case_study, group


def _original(page: CaseStudy) -> CaseStudy:
    """Threads belong to the original, whichever translation was read."""
    versions = CaseStudy.objects.filter(translation_key=page.translation_key).select_related("locale")
    return next((one for one in versions if one.is_original), page)


def _proposed(request: HttpRequest, group: Group | None) -> dict:
    kind = request.GET.get("kind", "")
    proposed = {"title": request.GET.get("q", "")[:150], "group": group}
    return proposed | ({"kind": kind} if kind in Thread.Kind.values else {})


@login_required
@require_safe
def nearest_to(request: HttpRequest) -> HttpResponse:
    words = f"{request.GET.get('title', '')} {request.GET.get('text', '')}"
    found = nearest(request.user, words, get_language() or "en")
    return render(request, "community/threads/_nearest.html", {"nearest": found})


@login_required
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Kept as it is typed; says when."""
    place = request.POST.get("place", "")
    if not place.startswith(("thread:", "new:", "post:")):
        return JsonResponse({"message": _("This can't be kept as a draft.")}, status=400)
    row = drafts.keep(request.user, place, request.POST)
    at = date_format(row.saved_at, "TIME_FORMAT") if row else ""
    return JsonResponse({"message": _("Draft saved at %(time)s") % {"time": at} if row else ""})


@login_required
@require_POST
def drop_draft(request: HttpRequest) -> HttpResponse:
    drafts.forget(request.user, request.POST.get("place", ""))
    back = request.POST.get("next", "")
    return redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "discuss")


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Names to mention: who writes in the thread first, then its group, then anybody by the beginning of a name."""
    asked = request.GET.get("q", "").strip()[:40]
    thread = Thread.objects.visible_to(request.user).filter(pk=whole(request.GET.get("thread"))).first()
    found = _near(thread, asked) if thread else []
    if len(asked) >= 2 and len(found) < NAMES and not (thread and thread.group and not thread.group.is_open):
        others = _named(User.objects.all(), asked).exclude(pk__in=[one.pk for one in found])
        found += list(others[: NAMES - len(found)])
    rows = [{"id": one.pk, "name": str(one)} for one in found if one.pk != request.user.pk]
    return HttpResponse(json.dumps({"people": rows}), content_type="application/json")


def _near(thread: Thread, asked: str) -> list[User]:
    writers = User.objects.filter(pk__in=thread.posts.shown().values("author"))
    found = list(_named(writers, asked)[:NAMES])
    if thread.group and len(found) < NAMES:
        rows = Membership.objects.active().filter(group=thread.group, is_listed=True)
        members = User.objects.filter(pk__in=rows.values("person")).exclude(pk__in=[one.pk for one in found])
        found += list(_named(members, asked)[: NAMES - len(found)])
    return found


def _named(people, asked: str):
    return people.filter(is_active=True, name__istartswith=asked).exclude(name="").order_by("name", "pk")
