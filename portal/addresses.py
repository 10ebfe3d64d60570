"""Addresses without a language: health, robots, language switch."""

from django.conf.urls.i18n import urlpatterns as set_language
from django.urls import include, path

from portal import views

urlpatterns = [
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap_section"),
    path("language/", include((set_language, "i18n"), namespace=None)),
]
