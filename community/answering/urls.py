"""Addresses of answering."""

from django.urls import path

from community.answering import views

urlpatterns = [
    path("", views.my_questions, name="my_questions"),
    path("opt-in/", views.opt_in, name="takes_questions"),
    path("figures/", views.answering_figures, name="answering_figures"),
    path("figures.csv", views.answering_figures, {"form_of": "csv"}, name="answering_figures_csv"),
    path("<int:pk>/take/", views.take_on, name="take_on"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/pass/", views.pass_on, name="pass_on"),
    path("<int:pk>/people/", views.who_could_answer, name="who_could_answer"),
    path("<int:pk>/ways-on/", views.ways_on, name="ways_on"),
    path("<int:pk>/give-up/", views.give_up, name="give_up"),
    path("<int:pk>/outcome/", views.clinic_outcome, name="clinic_outcome"),
]
