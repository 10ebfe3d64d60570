"""Every page in every language: marked as such, with one heading, and without English left over."""

import re

import pytest
from bs4 import BeautifulSoup

from portal.languages import CODES
from search import indexer
from tests.factories import a_case_study, a_member
from vocabularies import labels
from vocabularies.actions import SHIPPED

ATTRIBUTES = ("aria-label", "placeholder", "alt", "title")
# Addresses and names, the same in every language.
SCHEMES = [path.stem for path in SHIPPED.glob("*.ttl")] + ["country", "language"]
NO_PROSE = re.compile(r"@|urn:|://|^Xx Yy|Mozilla|^[^ ]+ · Praxis$")


@pytest.fixture
def signed_in(client, db):
    person = a_member(name="Xx Yy", organisation="Zz")
    client.force_login(person)
    return person


def addresses(slug: str) -> list[str]:
    return [
        "", "search/", "search/?q=qwxzy&country=PT", "search/?level=isced-1", "browse/", "browse/factor/",
        "browse/factor/connectivity/", f"practices/{slug}/", "about/", "accessibility/", "privacy/", "accounts/login/",
        "accounts/signup/", "accounts/password/reset/", "nothing-here/",
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
]


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


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_no_english_is_left_on_a_page_of_another_language(client, signed_in, language):
    page = a_case_study("Xq", one_line_result="Xq.", summary="Xq.", factors=[("connectivity", "barrier", "Xq.")])
    indexer.drain()
    left = {}

    for address in [*addresses(page.slug), *OWN]:
        there = client.get(f"/{language}/{address}")
        english = client.get(f"/en/{address}").content.decode()
        found = english_left(there.content.decode(), english, language)
        if found:
            left[address] = found

    assert left == {}


@pytest.mark.parametrize("language", CODES)
def test_every_page_names_its_language_and_has_one_heading(client, db, language):
    page = a_case_study("Xq")
    indexer.drain()

    for address in addresses(page.slug):
        soup = BeautifulSoup(client.get(f"/{language}/{address}").content, "html.parser")

        assert (address, soup.html["lang"], len(soup.find_all("h1"))) == (address, language, 1)


def test_english_left_on_a_page_is_found(db):
    finnish = (
        '<html lang="fi"><body><p>Hei</p><p>Left in English</p><p lang="en">Marked as English</p>'
        '<a title="Also left"></a></body></html>'
    )
    english = finnish.replace("Hei", "Hello")

    assert english_left(finnish, english, "fi") == {"Left in English", "Also left"}
