"""A member's saved searches."""

from django.urls import path

from search.watching import views

urlpatterns = [
    path("", views.mine, name="my_searches"),
    path("new/", views.new, name="save_search"),
    path("<int:pk>/", views.change, name="change_search"),
    path("<int:pk>/delete/", views.delete, name="delete_search"),
    path("stop/<str:signed>/", views.stop, name="stop_messages"),
]
