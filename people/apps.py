"""Registration of the package, and of the admin's list of members."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self):
        from people import letters  # noqa: F401 - registers its duty


class AdminMembersConfig(WagtailUsersAppConfig):
    user_viewset = "people.admin_views.MemberViewSet"
