"""What every template may rely on."""

from django.conf import settings
from django.http import HttpRequest

from portal import languages, own_address


def site(request: HttpRequest) -> dict:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": own_address.absolute(""),
        "contact": settings.PRAXIS_CONTACT,
        "portal_languages": languages.LANGUAGES,
    }
