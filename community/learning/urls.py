"""Addresses of what threads came to."""

from django.urls import path

from community.learning import views

urlpatterns = [
    path("", views.mine, name="my_quotations"),
    path("threads/<int:pk>/", views.promote, name="promote_thread"),
    path("case-studies/<int:pk>/", views.quotations, name="quotations"),
    path("<int:pk>/", views.quotation, name="quotation"),
]
