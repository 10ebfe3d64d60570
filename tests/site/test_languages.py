"""Every page in every language: marked as such, with one heading, and without English left over."""

import re
from functools import lru_cache

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.languages import CODES
from search import indexer
from tests.factories import a_case_study, a_member
from tests.factories.community import a_group, a_question
from vocabularies import labels
from vocabularies.actions import SHIPPED

ATTRIBUTES = ("aria-label", "placeholder", "alt", "title")
# Addresses, names and time zones (Europe/Malta), the same in every language.
SCHEMES = [path.stem for path in SHIPPED.glob("*.ttl")] + ["country", "language"]
NO_PROSE = re.compile(r"^[A-Z]\w+/[A-Z][\w ]+$|@|urn:|://|^Xx Yy|Mozilla|^[^ ]+ · Praxis$")


ADDRESSES = [
    "", "search/", "search/?q=qwxzy&country=PT", "search/?level=isced-1", "browse/", "browse/factor/",
    "browse/factor/connectivity/", "practices/xq/", "about/", "accessibility/", "privacy/", "accounts/login/",
    "accounts/signup/", "accounts/password/reset/", "nothing-here/", "community/", "community/groups/",
    "community/groups/xq/", "community/threads/{thread}/", "community/events/", "community/partners/",
    "community/moderation/notice/", "community/moderation/figures/",
]  # fmt: skip


OWN = [
    "me/",
    "me/data/",
    "write/",
    "my/",
    "accounts/email/",
    "accounts/password/change/",
    "accounts/2fa/",
    "accounts/sessions/",
    "community/threads/new/",
    "community/threads/{thread}/",
    "community/groups/new/",
    "community/groups/xq/members/",
    "community/notifications/",
    "community/notifications/settings/",
    "community/answering/",
    "community/learning/",
    "community/learning/threads/{thread}/",
    "community/moderation/barriers/",
    "community/events/new/",
    "community/partners/new/",
]


@lru_cache(maxsize=200)
def fragments(html: str, language: str) -> set[str]:
    """Visible texts and attributes in the language of the page; what is marked as another language is left out."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(["script", "style", "template", "kbd"]):
        element.decompose()
    for element in soup.select("body [lang]"):
        if not element.decomposed and element["lang"] != language:
            element.decompose()
    texts = {" ".join(text.split()) for text in soup.get_text("\n").split("\n")}
    texts |= {" ".join(element[name].split()) for name in ATTRIBUTES for element in soup.select(f"[{name}]")}
    return {text for text in texts if re.search(r"[^\W\d_]{3}", text)}


def english_left(page: str, english: str, language: str) -> set[str]:
    """Texts of two words or more that stand on the page just as on the English one."""
    return {
        text
        for text in fragments(page, language) & fragments(english, "en")
        if len(re.findall(r"[^\W\d_]{2,}", text)) > 1 and not NO_PROSE.search(text) and text not in _labels(language)
    }


def _labels(language: str) -> set[str]:
    """Names of concepts come from the vocabularies, which have tests of their own; some are the same in two languages."""
    return {value.label for scheme in SCHEMES for value in labels.values(scheme, language).values()}


_crawled: dict[str, dict[str, str]] = {}


@pytest.fixture
def pages(db):
    """pages(language) -> {address: HTML}; fetched once for all tests of a process: they only look at it."""
    made = []

    def of(language: str) -> dict[str, str]:
        if language not in _crawled:
            if not made:
                made.append(content())
            _crawled[language] = crawl(language, made[0])
        return _crawled[language]

    return of


def content():
    """Something on every page, in words no language has; the member who looks at it."""
    a_case_study("Xq", slug="xq", one_line_result="Xq.", summary="Xq.", factors=[("connectivity", "barrier", "Xq.")])
    person = a_member(name="Xx Yy", organisation="Zz")
    group = a_group("Xq", owner=person, aim="Xq.")
    a_question("Xq", text="Xq.", by=person, group=group)
    indexer.drain()
    return person


def crawl(language: str, member) -> dict[str, str]:
    client = Client()
    thread = member.threads.get().pk

    def get(address: str):
        return client.get(f"/{language}/{address.format(thread=thread)}")

    fetched = {address: get(address) for address in ADDRESSES}
    client.force_login(member)
    fetched |= {f"{address} as a member": get(address) for address in OWN}
    unusual = {address: reply.status_code for address, reply in fetched.items() if reply.status_code != 200}
    assert unusual == {"nothing-here/": 404}
    return {address: reply.content.decode() for address, reply in fetched.items()}


def together(language: str):
    """Tests of one language run in one process."""
    return pytest.param(language, marks=pytest.mark.xdist_group(f"pages-{language}"))


@pytest.mark.parametrize("language", [together(code) for code in CODES if code != "en"])
def test_no_english_is_left_on_a_page_of_another_language(pages, language):
    english = pages("en")

    left = {address: english_left(html, english[address], language) for address, html in pages(language).items()}

    assert {address: found for address, found in left.items() if found} == {}


@pytest.mark.parametrize("language", [together(code) for code in CODES])
def test_every_page_names_its_language_and_has_one_heading(pages, language):
    for address, html in pages(language).items():
        named = re.findall(r'<html[^>]* lang="([^"]*)"', html)

        assert (address, named, len(re.findall(r"<h1[\s>]", html))) == (address, [language], 1)


def test_english_left_on_a_page_is_found(db):
    finnish = (
        '<html lang="fi"><body><p>Hei</p><p>Left in English</p><p lang="en">Marked as English</p>'
        '<a title="Also left"></a></body></html>'
    )
    english = finnish.replace("Hei", "Hello")

    assert english_left(finnish, english, "fi") == {"Left in English", "Also left"}
