"""Where the cluster is and how it is reached, from SEARCH_URL and the settings beside it."""

import contextlib
import logging
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, TransportError, helpers

from search.contract import Unavailable

log = logging.getLogger(__name__)
TLS_SCHEME = "elasticsearchs"
PREFIX, PORT = "praxis", 9200
FIT = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")  # what Elasticsearch takes, and no pattern that means several
EXAMPLE = "For example: elasticsearch://node1:9200,node2:9200 or elasticsearchs://user:password@node1:9200/praxis"
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
        """elasticsearch[s]://[user:password@]host[:port][,host[:port]...][/prefix]; the s stands for TLS."""
        scheme, _colon, rest = url.partition("://")
        login, _at, rest = rest.rpartition("@")  # whatever signs a password holds
        hosts, _slash, prefix = rest.partition("/")
        user, _colon, password = login.partition(":")
        http = "https" if scheme == TLS_SCHEME else "http"
        addresses = tuple(_with_port(f"{http}://{host.strip()}") for host in hosts.split(",") if host.strip())
        if not addresses:
            raise ImproperlyConfigured("SEARCH_URL names no node. " + EXAMPLE)
        return cls(addresses, unquote(user), unquote(password), _fit(prefix.strip("/") or PREFIX))

    @property
    def is_encrypted(self) -> bool:
        return self.hosts[0].startswith("https:")


def _with_port(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_URL names a node or port that can't be. {EXAMPLE}") from error
    if not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SEARCH_URL: {parts.netloc!r} is no node. {EXAMPLE}")
    return address if port else f"{address.rstrip(':')}:{PORT}"


def _fit(prefix: str) -> str:
    if not FIT.fullmatch(prefix):
        raise ImproperlyConfigured(
            f"SEARCH_URL: {prefix!r} can't begin the names of indices. Use small letters a to z, digits, '-', '_' and '.', "
            f"a letter or digit first, 100 at most."
        )
    return prefix


def authority(address: Address) -> str:
    """The file the cluster's certificate is checked with; none where the system knows who signed it."""
    if not settings.SEARCH_CA:
        return ""
    if not address.is_encrypted:
        raise ImproperlyConfigured(
            "SEARCH_CA is set, but SEARCH_URL asks without TLS. Begin SEARCH_URL with elasticsearchs://, or leave SEARCH_CA empty."
        )
    try:
        ssl.create_default_context(cafile=settings.SEARCH_CA)
    except OSError as error:
        raise ImproperlyConfigured(
            f"SEARCH_CA={settings.SEARCH_CA!r} can't be used: {error}. Name a file with certificates in PEM form."
        ) from error
    return settings.SEARCH_CA


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
    if certificates := authority(address):
        options["ca_certs"] = certificates
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
