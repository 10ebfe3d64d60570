"""Addresses of members' pages."""

from django.urls import path

from community.members import views

urlpatterns = [path("<int:pk>/", views.member, name="member")]
