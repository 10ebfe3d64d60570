"""The whole way of a case study: its author joins, writes and sends it, an editor publishes it, readers find it, it is withdrawn."""

import re

from tests.browser.serving import until

TITLE = "Escola do Farol: aulas sem rede na serra"
WORDS = "yhteydet maaseudulla"
LISTS = (
    f"/api/practices/?q={WORDS}&language=fi",
    f"/fi/search/?q={WORDS}&factor=connectivity:barrier&country=PT&sort=newest",
    f"/fi/search/feed.atom?q={WORDS}",
    "/pt/search/suggest/?q=escola+do+farol",
)


def test_a_case_study_is_written_published_found_and_withdrawn(visit, site):
    author = visit()
    site.join(author, "Marta Pinhal", "marta@example.org", "pt")
    pk = _write(author)
    _publish(visit, site, pk)

    assert until(lambda: all(TITLE in author.request.get(address).text() for address in LISTS))
    url = author.request.get(LISTS[0]).json()["results"]
    url = next(row["url"] for row in url if row["title"] == TITLE)
    assert url in _sitemaps(author)
    reader = visit()
    reader.goto(url.replace("/pt/", "/fi/"))
    assert reader.locator("html").get_attribute("lang") == "fi"
    assert reader.locator("[lang=pt] h1, h1[lang=pt]").inner_text() == TITLE

    author.goto(f"/pt/my/{pk}/withdraw/")
    author.locator("main form button").click()

    assert until(lambda: not any(TITLE in author.request.get(address).text() for address in LISTS))
    assert author.request.get(url).status == 410
    assert url not in _sitemaps(author)


def _write(page) -> str:
    page.goto("/pt/write/")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/pt/my/\d+/"))
    pk = re.search(r"/my/(\d+)/", page.url).group(1)
    answers = {
        "title": TITLE,
        "one_line_result": "Nove em dez aulas realizaram-se.",
        "summary": "Duas escolas rurais, um ano letivo.",
        "challenge": "A rede caía todos os dias.",
        "what_was_done": "Um servidor local em cada escola.",
        "lessons": "Começar pequeno.",
        "transferability": "Uma sala seca e um professor curioso.",
    }
    for name, value in answers.items():
        page.fill(f"#id_{name}", value)
    page.locator("[name=outcome]").first.check()
    page.locator("[name=stage]").nth(1).check()
    page.locator("[name=levels]").nth(1).check()
    page.locator("[name=sectors]").nth(1).check()
    page.evaluate("document.querySelectorAll('details.group').forEach((one) => { one.open = true; })")
    page.locator("label", has_text="Portugal").locator("input[name=countries]").check()
    page.select_option("#id_factors-0-factor", label="Conectividade")
    page.select_option("#id_factors-0-role", label="Obstáculo")
    page.fill("#id_factors-0-sentence", "A rede caiu 11 dias.")
    page.locator("[name=cost]").nth(1).check()
    page.locator("[name=licence]").first.check()
    page.locator("[name=pupils_visible][value=no]").check()
    page.check("[name=rights_confirmed]")
    page.check("[name=privacy_confirmed]")
    page.locator("button[value=submit]").click()
    page.wait_for_url("**/pt/my/")
    return pk


def _publish(visit, site, pk: str) -> None:
    page = visit()
    site.sign_in(page, "editor")
    page.goto(f"/admin/pages/{pk}/edit/")
    page.evaluate("document.querySelector('[data-workflow-action-name=approve]').click()")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def _sitemaps(page) -> str:
    index = page.request.get("/sitemap.xml").text()
    return "\n".join(page.request.get(address).text() for address in re.findall(r"<loc>([^<]+)</loc>", index))
