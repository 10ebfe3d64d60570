"""Cells of real files become texts, dates and sums."""

import csv
import datetime
import gzip
import io
import json
import re
from decimal import Decimal

import pytest

from portal.markdown import to_html
from practices.importing import values


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [("5.172.338,50 kn", "hr", "5172338.50"), ("27.312.500,00", "el", "27312500.00"), ("168,396.00", "el", "168396.00"),
     ("€6,877,181", "en", "6877181.00"), ("26 112 €", "fr", "26112.00"), ("5882353.00 €", "sk", "5882353.00"),
     ("1580,38", "de", "1580.38"), ("823.171", "fr", "823171.00"), ("441111.03", "fi", "441111.03"),
     ("3.500", "en", "3.50"), ("3.500", "de", "3500.00"), ("-12,5", "de", "-12.50")],
)  # fmt: skip
def test_sums_are_read_in_the_notation_of_their_language(text, language, expected):
    assert values.amount(text, language) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "keine", "€", "…"])
def test_no_digits_are_no_sum(text):
    assert values.amount(text, "de") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("01. Nov 15", (2015, 11, 1)), ("31. Mrz 19", (2019, 3, 31)), ("31. Dez 18", (2018, 12, 31)),
     ("1.3.2015", (2015, 3, 1)), ("01/12/2016 ", (2016, 12, 1)), ("2008-10-01 00:00:00", (2008, 10, 1)),
     ("41662.0", (2014, 1, 23)), ("40118.041666666664", (2009, 11, 1)), ("4/24/2009", (2009, 4, 24))],
)  # fmt: skip
def test_dates_are_read_day_first(text, expected):
    assert values.date(text, ("en",)) == datetime.date(*expected)


@pytest.mark.parametrize(("text", "year"), [("2010", 2010), ("2010.0", 2010), ("Feb 16", 2016), ("Mrz 2017", 2017)])
def test_a_year_or_a_month_gives_the_year(text, year):
    assert values.date(text, ("en",)) == year


@pytest.mark.parametrize("text", ["31/04/2014", "31-Nov-18", "12345678", "7560", "1.13.13.2014"])
def test_days_that_never_were_are_refused(text):
    with pytest.raises(ValueError):
        values.date(text, ("en",))


def test_months_are_read_in_the_language_of_the_list():
    assert values.date("3 listopada 2019", ("pl",)) == datetime.date(2019, 11, 3)
    assert values.date("3 listopada 2019", ("hr",)) == datetime.date(2019, 10, 3)


def test_html_becomes_markdown_without_scripts():
    html = "<p>The <b>module</b>&nbsp;asks</p><ul><li>one<li>two</ul><script>steal()</script><a href='javascript:x()'>go</a>"
    assert values.paragraphs(html) == "The **module** asks\n\n- one\n- two\n\ngo"


def test_plain_text_with_angles_stays():
    assert values.line("a < b & c > d") == "a < b & c > d"


def test_what_authors_paste_leaves_no_markup_behind(shared_data):
    with gzip.open(shared_data / "oer" / "oer_commons_1000.csv.gz", "rt", encoding="utf-8") as file:
        pasted = ["\n".join(row) for row in csv.reader(io.StringIO(file.read()))]
    cleaned = [values.paragraphs(text) for text in pasted]
    tags = re.compile(r"</?(p|div|span|script|style|strong|em|ul|li|a|h\d|iframe|img|table|td)\b[^>]*>", re.IGNORECASE)
    assert len(cleaned) == 1001 and sum(map(bool, map(tags.search, pasted))) > 600
    assert [text[:80] for text in cleaned if tags.search(text) or "&nbsp;" in text] == []


def test_hostile_strings_stay_text(shared_data):
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text(encoding="utf-8"))
    shown = [str(to_html(values.paragraphs(text))).casefold() for text in strings]
    active = re.compile(r"<(script|img|svg|iframe|style|object|embed|math)\b|\son\w+=[^<>]*>|href=.?javascript:")
    assert len(shown) > 500 and any("<script" in text for text in strings)
    assert [html for html in shown if active.search(html)] == []
    assert [found for found in map(values.address, strings) if not re.match(r"https?://|$", found)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("www.ua.es", "http://www.ua.es"), ("https://example.org/a?b=c", "https://example.org/a?b=c"), ("javascript:alert(1)", ""),
     ("data:text/html,x", ""), ("not an address", ""), ("http://", ""), ("", ""), ("ftp://example.org", "")],
)  # fmt: skip
def test_only_web_addresses_are_addresses(text, expected):
    assert values.address(text) == expected


def test_titles_are_cut_at_a_word():
    assert values.short("Ein sehr langer Titel über das Lernen", 20) == "Ein sehr langer…"


def test_texts_are_cut_at_a_sentence_and_nothing_is_lost():
    text = "Erster Satz ist hier. Zweiter Satz ist hier. Dritter Satz."
    assert values.cut(text, 50) == ("Erster Satz ist hier. Zweiter Satz ist hier.", "Dritter Satz.")
