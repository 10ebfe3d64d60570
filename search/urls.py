"""The search page, its suggestions and its feeds."""

from django.urls import path

from search import feeds, views

urlpatterns = [
    path("", views.page, name="search"),
    path("suggest/", views.suggest, name="search_suggest"),
    path("feed.atom", feeds.feed, name="search_feed"),
]
