"""Every main page: accessible, light in weight, on its own, nothing cut."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

LANGUAGES = ("en", "el", "fi", "mt")
LIMIT = 150_000  # bytes of a whole page as transferred
SCRIPT_LIMIT = 40_000  # bytes of compressed JavaScript
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def addresses(page, language: str) -> dict[str, str]:
    """The main pages in one language; a case study of another language among them."""
    found = page.request.get("/api/practices/?text=pt").json()["results"][0]["url"]
    slug = found.rstrip("/").rpartition("/")[2]
    return {
        "home": f"/{language}/",
        "search": f"/{language}/search/?level=isced-1",
        "nothing found": f"/{language}/search/?q=qwxzy&country=PT",
        "concept": f"/{language}/browse/factor/connectivity/",
        "scheme": f"/{language}/browse/factor/",
        "case study": f"/{language}/practices/{slug}/",
        "write": f"/{language}/write/",
        "sign up": f"/{language}/accounts/signup/",
        "sign in": f"/{language}/accounts/login/",
        **community_addresses(page, language),
    }


def community_addresses(page, language: str) -> dict[str, str]:
    """A thread, a group, an event and an offer of the demonstration, and the lists they stand in."""
    lists = {
        "discuss": "community/",
        "groups": "community/groups/",
        "events": "community/events/",
        "partners": "community/partners/",
    }
    one = {
        "discuss": r"community/threads/\d+/",
        "groups": r"community/groups/(?!new/)[\w-]+/",
        "events": r"community/events/\d+/",
        "partners": r"community/partners/\d+/",
    }
    found = {}
    for name, path in lists.items():
        found[name] = f"/{language}/{path}"
        link = re.search(one[name], page.request.get(f"/en/{path}").text())
        found[f"one of {name}"] = f"/{language}/{link.group(0)}"
    return found


def own_addresses(page, language: str) -> dict[str, str]:
    """Pages of the member who is signed in, a draft of hers among them."""
    drafts = re.findall(r"/my/\d+/", page.request.get("/en/my/").text())
    if not drafts:
        page.goto("/en/write/")
        page.locator("main form button").first.click()
        page.wait_for_url("**/my/*/")
        drafts = [page.url.partition("/en")[2]]
    return {
        "writing": f"/{language}{drafts[0]}",
        "my case studies": f"/{language}/my/",
        "save a search": f"/{language}/my/searches/new/?q=school&level=isced-1",
        "my searches": f"/{language}/my/searches/",
        "my profile": f"/{language}/me/",
        "new thread": f"/{language}/community/threads/new/",
        "new group": f"/{language}/community/groups/new/",
        "new event": f"/{language}/community/events/new/",
        "new offer": f"/{language}/community/partners/new/",
        "questions": f"/{language}/community/answering/",
        "notifications": f"/{language}/community/notifications/",
        "quoted": f"/{language}/community/learning/",
        **_a_thread_of_hers(page, language),
    }


def _a_thread_of_hers(page, language: str) -> dict[str, str]:
    """As she sees it, with everything she can do there."""
    link = re.search(r"/community/threads/\d+/", page.request.get("/en/community/").text()).group(0)
    pk = link.rstrip("/").rpartition("/")[2]
    return {"thread": f"/{language}{link}", "report": f"/{language}/community/moderation/flag/thread/{pk}/"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_main_pages_have_no_barriers_and_nothing_is_cut(visit, language, width):
    page = visit(width=width)

    assert barriers(page, addresses(page, language), language) == []


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("el", 1280), ("mt", 320)])
def test_members_pages_have_no_barriers_and_nothing_is_cut(visit, site, language, width):
    page = visit(width=width)
    site.sign_in(page, "educator")

    assert barriers(page, own_addresses(page, language), language) == []


@pytest.mark.parametrize(("language", "width"), [("de", 320), ("el", 1280), ("fi", 320)])
def test_pages_of_what_a_thread_came_to_have_no_barriers_and_nothing_is_cut(visit, site, language, width):
    editor, educator = visit(width=width), visit(width=width)
    site.sign_in(educator, "educator")
    site.sign_in(editor, "editor")
    link = re.search(r"/community/threads/(\d+)/", educator.request.get("/en/community/").text())
    _answer(editor, link.group(0), f"Did anybody try it with two classes? {language}")
    _answer(educator, link.group(0), f"We did, and wrote down what it took. {language}")
    choosing = f"/community/learning/threads/{link.group(1)}/"
    editor.goto(f"/en{choosing}")
    editor.locator("ol.choosing select").last.select_option("lessons")
    editor.locator("main form .buttons button").click()
    editor.wait_for_url("**/case-studies/*/")
    asked = re.search(r"/community/learning/\d+/", educator.request.get("/en/community/learning/").text()).group(0)
    quoted = editor.url.partition("/en")[2]

    assert barriers(editor, {"choosing": f"/{language}{choosing}", "quoted": f"/{language}{quoted}"}, language) == []
    assert (
        barriers(educator, {"asked": f"/{language}{asked}", "mine": f"/{language}/community/learning/"}, language) == []
    )


def _answer(page, address: str, text: str) -> None:
    page.goto(f"/en{address}")
    page.fill("[data-composer] [name=text]", text)
    page.locator("[data-composer] button.button").first.click()
    page.locator(".post__words").get_by_text(text).wait_for()


def barriers(page, pages: dict[str, str], language: str) -> list[tuple]:
    faults = []
    for name, address in pages.items():
        answer = page.goto(address)
        if answer.status != 200:
            faults.append((name, answer.status, ""))
        faults += [(name, *fault) for fault in _violations(page, {"type": "tag", "values": TAGS})]
        faults += [(name, "dark", *fault) for fault in _too_faint_in_the_dark(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append((name, "wider than the window", page.evaluate(WIDEST)))
        if page.locator("html").get_attribute("lang") != language:
            faults.append((name, "lang", ""))
    return faults


def _violations(page, what: dict) -> list[tuple]:
    found = Axe().run(page, options={"runOnly": what}).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:2]]) for one in found]


def _too_faint_in_the_dark(page) -> list[tuple]:
    """Colours are all that differs there."""
    page.emulate_media(color_scheme="dark")
    try:
        return _violations(page, {"type": "rule", "values": ["color-contrast"]})
    finally:
        page.emulate_media(color_scheme="light")


WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((element) => element.outerHTML.slice(0, 150))"""


def test_axe_finds_what_is_planted(visit):
    page = visit()
    page.set_content("<html><body><img src='x.png'><input><a href='#'></a></body></html>")

    found = {violation["id"] for violation in Axe().run(page).response["violations"]}

    assert {"image-alt", "label", "link-name", "html-has-lang"} <= found


def test_main_pages_are_light_and_ask_nobody_else(visit, site):
    page = visit()
    foreign, complaints = [], []
    page.on("request", lambda request: request.url.startswith((site.address, "data:")) or foreign.append(request.url))
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    weights = {}

    for name, address in addresses(page, "el").items():
        sizes = []
        page.context.clear_cookies()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on(
            "Network.responseReceived",
            lambda event, kinds=(kinds := {}): kinds.update({event["requestId"]: event["type"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda event, sizes=sizes: sizes.append((event["requestId"], event["encodedDataLength"])),
        )
        page.goto(address, wait_until="networkidle")
        session.detach()
        weights[name] = (
            sum(size for _id, size in sizes),
            sum(size for request, size in sizes if kinds.get(request) == "Script"),
        )

    assert foreign == []
    assert complaints == []
    assert {name: both for name, both in weights.items() if both[0] > LIMIT or both[1] > SCRIPT_LIMIT} == {}
    assert all(total > 3_000 for total, _script in weights.values())
