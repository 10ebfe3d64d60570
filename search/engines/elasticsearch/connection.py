"""Where the cluster is and how it is reached, from SEARCH_URL and the settings beside it."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from search.contract import Unavailable

log = logging.getLogger(__name__)
TLS_SCHEME = "elasticsearchs"
PREFIX = "praxis"
TIMEOUT = 10.0  # seconds a node may take to write
RETRIES = 3
ANSWER_WITHIN = 2.0  # seconds a node may take where somebody waits; at 50,000 entries a question takes 0.1
SIGN_OF_LIFE_WITHIN = 1.0
HOLDS = {"search": "hits", "scroll": "hits", "bulk": "items"}  # what an answer must hold, by the name of the question


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


class Cluster(Elasticsearch):
    """Takes an answer only where it looks like the cluster's: a proxy, or another server, may answer in its place."""

    def perform_request(self, method, path, *, body=None, endpoint_id=None, **options):
        answer = super().perform_request(method, path, body=body, endpoint_id=endpoint_id, **options)
        if method != "HEAD" and not _is_an_answer(answer.body, endpoint_id, body):
            raise Unavailable(f"What answers at {path} is not Elasticsearch.")
        return answer


def _is_an_answer(answer: object, question: str | None, body: object) -> bool:
    """With the counts that were asked for, too."""
    counts = isinstance(body, dict) and bool(body.keys() & {"aggs", "aggregations"})
    held = {HOLDS[question]} if question in HOLDS else set()
    return isinstance(answer, dict) and answer.keys() >= held | ({"aggregations"} if counts else set())


def client(address: Address) -> Cluster:
    """Patient: for writing, and for whatever nobody waits for. Asks another node when one doesn't answer."""
    options = {}
    if address.user:
        options["basic_auth"] = (address.user, address.password)
    if settings.SEARCH_CA:
        options["ca_certs"] = settings.SEARCH_CA
    return Cluster(
        list(address.hosts),
        request_timeout=TIMEOUT,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
        **options,
    )


def prompt(patient: Cluster, address: Address) -> Cluster:
    """The same nodes where somebody waits: one that is silent is not asked a second time, but another is."""
    return patient.options(request_timeout=ANSWER_WITHIN, max_retries=1, retry_on_timeout=len(address.hosts) > 1)


def brief(patient: Cluster) -> Cluster:
    """The same nodes for a sign of life."""
    return patient.options(request_timeout=SIGN_OF_LIFE_WITHIN, max_retries=1, retry_on_timeout=True)


@contextlib.contextmanager
def answered() -> Iterator[None]:
    """Whatever keeps the cluster from answering is one thing to the caller."""
    try:
        yield
    except (ApiError, TransportError, helpers.BulkIndexError, helpers.ScanError) as error:
        if isinstance(error, ApiError) and error.status_code == 400:
            log.exception("Elasticsearch doesn't take the question.")
        raise Unavailable(f"Elasticsearch doesn't answer: {type(error).__name__}: {str(error)[:300]}") from error
