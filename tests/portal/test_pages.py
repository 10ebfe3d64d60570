"""Home, pages about the portal, errors in the reader's language, what crawlers read."""

import re

import pytest
from django.urls import path
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_urls
from search import indexer
from tests.factories import a_case_study, concept
from vocabularies import labels

pytestmark = pytest.mark.django_db


def break_down(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [path("en/broken/", break_down), path("de/broken/", break_down), *portal_urls]


def titles(html: str) -> list[str]:
    return re.findall(r"<h3 lang=\"\w+\"><a href=\"[^\"]*\">([^<]*)</a>", html)


def test_an_empty_portal_invites_to_share(client):
    indexer.rebuild()

    html = client.get("/en/").content.decode()

    assert "No case study yet" in html
    assert titles(html) == []


def test_the_home_page_shows_the_newest_and_what_did_not_work(client):
    a_case_study("Older", first_published_at=timezone.datetime(2024, 1, 1, tzinfo=timezone.get_current_timezone()))
    a_case_study(
        "Newer",
        first_published_at=timezone.datetime(2025, 1, 1, tzinfo=timezone.get_current_timezone()),
        outcome=concept("outcome/did-not-work"),
    )
    a_case_study("Draft", live=False)
    indexer.drain()

    assert titles(client.get("/en/").content.decode()) == ["Newer", "Older", "Newer"]


def test_the_home_page_costs_the_same_queries_with_one_and_three(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(labels, "CHECK_EVERY", 3600)  # or a slow machine asks once more
    a_case_study()
    indexer.drain()
    client.get("/en/")
    with django_assert_num_queries(7):
        client.get("/en/")
    a_case_study()
    a_case_study()
    indexer.drain()
    with django_assert_num_queries(7):
        client.get("/en/")


@pytest.mark.parametrize("address", ["about", "accessibility", "privacy"])
def test_pages_about_the_portal_have_one_heading_and_all_languages(client, address):
    html = client.get(f"/mt/{address}/").content.decode()

    assert len(re.findall(r"<h1>", html)) == 1
    assert len(re.findall(r'rel="alternate" hreflang', html)) == 24


def test_the_accessibility_statement_says_where_to_turn(client, settings):
    settings.PRAXIS_CONTACT = "help@example.org"

    assert re.findall(r'href="mailto:([^"]*)"', client.get("/en/accessibility/").content.decode()) == [
        "help@example.org"
    ]


def test_a_page_that_is_not_there_offers_a_search_for_its_words(client):
    response = client.get("/en/rural-schools/")

    assert response.status_code == 404
    assert re.findall(r'id="q" name="q" value="([^"]*)"', response.content.decode()) == ["rural schools"]


def test_errors_speak_the_language_of_the_address(client):
    assert '<html lang="fi"' in client.get("/fi/nowhere/").content.decode()


@pytest.mark.urls("tests.portal.test_pages")
def test_a_broken_page_says_so_in_the_language_of_the_address(client):
    client.raise_request_exception = False

    response = client.get("/de/broken/")

    assert response.status_code == 500
    assert '<html lang="de">' in response.content.decode()
    assert "broken on purpose" not in response.content.decode()


def test_a_form_without_its_token_is_refused_with_a_way_out():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/fi/accounts/login/", {"login": "a@example.org"})

    assert response.status_code == 403
    assert '<html lang="fi"' in response.content.decode()


def test_the_language_switch_keeps_page_and_question(client):
    html = client.get("/en/search/?q=maths&level=isced-1").content.decode()

    assert re.findall(r'<a href="([^"]*)" lang="pt"', html) == ["/pt/search/?q=maths&amp;level=isced-1"]


def test_robots_are_shown_the_sitemap(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://praxis.example"

    text = client.get("/robots.txt").content.decode()

    assert text.splitlines()[-1] == "Sitemap: https://praxis.example/sitemap.xml"


def test_the_sitemap_holds_public_case_studies_with_their_real_translations_only(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://praxis.example"
    page = a_case_study(slug="open")
    a_case_study(language="pt", slug="open", source_language="en", translation_key=page.translation_key)
    a_case_study(slug="alone")
    a_case_study(slug="draft", live=False)
    a_case_study(slug="gone", live=False, withdrawn_at=timezone.now())
    inner = a_case_study(slug="inner")
    PageViewRestriction.objects.create(page=inner, restriction_type=PageViewRestriction.LOGIN)

    xml = client.get("/sitemap-case-studies.xml").content.decode()

    assert sorted(re.findall(r"<loc>https://praxis.example(.*?)</loc>", xml)) == [
        "/en/practices/alone/",
        "/en/practices/open/",
        "/pt/practices/open/",
    ]
    assert re.findall(r'hreflang="(\w+)"', xml) == ["en", "pt", "en", "pt"]


def test_the_sitemap_index_names_each_part(client):
    xml = client.get("/sitemap.xml").content.decode()

    assert set(re.findall(r"/sitemap-([\w-]+)\.xml", xml)) == {"concepts", "case-studies"}


def test_pages_load_nothing_from_elsewhere_and_no_inline_code(client):
    a_case_study()
    indexer.drain()
    for address in ("/en/", "/en/search/", "/en/browse/factor/connectivity/"):
        html = client.get(address).content.decode()
        assert re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1|localhost)[^"]*"', html) == [], address
        assert re.findall(r"<script(?![^>]*src=)[^>]*>|<style|\sstyle=", html) == [], address
