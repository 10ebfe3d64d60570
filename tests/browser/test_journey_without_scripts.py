"""Writing and finding where scripts don't run: every step is a form or a link."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import until

TITLE = "Biblioteca flutuante: livros digitais na ilha"
API = "/api/practices/?country=PT&sort=newest"
STORY = {
    "title": TITLE,
    "one_line_result": "Oito em cada dez alunos leram mais um livro por mês.",
    "summary": "Três escolas rurais, numa ilha com pouca internet, partilharam uma biblioteca digital durante um ano.",
    "challenge": "O barco com os livros só vinha uma vez por mês.",
    "what_was_done": "Um servidor pequeno em cada escola, com livros que se leem sem rede.",
    "lessons": "Perguntar primeiro aos alunos o que querem ler.",
    "transferability": "Uma sala seca e alguém que goste de livros.",
}


@pytest.fixture
def author(visit, site) -> Page:
    """Signed in, on a Portuguese page, without scripts."""
    page = visit(javascript=False)
    site.sign_in(page, "educator", "/pt/write/")
    return page


def test_a_case_study_is_written_published_and_found(author, visit, site):
    number = _write(author)
    _publish(visit(), site, number)
    reader = visit(javascript=False)
    assert until(lambda: TITLE in reader.request.get(API).text())

    _find(reader)

    author.goto(f"/pt/my/{number}/withdraw/")
    author.locator("main form button.button--danger").click()
    expect(author.locator(".mine__row", has_text=TITLE).locator(".badge--withdrawn")).to_be_visible()
    for address in (API, "/fi/search/?country=PT&sort=newest"):
        assert until(lambda address=address: TITLE not in reader.request.get(address).text())
    reader.goto("/fi/search/?country=PT&sort=newest")
    expect(reader.locator(".card h2").first).to_be_visible()


def _write(page: Page) -> str:
    page.select_option("#id_language", "pt")
    page.locator("main form button.button").click()
    page.wait_for_url(re.compile(r"/pt/my/\d+/$"))
    number = re.search(r"/my/(\d+)/", page.url).group(1)
    for name, text in STORY.items():
        page.fill(f"#id_{name}", text)
    page.get_by_role("button", name="Enviar à redação").click()

    summary = page.locator("#faults")  # too early: told what is missing, nothing lost
    expect(summary).to_be_visible()
    assert page.input_value("#id_lessons") == STORY["lessons"]

    for name in ("outcome", "stage", "cost"):
        page.locator(f"[name={name}]").nth(1).check()
    for name in ("levels", "sectors"):
        page.locator(f"[name={name}]").nth(1).check()
    page.locator("#fold-countries > summary").click()
    page.locator("#fold-countries").get_by_label("Portugal", exact=True).check()
    page.select_option("#id_factors-0-factor", label="Conectividade")
    page.select_option("#id_factors-0-role", label="Obstáculo")
    page.fill("#id_factors-0-sentence", "A ilha tem uma só antena.")
    page.locator("[name=pupils_visible][value=no]").check()
    page.check("[name=rights_confirmed]")
    page.check("[name=privacy_confirmed]")
    page.get_by_role("button", name="Enviar à redação").click()
    page.wait_for_url("**/pt/my/")
    expect(page.locator(".mine__row", has_text=TITLE).locator(".badge--submitted")).to_be_visible()
    return number


def _publish(page: Page, site, number: str) -> None:
    """The editors' desk is Wagtail's and needs scripts."""
    site.sign_in(page, "editor", "/pt/my/")
    page.goto(f"/admin/pages/{number}/edit/")
    page.locator("[data-workflow-action-name=approve]").first.dispatch_event("click")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/(edit/)?$|/admin/pages/\d+/$"))


def _find(page: Page) -> None:
    page.goto("/fi/search/")
    page.fill("#q", "yhteydet maaseudulla")
    page.press("#q", "Enter")
    expect(page.locator(".card").first).to_be_visible()
    page.locator("#f-country-PT").check()
    page.locator("button.no-js-only").click()
    page.wait_for_url(re.compile("country=PT"))
    assert page.locator("#f-country-PT").is_checked()
    page.locator(".card", has_text=TITLE).get_by_role("link", name=re.compile("Biblioteca")).click()
    expect(page.locator("article h1")).to_have_text(TITLE)
    page.goto(page.url.replace("/pt/practices/", "/fi/practices/"))  # the same text in the reader's own frame
    expect(page.locator("article h1")).to_have_text(TITLE)
    assert page.locator("html").get_attribute("lang") == "fi"
    assert page.locator("article").get_attribute("lang") == "pt"
