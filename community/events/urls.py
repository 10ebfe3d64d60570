"""Addresses."""

from django.urls import path

from community.events import subscribing, views

urlpatterns = [
    path("", views.events, name="events"),
    path("new/", views.new_event, name="new_event"),
    path("feed/", subscribing.feed, name="events_feed"),
    path("events.ics", subscribing.events_file, name="events_calendar"),
    path("mine/<str:signed>.ics", subscribing.my_file, name="my_calendar"),
    path("<int:pk>/", views.event, name="event"),
    path("<int:pk>/edit/", views.edit_event, name="edit_event"),
    path("<int:pk>/cancel/", views.cancel_event, name="cancel_event"),
    path("<int:pk>/register/", views.register, name="register_for_event"),
    path("<int:pk>/unregister/", views.unregister, name="unregister_from_event"),
    path("<int:pk>/event.ics", subscribing.event_file, name="event_calendar"),
]
