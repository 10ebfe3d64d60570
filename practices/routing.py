"""Which version of a case study answers an address: the language of the address first, else the reader's, else the original."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.url_routing import RouteResult


def route(index, request: HttpRequest, path_components: list[str]):
    from practices.models import CaseStudy

    if not path_components:
        return RouteResult(index)
    if len(path_components) > 1:
        raise Http404
    named = _shown(CaseStudy.objects.filter(slug=path_components[0]))
    if not named:
        raise Http404
    here = next((page for page in named if page.locale_id == index.locale_id), named[0])
    versions = _shown(CaseStudy.objects.filter(translation_key=here.translation_key))
    return RouteResult(best(versions, index.locale.language_code, request))


def _shown(pages) -> list:
    """Pages that have an address: published ones, and withdrawn ones that say so."""
    return [page for page in pages.select_related("locale").order_by("pk") if page.live or page.withdrawn_at]


def best(versions: list, language: str, request: HttpRequest):
    """The version to show a reader of `language`: that language, another the reader reads, English, the original."""
    by_language = {page.language: page for page in versions}
    original = next((page for page in versions if page.is_original), versions[0])
    person = getattr(request, "user", None)
    reads = person.languages if person is not None and person.is_authenticated else []
    for code in (language, *reads):
        if code in by_language:
            return by_language[code]
    return original


def serve(page, request: HttpRequest) -> HttpResponse:
    request.is_preview = getattr(request, "is_preview", False)
    context = page.get_context(request)
    status = 410 if page.withdrawn_at and not request.is_preview else 200
    return TemplateResponse(request, page.get_template(request), context, status=status)


def to_search(request: HttpRequest) -> HttpResponse:
    return redirect(reverse("search"), permanent=False)


def language_of_chrome() -> str:
    return get_language() or "en"
