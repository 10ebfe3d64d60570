"""Registration of the package."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import (
            checks,  # noqa: F401 - registers itself
            concepts,  # noqa: F401 - listens for loaded vocabularies
        )
        from search.watching import personal_data  # noqa: F401 - registers itself
