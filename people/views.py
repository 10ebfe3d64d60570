"""A member's own pages: profile, data, farewell."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import actions, personal_data
from people.forms import DeleteAccountForm, ProfileForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.save_profile(form.instance, form.interests())
        with override(form.instance.language or get_language()):
            messages.success(request, _("Saved."))
            return redirect(reverse("profile"))
    return render(request, "people/profile.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/my_data.html", {"form": DeleteAccountForm()})


@never_cache
@login_required
def export(request: HttpRequest) -> JsonResponse:
    response = JsonResponse(personal_data.export(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="praxis-my-data.json"'
    return response


@login_required
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST)
    if not form.is_valid():
        return render(request, "people/my_data.html", {"form": form}, status=422)
    person = request.user
    actions.delete_account(person)
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect(f"/{get_language()}/")
