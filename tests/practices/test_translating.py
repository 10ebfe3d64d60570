"""A case study in another language, made at the editors' desk with wagtail-localize."""

import pytest
from django.test import Client, TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from practices import actions
from practices.models import CaseStudy
from practices.site_tree import index_in
from search import indexer
from tests.factories import a_case_study, a_member, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    page = a_case_study(
        "Rede na serra",
        slug="rede-na-serra",
        language="pt",
        source_key="list:1",
        factors=[("connectivity", "barrier", "A rede caiu.")],
        steps=[("step", {"title": "Medir", "when": "", "text": "Cada dia."})],
        owner=a_member(),
    )
    page.save_revision()
    return page


def translated(original: CaseStudy, words: dict[str, str], language: str = "fi") -> CaseStudy:
    source, _made = TranslationSource.update_or_create_from_instance(original)
    locale = Locale.objects.get(language_code=language)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=words[segment.string.data],
            )
    with TestCase.captureOnCommitCallbacks(execute=True):  # it is published after the commit
        translation.save_target(publish=True)
    return CaseStudy.objects.get(translation_key=original.translation_key, locale=locale)


WORDS = {"Rede na serra": "Verkko vuorilla", "A rede caiu.": "Verkko katkesi.", "Medir": "Mittaa"}


def test_a_translation_lies_under_the_index_of_its_language_at_the_same_address(original):
    page = translated(original, WORDS)

    assert page.get_parent().pk == index_in("fi").pk
    assert (page.title, page.slug, page.live) == ("Verkko vuorilla", "rede-na-serra", True)
    assert (page.source_language, page.source_key) == ("pt", None)
    assert [level.notation for level in page.levels.all()] == ["isced-1"]


def test_the_sentence_of_a_factor_is_translated_and_the_factor_is_not(original):
    page = translated(original, WORDS)

    assert [(one.factor.notation, one.sentence) for one in page.factor_statements.all()] == [
        ("connectivity", "Verkko katkesi.")
    ]
    assert [step.value["title"] for step in page.steps] == ["Mittaa"]


def test_all_its_languages_are_one_hit(client, original):
    translated(original, WORDS)
    indexer.drain()

    assert client.get("/api/practices/").json()["count"] == 1
    assert client.get("/api/practices/?q=vuorilla").json()["count"] == 1
    assert client.get("/fi/practices/rede-na-serra/").content.decode().count("Verkko katkesi.") == 1


def test_writing_on_in_the_original_keeps_what_is_translated(original):
    translated(original, WORDS)
    client = Client()
    client.force_login(original.owner)
    form = client.get(f"/en/my/{original.pk}/").context["editing"].formsets["factors"]
    deep = client.get(f"/en/my/{original.pk}/more/").context["editing"].formsets["steps"]

    client.post(f"/en/my/{original.pk}/", {"title": "Rede na serra", **typed(form)})
    client.post(f"/en/my/{original.pk}/more/", typed(deep))
    actions.publish(CaseStudy.objects.get(pk=original.pk), by=an_editor())
    page = translated(CaseStudy.objects.get(pk=original.pk), {})

    assert [one.sentence for one in page.factor_statements.all()] == ["Verkko katkesi."]
    assert [step.value["title"] for step in page.steps] == ["Mittaa"]


def typed(formset) -> dict:
    """What a browser would send of these rows."""
    sent = {f"{formset.prefix}-TOTAL_FORMS": len(formset.forms), f"{formset.prefix}-INITIAL_FORMS": 0}
    for row in formset.forms:
        for field in row:
            if field.value() not in (None, False):
                sent[field.html_name] = field.value()
    return sent


def test_withdrawing_takes_every_language_away(client, original):
    page = translated(original, WORDS)

    actions.withdraw(original, by=original.owner)
    indexer.drain()

    assert client.get(page.url).status_code == 410
    assert client.get("/api/practices/?q=vuorilla").json()["count"] == 0


def test_an_editor_sends_it_for_translation_in_the_admin(client, original):
    client.force_login(an_editor())
    address = f"/admin/localize/submit/page/{original.pk}/"
    finnish = Locale.objects.get(language_code="fi")

    assert client.get(address).status_code == 200
    client.post(address, {"locales": [finnish.pk]})

    page = CaseStudy.objects.get(translation_key=original.translation_key, locale=finnish)
    assert page.get_parent().pk == index_in("fi").pk
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
