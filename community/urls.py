"""Every address of the community, below community/."""

from django.urls import include, path

urlpatterns = [
    path("", include("community.threads.urls")),
    path("groups/", include("community.groups.urls")),
    path("answering/", include("community.answering.urls")),
    path("notifications/", include("community.attention.urls")),
    path("learning/", include("community.learning.urls")),
    path("moderation/", include("community.moderation.urls")),
    path("partners/", include("community.partners.urls")),
    path("events/", include("community.events.urls")),
    path("members/", include("community.members.urls")),
]
