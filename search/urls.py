"""The search page, its suggestions and its feeds."""

from django.urls import path

from search import feeds, views
from search.watching import feeds as saved_feeds

urlpatterns = [
    path("", views.page, name="search"),
    path("suggest/", views.suggest, name="search_suggest"),
    path("feed.atom", feeds.feed, name="search_feed"),
    path("saved/<uuid:token>.atom", saved_feeds.feed, name="saved_feed"),
]
