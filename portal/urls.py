"""Every address of the site: packages are named, never imported."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include("people.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("portal.addresses")),
    path("api/", include("search.api_urls")),
]
if getattr(settings, "PRAXIS_SERVE_MEDIA", False):
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("me/", include("people.urls")),
    path("search/", include("search.urls")),
    path("my/searches/", include("search.watching.urls")),
    path("browse/", include("vocabularies.urls")),
    path("community/", include("community.urls")),
    path("", include("portal.page_urls")),
    path("", include("practices.urls")),
    path("_util/", include("people.door_urls")),
    path("", include(wagtail_urls)),
)

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.broken"
