"""Cells as they stand in real files, made into texts, dates, amounts and addresses."""

import datetime
import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import nh3
from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from markdownify import markdownify

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SHOWN_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "blockquote", "div", "table", "tr", "td", "th",
              "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
EXCEL_EPOCH = datetime.date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 70_000)  # 1954 to 2091: a bare number in a date column
YEARS = range(1950, 2100)


def cell(value) -> str:
    """Any cell as text: whole numbers without decimals, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(cell(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {cell(part)}" for name, part in value.items())
    return str(value)


def line(value: str) -> str:
    """One line of plain text: no markup, no line breaks."""
    if MARKUP.search(value):
        value = html.unescape(nh3.clean(value, tags=set(), clean_content_tags={"script", "style"}))
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", html.unescape(value))).split())


def paragraphs(value: str) -> str:
    """Text of several paragraphs; HTML becomes Markdown, scripts and styles go with their content."""
    if MARKUP.search(value):
        safe = nh3.clean(value, tags=SHOWN_TAGS, clean_content_tags={"script", "style"})
        value = markdownify(safe, heading_style="ATX", bullets="-", autolinks=False)
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")))
    lines = [" ".join(part.split()) for part in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def cut(text: str, length: int) -> tuple[str, str]:
    """(beginning of at most `length` characters ending with a word, the rest)."""
    if len(text) <= length:
        return text, ""
    breaks = [text.rfind(mark, length // 2, length + 1) for mark in ("\n\n", ". ", "! ", "? ", "\n")]
    at = next((found + 1 for found in breaks if found > 0), 0) or text.rfind(" ", length // 2, length + 1)
    at = at if at > 0 else length
    return text[:at].rstrip(), text[at:].lstrip()


def short(text: str, length: int) -> str:
    """Cut at a word, with an ellipsis that says so."""
    if len(text) <= length:
        return text
    at = text.rfind(" ", length // 2, length)
    return text[: at if at > 0 else length - 1].rstrip(" ,;:-–(") + "…"


def date(value: str, languages: tuple[str, ...], formats: tuple[str, ...] = ()) -> datetime.date | int | None:
    """A date, or only a year, or None where the cell is empty. Raises ValueError."""
    text = line(value)
    if not text or not any(sign.isdigit() for sign in text):
        return None
    for form in formats:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return _bare_number(text) or _of_parts(text, languages)


def _bare_number(text: str) -> datetime.date | int | None:
    if not re.fullmatch(r"\d{4,5}(\.\d+)?", text):
        return None
    number = int(float(text))
    if number in YEARS:
        return number
    if number in EXCEL_DAYS:
        return EXCEL_EPOCH + datetime.timedelta(days=number)
    raise ValueError(text)


def _of_parts(text: str, languages: tuple[str, ...]) -> datetime.date | int:
    if iso := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]|$)", text):
        return datetime.date(*map(int, iso.groups()))
    if month_only := re.fullmatch(r"([^\W\d]{3,})\.?[\s-]+(\d{4}|\d{2})", text):
        _month(month_only[1], languages)
        return _century(int(month_only[2]))
    if day_first := re.match(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?=$|[\s,;])", text):
        day, month, year = map(int, day_first.groups())
        if month > 12 >= day:  # written in the American order beyond doubt
            day, month = month, day
        return datetime.date(_century(year), month, day)
    if named := re.match(r"(\d{1,2})[.\s-]+([^\W\d]{3,})[.\s-]+(\d{4}|\d{2})(?=$|[\s,;])", text):
        return datetime.date(_century(int(named[3])), _month(named[2], languages), int(named[1]))
    raise ValueError(text)


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900) if year < 100 else year


def _month(name: str, languages: tuple[str, ...]) -> int:
    for language in (*languages, "en", "de"):
        for known, number in _months(language):
            if known.startswith(name.casefold()[:3]):
                return number
    raise ValueError(name)


@lru_cache
def _months(language: str) -> tuple[tuple[str, int], ...]:
    names = set()
    for width in ("abbreviated", "wide"):
        names |= {(name.casefold(), number) for number, name in get_month_names(width, locale=language).items()}
    return (*sorted(names), ("mrz", 3))  # CLDR says März; spreadsheets say Mrz


def amount(value: str, language: str, decimal: str = "") -> Decimal | None:
    """A sum of money in the notation of its language; `decimal` where the file differs from it. Raises ValueError."""
    text = re.sub(r"[^\d.,\-]", "", line(value)).rstrip(".,-")
    if not any(sign.isdigit() for sign in text):
        return None
    decimal = _decimal_mark(text, decimal or decimal_mark(language))
    thousands = "." if decimal == "," else ","
    try:
        return Decimal(text.replace(thousands, "").replace(decimal, ".")).quantize(Decimal("0.01"))
    except InvalidOperation as fault:
        raise ValueError(value) from fault


def _decimal_mark(text: str, usual: str) -> str:
    """The last mark of two kinds is the decimal one; one that comes again isn't; one before three digits follows the language."""
    if "," in text and "." in text:
        return "," if text.rfind(",") > text.rfind(".") else "."
    mark = "," if "," in text else "."
    if text.count(mark) > 1:
        return "." if mark == "," else ","
    after = len(text) - text.rfind(mark) - 1
    if mark in text and after != 3:
        return mark
    return usual


@lru_cache
def decimal_mark(language: str) -> str:
    try:
        symbols = Locale(language).number_symbols
    except UnknownLocaleError:
        return "."
    return symbols.get("latn", symbols).get("decimal", ".")


def address(value: str) -> str:
    """A web address with its scheme, or "" where it isn't one."""
    text = "".join(line(value).split())
    if text and "://" not in text:
        text = f"http://{text}"
    return text if re.fullmatch(r"https?://[^\s/?#@:]+\.[^\s/?#@:.]{2,}(:\d+)?([/?#]\S*)?", text) else ""
