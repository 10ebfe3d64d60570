"""What is wrong with the settings of search is told before anything starts."""

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from search.engines import engine


@checks.register
def engine_can_be_made(app_configs, **kwargs) -> list[checks.Error]:
    """Nothing is asked of it: it may be away."""
    try:
        engine()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="search.E001")]
    return []
