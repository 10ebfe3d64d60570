"""A page for each concept, a list for each scheme."""

from django.urls import path

from vocabularies import views

urlpatterns = [
    path("", views.browse, name="browse"),
    path("<slug:scheme>/", views.scheme, name="scheme"),
    path("<slug:scheme>/<str:notation>/", views.concept, name="concept"),
]
