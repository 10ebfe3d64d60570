"""Addresses: the forum alone."""

from django.urls import include, path
from machina import urls

urlpatterns = [path("", include(urls))]
