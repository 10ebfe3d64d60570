"""Addresses."""

from django.urls import path

from community.moderation.views import answering, desk, reporting

urlpatterns = [
    path("", desk.queue, name="moderation"),
    path("log/", desk.log, name="moderation_log"),
    path("log/<slug:slug>/", desk.log, name="group_log"),
    path("figures/", answering.transparency, name="transparency"),
    path("flag/<slug:kind>/<int:pk>/", reporting.flag, name="flag"),
    path("flags/", reporting.my_flags, name="my_flags"),
    path("barriers/", reporting.my_barriers, name="barriers"),
    path("barriers/<int:pk>/put/", reporting.put_barrier, name="put_barrier"),
    path("barriers/<int:pk>/remove/", reporting.remove_barrier, name="remove_barrier"),
    path("notice/", answering.notice, name="notice"),
    path("notice/<str:receipt>/", answering.notice_state, name="notice_state"),
    path("decision/<int:pk>/", answering.decision, name="decision"),
    path("decision/<int:pk>/answer/", answering.answer_complaint, name="answer_complaint"),
    path("decision/link/<str:signed>/", answering.decision_link, name="decision_link"),
    path("case/<slug:what>/<int:pk>/take/", desk.take, name="take_case"),
    path("case/<slug:what>/<int:pk>/dismiss/", desk.dismiss, name="dismiss_case"),
    path("case/notice/<int:pk>/", desk.answer_notice, name="answer_notice"),
    path("post/<int:pk>/show/", desk.let_through, name="let_through"),
    path("<slug:kind>/<int:pk>/", desk.thing, name="moderate"),
    path("<slug:kind>/<int:pk>/<slug:verb>/", desk.act, name="moderate_by"),
]
