"""Where the cluster is and how it is reached, from SEARCH_URL and the settings beside it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import Elasticsearch

TLS_SCHEME = "elasticsearchs"
PREFIX = "praxis"
TIMEOUT = 10.0  # seconds a node may take
RETRIES = 3


@dataclass(frozen=True)
class Address:
    hosts: tuple[str, ...]
    user: str
    password: str
    prefix: str  # of the names of indices and aliases

    @classmethod
    def parse(cls, url: str) -> "Address":
        """elasticsearch[s]://[user:password@]host:port[,host:port...][/prefix]; the s stands for TLS."""
        scheme, _colon, rest = url.partition("://")
        place, _slash, prefix = rest.partition("/")
        login, _at, hosts = place.rpartition("@")
        user, _colon, password = login.partition(":")
        http = "https" if scheme == TLS_SCHEME else "http"
        addresses = tuple(f"{http}://{host}" for host in hosts.split(",") if host)
        if not addresses or not all(_has_port(address) for address in addresses):
            raise ImproperlyConfigured(
                "SEARCH_URL must name the cluster's nodes with their ports, for example elasticsearch://node1:9200,node2:9200"
            )
        return cls(addresses, unquote(user), unquote(password), prefix.strip("/") or PREFIX)


def _has_port(address: str) -> bool:
    try:
        return urlsplit(address).port is not None
    except ValueError:
        return False


def client(address: Address) -> Elasticsearch:
    """Asks another node when one doesn't answer."""
    options = {}
    if address.user:
        options["basic_auth"] = (address.user, address.password)
    if settings.SEARCH_CA:
        options["ca_certs"] = settings.SEARCH_CA
    return Elasticsearch(
        list(address.hosts),
        request_timeout=TIMEOUT,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
        **options,
    )
