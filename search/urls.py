"""The search page and its feeds."""

from django.urls import path

from search import views

urlpatterns = [path("", views.page, name="search")]
