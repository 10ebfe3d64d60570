"""A member's own pages."""

from django.urls import path

from people import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("data/", views.my_data, name="my_data"),
    path("data/export/", views.export, name="export_my_data"),
    path("data/delete/", views.delete, name="delete_account"),
]
