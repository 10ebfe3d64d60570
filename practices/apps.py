"""Registration of the package."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from practices import signals  # noqa: F401 - listens for what changes who may find a case study
