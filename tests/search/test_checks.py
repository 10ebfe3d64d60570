"""Settings of search that can't work are told before anything starts, with what to write instead."""

import pytest
from django.core.checks import run_checks

from search import engines
from search.engines.elasticsearch.connection import Address

NOWHERE = "elasticsearch://node:9200"


@pytest.fixture(autouse=True)
def _forget():
    engines._engine.cache_clear()
    yield
    engines._engine.cache_clear()


def told() -> list[str]:
    return [error.msg for error in run_checks() if error.id == "search.E001"]


@pytest.mark.parametrize(
    "url", ["embedded://", NOWHERE, "elasticsearchs://me:secret@node1,node2:9201/our-portal_2.test"]
)
def test_settings_that_can_work_are_taken(settings, url):
    settings.SEARCH_URL = url

    assert told() == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "names no search engine"),
        ("elasticsearch://", "names no node"),
        ("elasticsearch:///praxis", "names no node"),
        ("elasticsearch://node:port", "SEARCH_URL"),
        ("elasticsearch://node:99999", "SEARCH_URL"),
        ("elasticsearch://:9200", "is no node"),
        ("elasticsearch://me:se/cret@node/Our", "'Our' can't begin the names of indices"),
        ("elasticsearch://node/my portal", "'my portal' can't"),
        ("elasticsearch://node/a*", "'a*' can't"),
        ("elasticsearch://node/a,b", "'a,b' can't"),
        ("elasticsearch://node/_all", "'_all' can't"),
    ],
)
def test_an_address_that_can_t_work_is_told(settings, url, said):
    settings.SEARCH_URL = url

    (message,) = told()

    assert said in message
    assert "cret" not in message


def test_a_certificate_authority_without_tls_is_told(settings, tmp_path):
    settings.SEARCH_URL, settings.SEARCH_CA = NOWHERE, str(tmp_path / "ca.pem")

    (message,) = told()

    assert "elasticsearchs://" in message


@pytest.mark.parametrize("text", [None, "rubbish", ""])
def test_a_certificate_authority_that_is_none_is_told(settings, tmp_path, text):
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text)
    settings.SEARCH_URL, settings.SEARCH_CA = "elasticsearchs://node", str(file)

    (message,) = told()

    assert "SEARCH_CA" in message


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("elasticsearch://node", Address(("http://node:9200",), "", "", "praxis")),
        ("elasticsearch://node:80", Address(("http://node:80",), "", "", "praxis")),
        ("elasticsearchs://a,b:1/x", Address(("https://a:9200", "https://b:1"), "", "", "x")),
        ("elasticsearch://[::1]", Address(("http://[::1]:9200",), "", "", "praxis")),
        ("elasticsearch://me:a/b@c:d@node/x", Address(("http://node:9200",), "me", "a/b@c:d", "x")),
        ("elasticsearch://me:a%2Fb%25@node", Address(("http://node:9200",), "me", "a/b%", "praxis")),
    ],
)
def test_an_address_is_read_as_it_is_meant(url, address):
    assert Address.parse(url) == address
