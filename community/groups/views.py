"""Pages of groups: the list, one group, founding and changing it, who belongs to it."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.groups import actions, exporting, permissions, pinning, reading
from community.groups.forms import DeliverableForm, GroupForm, InviteForm, JoinForm, PinForm, RoleForm
from community.models import Group, Membership
from portal.languages import CODES

PAGE = 24


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    rows = Group.objects.visible_to(request.user).exclude(state=Group.State.CLOSED).for_cards()
    if kind in Group.Kind.values:
        rows = rows.filter(kind=kind)
    if language in CODES:
        rows = rows.filter(language=language)
    mine = list(rows.of(request.user)) if request.user.is_authenticated else []
    others = rows.exclude(pk__in=[one.pk for one in mine]).order_by("state", "-member_count", "title")
    context = {
        "mine": mine,
        "page": Paginator(others, PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": Group.Kind.choices,
    }
    return render(request, "community/groups/groups.html", context)


@never_cache
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    it = _seen(request, slug)
    standing = reading.standing(request.user, it)
    roles = Counter(dict(it.memberships.active().order_by().values_list("role").annotate(Count("pk"))))
    asks_to_join = it.access == Group.Access.REQUEST and not standing.is_invited
    context = {
        "group": it,
        "standing": standing,
        "member_count": roles.total() - roles[Membership.Role.OBSERVER],
        "observer_count": roles[Membership.Role.OBSERVER],
        "asks_to_join": asks_to_join,
        "may_join_at_once": (standing.may_join or standing.may_observe) and not asks_to_join,
        "concepts": it.concepts.select_related("scheme"),
        "waiting_place": reading.waiting_place(it, standing.row),
        "join_form": JoinForm(),
    }
    if standing.may_read:
        context |= {
            "page": reading.threads_of(it, request.user, request.GET.get("page")),
            "pins": reading.pins_of(it, request.user),
            "events": reading.events_of(it, request.user),
            "case_studies": reading.case_studies_of(it, request.user),
        }
    return render(request, "community/groups/group.html", context)


@never_cache
@login_required
def new(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        it = actions.found(form.save(commit=False), by=request.user)
        _attach(it, form)
        messages.success(request, _("The group is there. Invite people, or begin a discussion."))
        return redirect(it)
    return render(request, "community/groups/form.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    it = _owned(request, slug)
    form = GroupForm(request.POST or None, instance=it)
    if request.method == "POST" and form.is_valid():
        actions.save(form.save(commit=False), by=request.user)
        _attach(it, form)
        messages.success(request, _("Saved."))
        return redirect(it)
    context = {"form": form, "group": it}
    return render(request, "community/groups/form.html", context, status=422 if form.errors else 200)


def _attach(it: Group, form: GroupForm) -> None:
    it.languages = form.cleaned_data["languages"]
    it.save(update_fields=["languages"])
    it.concepts.set(form.concepts)
    it.organisations.set(form.cleaned_data["organisations"])


@never_cache
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Members and moderators see who belongs to it; visitors the number only."""
    it = _seen(request, slug)
    standing = reading.standing(request.user, it)
    if not (standing.is_member or standing.may_moderate):
        raise Http404
    context = {"group": it, "standing": standing, "invite_form": InviteForm(), **reading.people_of(it, request.user)}
    context["roles"] = Membership.Role.choices
    return render(request, "community/groups/members.html", context)


@require_POST
@login_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    it = _seen(request, slug)
    form = JoinForm(request.POST)
    verb = actions.observe if "observe" in request.POST else actions.join
    extra = {"note": form.cleaned_data["note"]} if form.is_valid() and verb is actions.join else {}
    _try(request, lambda: verb(it, by=request.user, **extra))
    return redirect(it)


@require_POST
@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    it = _seen(request, slug)
    _try(request, lambda: actions.leave(it, by=request.user))
    return redirect(it if Group.objects.visible_to(request.user).filter(pk=it.pk).exists() else "groups")


@require_POST
@login_required
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether other members see me in the list."""
    it = _seen(request, slug)
    row = permissions.membership_of(request.user, it)
    if row is None:
        raise Http404
    row.is_listed = not row.is_listed
    row.save(update_fields=["is_listed"])
    return redirect("group_members", slug)


@require_POST
@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    it = _at_work(request, slug)
    form = InviteForm(request.POST)
    if form.is_valid():
        person = form.person()
        if person:
            actions.invite(it, person, by=request.user)
        messages.success(request, _("If there is such a member, the invitation is on its way."))
    else:
        messages.error(request, _("Write a name or an e-mail address."))
    return redirect("group_members", slug)


@require_POST
@login_required
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let in, refuse, remove, give a role."""
    it = _moderated(request, slug)
    row = get_object_or_404(it.memberships.select_related("person"), pk=pk)
    verb = request.POST.get("do", "")
    if verb == "role":
        form = RoleForm(request.POST)
        if not permissions.may_own(request.user, it) or not form.is_valid():
            raise Http404
        _try(request, lambda: actions.give_role(row, form.cleaned_data["role"], by=request.user))
    elif verb in ("let_in", "refuse", "remove"):
        if row.role == Membership.Role.OWNER and not permissions.may_own(request.user, it):
            raise Http404
        _try(request, lambda: getattr(actions, verb)(row, by=request.user))
    else:
        raise Http404
    return redirect("group_members", slug)


@require_POST
@login_required
def pins(request: HttpRequest, slug: str) -> HttpResponse:
    it = _at_work(request, slug)
    if request.POST.get("remove", "").isdigit():
        pinning.unpin(it, int(request.POST["remove"]), by=request.user)
        return redirect(it)
    form = PinForm(request.POST)
    thing = pinning.thing_at(form.cleaned_data["address"], it, request.user) if form.is_valid() else None
    if thing is None:
        messages.error(request, _("There is nothing at this address that can be pinned here."))
    else:
        pinning.pin(it, thing, by=request.user)
    return redirect(it)


@never_cache
@login_required
def conclude(request: HttpRequest, slug: str) -> HttpResponse:
    """Archive, close, open again: asked once more before it is done."""
    it = _owned(request, slug)
    verbs = {"archive": actions.archive, "close": actions.close, "reopen": actions.reopen}
    if request.method == "POST":
        verb = verbs.get(request.POST.get("do", ""))
        if verb is None:
            raise Http404
        verb(it, by=request.user)
        return redirect(it)
    return render(request, "community/groups/conclude.html", {"group": it})


@never_cache
@login_required
def deliverable(request: HttpRequest, slug: str) -> HttpResponse:
    it = _moderated(request, slug)
    if it.kind != Group.Kind.SQUAD:
        raise Http404
    form = DeliverableForm(request.POST or None, instance=it, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        it.case_studies.set(form.cleaned_data["addresses"])
        if "publish" not in request.POST or _try(request, lambda: actions.deliver(it, by=request.user)):
            messages.success(request, _("Saved."))
            return redirect(it)
    context = {"group": it, "form": form}
    return render(request, "community/groups/deliverable.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    it = _owned(request, slug)
    return FileResponse(exporting.archive(it), as_attachment=True, filename=f"{it.slug}.zip")


def _try(request: HttpRequest, verb) -> bool:
    try:
        verb()
    except actions.NotNow as refused:
        messages.error(request, str(refused))
        return False
    return True


def _seen(request: HttpRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def _moderated(request: HttpRequest, slug: str) -> Group:
    it = _seen(request, slug)
    if not permissions.may_moderate(request.user, it):
        raise Http404
    return it


def _at_work(request: HttpRequest, slug: str) -> Group:
    """Nothing is added to what is archived or closed."""
    it = _moderated(request, slug)
    if not it.is_active:
        raise Http404
    return it


def _owned(request: HttpRequest, slug: str) -> Group:
    it = _seen(request, slug)
    if not permissions.may_own(request.user, it):
        raise Http404
    return it
