"""Registration of the package."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from practices import mails, personal_data, signals  # noqa: F401 - they register themselves
