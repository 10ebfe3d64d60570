"""Registration of the package."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from community import audiences, listeners, personal_data  # noqa: F401 - they register themselves
        from community.attention import personal_data as of_attention  # noqa: F401
