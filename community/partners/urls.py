"""Addresses."""

from django.urls import path

from community.partners import views

urlpatterns = [
    path("", views.offers, name="offers"),
    path("new/", views.new_offer, name="new_offer"),
    path("<int:pk>/", views.offer, name="offer"),
    path("<int:pk>/edit/", views.edit_offer, name="edit_offer"),
    path("<int:pk>/change/", views.change_offer, name="change_offer"),
    path("<int:pk>/write/<int:person>/", views.write_to, name="write_about_offer"),
]
