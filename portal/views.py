"""Health, pages about the portal, errors in the reader's language, and what crawlers read."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from portal import own_address


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything a page needs answers, else 503 and which part doesn't."""
    parts = {name: _answers(import_string(path)) for name, path in settings.PRAXIS_READY.items()}
    everything = all(parts.values())
    return JsonResponse({"ready": everything, **parts}, status=200 if everything else 503)


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _answers(check) -> bool:
    try:
        return check()
    except Exception:  # whatever it is, this part doesn't answer
        return False


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /api/", "Disallow: /*/accounts/", "Disallow: /*/me/"]
    lines.append(f"Sitemap: {own_address.absolute(reverse('sitemap_index'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemap_views.index(request, _sitemaps(), sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, _sitemaps(), section=section)


def _sitemaps() -> dict:
    return {name: import_string(path) for name, path in settings.PRAXIS_SITEMAPS.items()}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, "portal/errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, "portal/errors/403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, "portal/errors/404.html", 404)


def form_not_checked(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of a form is missing or old."""
    return _error(request, "portal/errors/csrf.html", 403)


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without database, session or search: any of them may be what broke."""
    language = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(language):
        return HttpResponse(_plain("portal/errors/500.html"), status=500)


def _plain(template: str) -> str:
    from django.template.loader import render_to_string

    return render_to_string(template, {"site_name": settings.WAGTAIL_SITE_NAME})


def _error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """In the language of the address, or the reader's where the address has none."""
    language = translation.get_language_from_path(request.path_info) or translation.get_language_from_request(request)
    with translation.override(language):
        return TemplateResponse(
            request, template, {"query": {"text": _words_in(request.path_info)}}, status=status
        ).render()


def _words_in(path: str) -> str:
    """What an address that leads nowhere was about, as far as it says so."""
    last = path.rstrip("/").rpartition("/")[2]
    return last.replace("-", " ").replace("_", " ")[:100]
