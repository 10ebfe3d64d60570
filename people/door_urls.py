"""Wagtail's door to private pages leads to the portal's own."""

from django.urls import path

from people import admin_views

urlpatterns = [path("login/", admin_views.sign_in_to_private_page, name="private_page_sign_in")]
