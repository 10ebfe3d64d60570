"""The operator's page in the admin: the state of the index, its upkeep, machine translations, and what people looked for in vain."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from search import runs
from search.models import IndexRun
from search.state import state
from search.translating import working

PERMISSION = "search.add_indexrun"


@permission_required(PERMISSION, raise_exception=True)
@require_http_methods(["GET", "POST"])
def upkeep(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        runs.ask_for(IndexRun.Kind.REBUILD)
        messages.success(request, _("The index is built anew in a moment. The search goes on meanwhile."))
        return redirect("search_upkeep")
    return TemplateResponse(request, "search/operating/upkeep.html", {"state": state()})


@permission_required(PERMISSION, raise_exception=True)
@require_POST
def translate_again(request: HttpRequest) -> HttpResponse:
    working.try_again()
    messages.success(request, _("The provider is asked again in a moment."))
    return redirect("search_upkeep")
