"""The engine of this installation, chosen by SEARCH_URL. Each is loaded only where it is used."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.contract import Engine

ENGINES = {
    "embedded": "search.engines.embedded.EmbeddedEngine",
    "elasticsearch": "search.engines.elasticsearch.ElasticsearchEngine",
    "elasticsearchs": "search.engines.elasticsearch.ElasticsearchEngine",
}


def engine() -> Engine:
    return _engine(settings.SEARCH_URL, str(settings.DATA_DIR))


def is_ready() -> bool:
    return engine().ready()


@lru_cache(maxsize=4)
def _engine(url: str, data_dir: str) -> Engine:
    scheme = url.partition("://")[0]
    if scheme not in ENGINES:
        known = ", ".join(f"{name}://" for name in ENGINES)
        raise ImproperlyConfigured(f"SEARCH_URL={scheme!r}… names no search engine. It must begin with one of: {known}")
    try:
        made = import_string(ENGINES[scheme])
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            f"SEARCH_URL={scheme!r}… needs the package {error.name}. Install: pip install -r requirements-elasticsearch.lock"
        ) from error
    return made(url, data_dir)
