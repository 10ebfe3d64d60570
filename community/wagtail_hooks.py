"""The community in the admin: what moderators and auditors look up there; moderating itself happens on the pages."""

from django.contrib.auth.models import Permission
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.groups.permissions import moderates_all
from community.models import Decision, Flag, LogEntry, Notice


class ToLookAt(ModelPermissionPolicy):
    """Moderators of the portal look; nobody adds, changes or deletes what happened."""

    def user_has_permission(self, user, action) -> bool:
        return action == "view" and moderates_all(user)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class HistoryViewSet(SnippetViewSet):
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50


for model in (Flag, Notice, Decision, LogEntry):
    register_permission_policy(model, ToLookAt(model))


class FlagViewSet(HistoryViewSet):
    model = Flag
    icon = "warning"
    list_display = ["__str__", "state", "is_automatic", "by", "handler", "at"]
    list_filter = ["state", "ground", "is_automatic"]


class NoticeViewSet(HistoryViewSet):
    model = Notice
    icon = "mail"
    list_display = ["address", "ground", "state", "handler", "at"]
    list_filter = ["state", "ground"]


class DecisionViewSet(HistoryViewSet):
    model = Decision
    icon = "key"
    list_display = ["__str__", "ground", "by", "affects", "complaint_state", "at"]
    list_filter = ["measure", "ground", "complaint_state"]


class LogViewSet(HistoryViewSet):
    model = LogEntry
    icon = "history"
    list_display = ["at", "by", "action", "about", "group"]
    list_filter = ["action"]


class ModerationViewSets(SnippetViewSetGroup):
    items = (FlagViewSet, NoticeViewSet, DecisionViewSet, LogViewSet)
    menu_label = _("Moderation")
    menu_icon = "warning"
    menu_order = 250


register_snippet(ModerationViewSets)


class DeskItem(MenuItem):
    def is_shown(self, request) -> bool:
        return moderates_all(request.user)


@hooks.register("register_admin_menu_item")
def moderators_desk():
    return DeskItem(_("Moderators' desk"), reverse_lazy("moderation"), icon_name="warning", order=249)


@hooks.register("register_permissions")
def moderating():
    return Permission.objects.filter(content_type__app_label="community", codename="moderate")


class AnsweringItem(MenuItem):
    def is_shown(self, request) -> bool:
        return moderates_all(request.user)


@hooks.register("register_reports_menu_item")
def answering_item():
    return AnsweringItem(
        _("How questions are answered"), reverse_lazy("answering_figures"), icon_name="help", order=910
    )
