"""Browsing: schemes, concepts, and counts that follow who may see what."""

import re

import pytest
from wagtail.models import PageViewRestriction

from search import indexer
from tests.factories import a_case_study, a_member
from vocabularies import labels, reading, rosette
from vocabularies.models import Concept

pytestmark = pytest.mark.django_db


def role_counts(html: str) -> list[int]:
    return [int(number) for number in re.findall(r"<strong>(\d+)</strong><span lang", html)]


def test_a_factor_counts_its_roles_and_leads_to_the_search(client):
    a_case_study(factors=[("connectivity", "barrier", "")])
    a_case_study(factors=[("connectivity", "barrier", ""), ("connectivity", "outcome", "")])
    indexer.drain()

    html = client.get("/en/browse/factor/connectivity/").content.decode()

    assert role_counts(html) == [0, 0, 2, 1]
    assert re.findall(r'href="(/en/search/\?factor=connectivity%3A[^"]*)"', html) == [
        "/en/search/?factor=connectivity%3Abarrier",
        "/en/search/?factor=connectivity%3Aoutcome",
    ]


def test_counts_leave_out_what_the_reader_may_not_see(client):
    a_case_study("Open one")
    inner = a_case_study("Inner one")
    PageViewRestriction.objects.create(page=inner, restriction_type=PageViewRestriction.LOGIN)
    a_case_study("Draft", live=False)
    indexer.drain()

    assert role_counts(client.get("/en/browse/factor/connectivity/").content.decode()) == [0, 0, 1, 0]
    client.force_login(a_member())
    assert role_counts(client.get("/en/browse/factor/connectivity/").content.decode()) == [0, 0, 2, 0]


def test_a_concept_speaks_the_language_of_the_page(client):
    html = client.get("/de/browse/factor/connectivity/").content.decode()

    assert re.search(r"<h1>(.*?)</h1>", html).group(1) == "Konnektivität"


def test_a_concept_of_a_scheme_without_facet_has_a_page_too(client):
    html = client.get("/en/browse/licence/cc-by-4.0/").content.decode()

    assert re.search(r"<h1>(.*?)</h1>", html).group(1) == "CC BY 4.0"
    assert "/en/search/?" not in html


@pytest.mark.parametrize(
    "address", ["/en/browse/nothing/", "/en/browse/factor/nothing/", "/en/browse/level/connectivity/"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_long_scheme_lists_what_holds_case_studies_most_first(client):
    a_case_study(countries=("PT",))
    a_case_study(countries=("PT", "FI"))
    indexer.drain()

    html = client.get("/en/browse/country/").content.decode()

    assert re.findall(r'entries__name" lang="en">(.*?)</span><span class="entries__count">(\d+)', html) == [
        ("Portugal", "2"),
        ("Finland", "1"),
    ]


def test_browse_holds_each_scheme_once(client, settings):
    a_case_study()
    indexer.drain()

    schemes = re.findall(r'id="scheme-([\w-]+)"', client.get("/en/browse/").content.decode())

    assert schemes == [
        "level",
        "country",
        "factor",
        "topic",
        "sector",
        "evidence",
        "outcome",
        "cost",
        "aim",
        "target",
        "setting",
        "stage",
        "language",
    ]


def test_hidden_labels_stay_hidden():
    greece = Concept.objects.of("country").get(notation="GR")

    assert greece.labels.filter(kind="hidden", text="Hellas").exists()
    assert reading.words_of(greece).synonyms == []


@pytest.mark.parametrize("address", ["/en/browse/", "/en/browse/country/", "/en/browse/factor/connectivity/"])
def test_a_page_costs_the_same_queries_with_one_and_three(client, address, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(labels, "CHECK_EVERY", 3600)  # or a slow machine asks once more
    a_case_study()
    indexer.drain()
    client.get(address)
    with django_assert_max_num_queries(10) as first:
        client.get(address)
    a_case_study()
    a_case_study(countries=("FI",))
    indexer.drain()
    with django_assert_max_num_queries(10) as second:
        client.get(address)

    assert len(second.captured_queries) == len(first.captured_queries)


def test_each_factor_has_its_place_and_no_place_is_empty():
    assert sorted(rosette.PLACES) == sorted(Concept.objects.of("factor").current().values_list("notation", flat=True))


def test_a_rosette_says_in_words_what_it_draws():
    drawn = rosette.svg([("connectivity", "barrier"), ("privacy", "outcome"), ("unheard-of", "barrier")], "en")

    assert re.search(r'aria-label="([^"]*)"', drawn).group(1) == "Barrier: Connectivity. Outcome: Privacy"
    assert re.findall(r'class="r-(\w+)"', drawn) == ["ring", "barrier", "outcome"]
