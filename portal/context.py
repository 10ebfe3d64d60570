"""What every template may rely on."""

from django.conf import settings
from django.http import HttpRequest

from portal import languages


def site(request: HttpRequest) -> dict:
    return {"site_name": settings.WAGTAIL_SITE_NAME, "portal_languages": languages.LANGUAGES}
