"""The page of a case study: who may read it, in which language it stands, what it tells machines."""

import json
import re

import pytest
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from practices import reading
from practices.models import CaseStudyImage, Organisation, Participation, Suggestion
from tests.factories import a_case_study, a_member, an_editor, concept
from vocabularies import labels

pytestmark = pytest.mark.django_db


def page_of(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def a_translation(page, language: str, **fields):
    """The same case study published in another language."""
    fields = {"slug": page.slug, **fields}
    return a_case_study(
        language=language,
        source_language=page.source_language,
        translation_key=page.translation_key,
        **fields,
    )


def test_a_portuguese_case_study_opens_inside_the_finnish_interface(client):
    a_case_study("Escola da serra", language="pt", slug="serra")

    html = page_of(client, "/fi/practices/serra/")

    assert re.search(r"<html lang=\"(\w+)\"", html).group(1) == "fi"
    assert re.search(r"<article [^>]*lang=\"(\w+)\"", html).group(1) == "pt"
    assert re.findall(r'<link rel="canonical" href="[^"]*(/\w\w/practices/[^"]*)"', html) == ["/pt/practices/serra/"]
    assert "portugali" in html  # the notice names the language as Finns write it


def test_only_real_translations_are_alternates(client):
    page = a_case_study("Hill school", slug="hill")
    a_translation(page, "pt", title="Escola da serra")
    a_translation(page, "de", title="Bergschule", live=False)

    html = page_of(client, "/en/practices/hill/")

    assert re.findall(r'rel="alternate" hreflang="(\w+)"', html) == ["en", "pt"]
    assert "Bergschule" not in html


def test_a_case_study_in_one_language_names_no_alternates(client):
    a_case_study(slug="alone")

    assert re.findall(r'rel="alternate" hreflang="(\w+)"', page_of(client, "/en/practices/alone/")) == []


def test_a_reader_gets_the_translation_in_her_language(client):
    page = a_case_study("Hill school", slug="hill")
    a_translation(page, "pt", title="Escola da serra")

    assert "<h1>Escola da serra</h1>" in page_of(client, "/pt/practices/hill/")
    assert "<h1>Hill school</h1>" in page_of(client, "/fi/practices/hill/")


def test_a_translation_with_an_address_of_its_own_answers_the_original_one_too(client):
    page = a_case_study("Hill school", slug="hill")
    a_translation(page, "pt", title="Escola da serra", slug="serra")

    assert "<h1>Escola da serra</h1>" in page_of(client, "/pt/practices/hill/")
    assert "<h1>Escola da serra</h1>" in page_of(client, "/pt/practices/serra/")
    assert "<h1>Hill school</h1>" in page_of(client, "/fi/practices/serra/")


def test_two_case_studies_of_one_name_in_two_languages_are_two(client):
    a_case_study("English one", slug="same")
    a_case_study("Portuguese one", slug="same", language="pt")

    assert "<h1>English one</h1>" in page_of(client, "/en/practices/same/")
    assert "<h1>Portuguese one</h1>" in page_of(client, "/pt/practices/same/")


def test_a_withdrawn_case_study_keeps_its_address_and_shows_nothing_of_its_text(client):
    a_case_study(
        "Secret title", slug="gone", live=False, withdrawn_at=timezone.now(), withdrawal_note="The author asked."
    )

    html = page_of(client, "/en/practices/gone/", status=410)

    assert "The author asked." in html
    assert "Secret title" not in html


def test_a_draft_has_no_page(client):
    a_case_study("Secret title", slug="draft", live=False)

    assert "Secret title" not in page_of(client, "/en/practices/draft/", status=404)


def test_a_page_for_members_sends_visitors_to_sign_in(client):
    page = a_case_study("Secret title", slug="inner")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/en/practices/inner/").status_code == 302
    client.force_login(a_member())
    assert "<h1>Secret title</h1>" in page_of(client, "/en/practices/inner/")


def test_a_restricted_translation_is_not_offered(client):
    page = a_case_study("Hill school", slug="hill")
    inner = a_translation(page, "pt", title="Escola da serra")
    PageViewRestriction.objects.create(page=inner, restriction_type=PageViewRestriction.LOGIN)

    assert [version.language for version in reading.versions_of(page, None)] == ["en"]
    assert [version.language for version in reading.versions_of(page, a_member())] == ["en", "pt"]


def test_factor_statements_are_grouped_by_role_in_the_order_of_the_rosette(client):
    page = a_case_study(
        factors=[("privacy", "outcome", ""), ("connectivity", "barrier", ""), ("ethics", "barrier", "")]
    )

    groups = reading._role_groups(page)

    assert [(group.notation, len(group.statements)) for group in groups] == [("barrier", 2), ("outcome", 1)]


def test_suggestions_repeat_nothing_the_author_said():
    page = a_case_study(factors=[("connectivity", "barrier", "")])
    for path in ("factor/connectivity", "topic/rural-education", "factor/privacy", "factor/privacy"):
        page.suggestions.add(Suggestion(concept=concept(path), found="words"))
    page.save()

    assert [one.notation for one in reading._suggested(page)] == ["privacy"]


def test_structured_data_is_json_whatever_the_title_holds(client):
    a_case_study("</script><script>alert(1)</script> & more", slug="sly")

    html = page_of(client, "/en/practices/sly/")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1))

    assert data["@type"] == "LearningResource"
    assert data["name"] == "</script><script>alert(1)</script> & more"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["inLanguage"] == "en"


def test_texts_of_members_become_harmless_html(client):
    a_case_study(slug="sly", what_was_done="**Bold** <img src=x onerror=alert(1)>")

    html = page_of(client, "/en/practices/sly/")

    assert "<strong>Bold</strong>" in html
    assert "<img src=x" not in html


def test_its_author_and_editors_get_a_way_to_edit(client):
    author = a_member()
    page = a_case_study(slug="mine", owner=author)

    def ways() -> list[str]:
        return re.findall(
            r'class="button button--quiet" href="([^"]*(?:/my/|/edit/)[^"]*)"', page_of(client, "/en/practices/mine/")
        )

    assert ways() == []
    client.force_login(a_member())
    assert ways() == []
    client.force_login(author)
    assert ways() == [f"/en/my/{page.pk}/"]
    client.force_login(an_editor())
    assert ways() == [f"/admin/pages/{page.pk}/edit/"]


def test_an_editor_previews_a_draft_with_what_is_not_saved_yet():
    page = a_case_study("Published title", slug="draft")
    page.title = "Title of the draft"
    page.levels = [concept("level/isced-3")]
    draft = page.save_revision().as_object()

    response = draft.make_preview_request()
    html = response.render().content.decode() if hasattr(response, "render") else response.content.decode()

    assert "<h1>Title of the draft</h1>" in html
    assert concept("level/isced-3").label in html
    assert re.findall(r'<meta name="robots" content="(\w+)"', html) == ["noindex"]


def full(slug: str, many: int):
    page = a_case_study(
        slug=slug,
        levels=("isced-1", "isced-2", "isced-3")[:many],
        countries=("PT", "ES", "FI")[:many],
        factors=[(factor, "barrier", "Why.") for factor in ("connectivity", "privacy", "ethics")[:many]],
    )
    for number in range(many):
        organisation = Organisation.objects.create(name=f"School {number}", country=concept("country/PT"))
        page.participations.add(Participation(organisation=organisation))
        page.suggestions.add(Suggestion(concept=concept(f"level/isced-{4 + number}"), found="words"))
        image = Image.objects.create(title="School", file=get_test_image_file(f"{slug}-{number}.png"))
        page.images.add(CaseStudyImage(image=image, alt="A school"))
    page.save()


def test_a_page_costs_the_same_queries_however_much_it_holds(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(labels, "CHECK_EVERY", 3600)  # or a slow machine asks once more
    full("small", 1)
    full("large", 3)
    for slug in ("small", "large"):
        client.get(f"/en/practices/{slug}/")  # makes the renditions

    for slug in ("small", "large"):
        with django_assert_num_queries(39):
            client.get(f"/en/practices/{slug}/")
