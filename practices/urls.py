"""Pages on which members write and follow their case studies."""

from django.urls import path

from practices.writing import views

urlpatterns = [
    path("write/", views.start, name="write"),
    path("my/", views.mine, name="my_case_studies"),
    path("my/<int:pk>/", views.edit, name="edit_case_study"),
    path("my/<int:pk>/more/", views.edit, {"part": "deep"}, name="deepen_case_study"),
    path("my/<int:pk>/preview/", views.preview, name="preview_case_study"),
    path("my/<int:pk>/take-back/", views.take_back, name="take_back_case_study"),
    path("my/<int:pk>/withdraw/", views.withdraw, name="withdraw_case_study"),
    path("my/<int:pk>/restore/", views.restore, name="restore_case_study"),
    path("my/<int:pk>/delete/", views.delete, name="delete_case_study"),
]
