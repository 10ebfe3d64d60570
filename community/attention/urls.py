"""Addresses of notifications."""

from django.urls import path

from community.attention import views

urlpatterns = [
    path("", views.mine, name="notifications"),
    path("settings/", views.choices, name="notification_settings"),
    path("watch/", views.watch, name="watch"),
    path("stop/<str:signed>/", views.stop, name="stop_notifications"),
]
