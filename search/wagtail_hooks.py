"""The search in the admin."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import admin_views


class UpkeepItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(admin_views.PERMISSION)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("search-upkeep/", admin_views.upkeep, name="search_upkeep"),
        path("search-upkeep/translate-again/", admin_views.translate_again, name="search_translate_again"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item():
    return UpkeepItem(_("Search"), reverse_lazy("search_upkeep"), icon_name="search", order=900)


@hooks.register("register_permissions")
def permissions():
    return Permission.objects.filter(content_type__app_label="search", codename="add_indexrun")
