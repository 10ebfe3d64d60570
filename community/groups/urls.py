"""Addresses of groups."""

from django.urls import path

from community.groups import views

urlpatterns = [
    path("", views.groups, name="groups"),
    path("new/", views.new, name="new_group"),
    path("<slug:slug>/", views.group, name="group"),
    path("<slug:slug>/settings/", views.change, name="change_group"),
    path("<slug:slug>/members/", views.members, name="group_members"),
    path("<slug:slug>/members/<int:pk>/", views.membership, name="group_membership"),
    path("<slug:slug>/invite/", views.invite, name="invite_to_group"),
    path("<slug:slug>/join/", views.join, name="join_group"),
    path("<slug:slug>/leave/", views.leave, name="leave_group"),
    path("<slug:slug>/listed/", views.listed, name="list_me_in_group"),
    path("<slug:slug>/pins/", views.pins, name="group_pins"),
    path("<slug:slug>/state/", views.conclude, name="conclude_group"),
    path("<slug:slug>/deliverable/", views.deliverable, name="group_deliverable"),
    path("<slug:slug>/export/", views.export, name="export_group"),
]
