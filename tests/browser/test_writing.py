"""Writing in a real browser: saved while typing, kept without a connection, one section a screen on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_pages import TAGS, WIDEST


@pytest.fixture
def begin(visit, site):
    """begin(width=320) -> a new draft of a member, open in the short form."""

    def make(**options):
        page = visit(**options)
        site.sign_in(page, "educator", "/en/write/")
        page.select_option("#id_language", "en")
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/my/*/")
        return page

    return make


def said(page, words: str) -> None:
    expect(page.locator("[data-status]")).to_contain_text(re.compile(words), timeout=40_000)


def test_words_are_saved_while_they_are_typed(begin):
    page = begin()

    page.fill("#id_title", "Night lessons by radio")
    said(page, r"^Saved \d\d:\d\d$")
    page.reload()

    assert page.input_value("#id_title") == "Night lessons by radio"


def test_words_typed_without_a_connection_are_there_again(begin):
    page = begin()
    page.context.set_offline(True)
    page.fill("#id_challenge", "The ferry was late.")
    said(page, "Not saved: no connection")
    address = page.url
    page.goto("about:blank")
    page.context.set_offline(False)

    page.goto(address)

    assert page.input_value("#id_challenge") == "The ferry was late."
    said(page, r"^Saved")


def test_a_row_half_typed_waits_in_the_browser(begin):
    page = begin()
    page.get_by_role("button", name="Add a row").click()
    page.fill("#id_factors-2-sentence", "The network was down.")
    said(page, "Success factors, row 3, Role: Fill this in, or empty the whole row.")
    address = page.url
    page.goto("/en/my/")

    page.goto(address)

    assert page.input_value("#id_factors-2-sentence") == "The network was down."


def test_what_another_window_changed_is_not_overwritten_unasked(begin):
    page = begin()
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#id_lessons", "From the other window")
    said(other, "^Saved")

    page.fill("#id_lessons", "From here")
    said(page, "It was changed elsewhere")
    assert "From the other window" in page.request.get(page.url).text()

    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    assert page.input_value("#id_lessons") == "From here"


def test_a_phone_shows_one_section_at_a_time_and_leads_to_what_is_missing(begin):
    page = begin(width=320)
    shown = page.locator(".writing__section:visible h2")

    assert shown.all_inner_texts() == ["What happened"]
    for _section in range(5):
        page.get_by_role("button", name="Next", exact=True).click()
    assert shown.all_inner_texts() == ["Before it is public"]

    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_role("link", name="Still missing: Countries").click()

    assert shown.all_inner_texts() == ["Where and for whom"]
    assert page.evaluate("document.activeElement.name") == "countries"


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_forms_have_no_barriers_and_nothing_is_cut(begin, width, scheme):
    page = begin(width=width, scheme=scheme)
    address, faults = page.url, []

    for name in ("short", "faults", "deep", "mine"):
        if name == "faults":
            page.evaluate("document.querySelector('[value=submit]').click()")
            page.wait_for_selector("#faults")
        elif name != "short":
            page.goto({"deep": f"{address}more/", "mine": "/en/my/"}[name])
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        faults += [
            (name, violation["id"], [node["html"][:200] for node in violation["nodes"][:2]])
            for violation in result.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append((name, "wider than the window", page.evaluate(WIDEST)))

    assert faults == []
