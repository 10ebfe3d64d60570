"""A question in Portuguese is answered by a Finn while its asker looks on, reaches a Dutch reader's digest, and becomes a case study."""

import re
import sqlite3
from email.message import EmailMessage

from tests.browser.serving import text_of, until

TITLE = "Como ensinar a ler quando a rede cai?"
TEXT = "A ligação à internet da nossa escola rural cai todos os dias. Como fazem as vossas escolas com a conectividade?"
ANSWER = "Kopioimme kirjat pieneen palvelimeen luokan seinälle. Lapset lukevat niitä ilman verkkoyhteyttä."
BY_MAIL = "Ja talvella käytimme paikallisradiota."


def test_three_members_in_three_languages(visit, site):
    asker, helper, reader = visit(), visit(), visit(width=320, scheme="dark")
    site.join(asker, "Marta Vilar", "vilar@example.org", "pt")
    site.join(helper, "Aino Lehto", "aino@example.org", "fi")
    site.join(reader, "Joris Maas", "joris@example.org", "nl")
    _offer_to_answer(helper)
    _follow_the_topic(reader)

    thread = _ask(asker)
    _is_asked_and_takes_it(site, helper, thread)
    _answer_live(asker, helper, thread)
    asker.locator("form[action*=accept] button").first.click()
    asker.wait_for_selector("section.accepted [lang=fi]")
    _answer_by_mail(site, asker)
    _is_told_in_a_digest(site, thread)
    _make_a_case_study(asker, helper, thread)


def _offer_to_answer(page) -> None:
    page.goto("/fi/me/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("[name=languages][value=fi]").check()
    page.locator("[name=languages][value=pt]").check()
    page.locator("label", has_text="Yhteydet").locator("input").first.check()
    page.locator("main form button.button").first.click()
    page.wait_for_load_state()
    page.goto("/fi/community/answering/")
    page.locator("form[action*=opt-in] button").click()
    page.wait_for_selector("main [role=status]")


def _follow_the_topic(page) -> None:
    page.goto("/nl/community/notifications/settings/")
    page.locator("[name=digest][value=daily]").check()
    page.locator("form.heard button").click()
    page.wait_for_load_state()
    page.goto("/nl/browse/factor/connectivity/")
    page.locator("form.watch select").first.select_option("tracking")
    page.locator("form.watch button").first.click()
    page.wait_for_load_state()


def _ask(page) -> str:
    """The number of the thread."""
    page.goto("/pt/community/threads/new/")
    page.locator("[name=kind][value=question]").check()
    page.fill("[name=title]", TITLE)
    page.fill("[name=text]", TEXT)
    page.wait_for_selector("[data-nearest-here] .nearest a")  # before posting: what may answer it already
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("label", has_text="Conectividade").locator("[name=factor]").check()
    page.locator("[data-composer] button.button", has_not=page.locator("[name=preview]")).first.click()
    page.wait_for_url(re.compile(r"/pt/community/threads/\d+/"))
    return re.search(r"/threads/(\d+)/", page.url).group(1)


def _is_asked_and_takes_it(site, page, thread: str) -> None:
    assert until(lambda: TITLE in page.request.get("/fi/community/answering/").text(), 60)
    assert until(lambda: any(mail["Subject"].strip() == TITLE for mail in site.mails("aino@example.org")), 60)
    page.goto("/fi/community/answering/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url(f"**/threads/{thread}/**")
    page.locator("form[action*=take] button").click()
    page.wait_for_selector("form[action*=release]")


def _answer_live(asker, helper, thread: str) -> None:
    asker.goto(f"/pt/community/threads/{thread}/")
    opened = asker.evaluate("performance.timeOrigin")
    assert "Aino Lehto" in asker.locator(".standing").inner_text()
    helper.fill("[data-composer] [name=text]", ANSWER)
    helper.locator("[data-composer] button.button").first.click()
    helper.wait_for_selector("#post-2")

    asker.wait_for_selector("#post-2 .post__words[lang=fi]", timeout=20_000)
    assert ANSWER in asker.locator("#post-2").inner_text()
    assert asker.evaluate("performance.timeOrigin") == opened
    asker.reload()


def _answer_by_mail(site, asker) -> None:
    asked = next(mail for mail in site.mails("aino@example.org") if mail["Subject"].strip() == TITLE)
    mail = EmailMessage()
    mail["From"], mail["To"] = "Aino Lehto <aino@example.org>", asked["Reply-To"]
    mail["Subject"], mail["Message-ID"], mail["In-Reply-To"] = f"Re: {TITLE}", "<1@example.org>", asked["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in text_of(asked).splitlines())
    mail.set_content(f"{BY_MAIL}\n\n{quoted}\n")

    said = site.manage("receive_mail", "--to", asked["Reply-To"], input=mail.as_bytes())

    assert said.strip() == "posted"
    asker.wait_for_selector("#post-3", timeout=20_000)
    assert asker.locator("#post-3 .post__words").inner_text().strip() == BY_MAIL


def _is_told_in_a_digest(site, thread: str) -> None:
    """Its hour has come: what happened an hour ago lies before this morning's."""
    with sqlite3.connect(site.data / "praxis.sqlite3", timeout=30) as database:
        database.execute("UPDATE community_notification SET at = datetime(at, '-2 days') WHERE delivery = 'digest'")
        database.execute("UPDATE community_attention SET digested_until = datetime(digested_until, '-9 days')")

    def digest():
        mails = site.mails("joris@example.org")
        return next((mail for mail in mails if f"/nl/community/threads/{thread}/" in text_of(mail)), None)

    assert until(lambda: digest() is not None, 90)
    assert digest()["Subject"].strip() == "Nieuw in wat u volgt" and digest()["List-Unsubscribe"]


def _make_a_case_study(asker, helper, thread: str) -> None:
    asker.goto(f"/pt/community/learning/threads/{thread}/")
    asker.fill("[name=title]", "Livros na parede")
    asker.locator("main form .buttons button").click()
    asker.wait_for_url("**/learning/case-studies/*/")
    helper.goto("/fi/community/learning/")
    helper.locator("main li.panel a").first.click()
    helper.locator("button[name=agrees][value=yes]").click()
    helper.wait_for_selector("main .badge--good")
    asker.reload()

    states = asker.locator("main li.panel .badge")
    assert states.count() == 2 and asker.locator("main li.panel .badge--good").count() == 2
    asker.locator("main p.buttons a.button").click()
    asker.wait_for_url("**/pt/my/*/")  # whole: a field is there before its words are
    assert ANSWER.split(".")[0] in asker.locator("#id_what_was_done").input_value()
