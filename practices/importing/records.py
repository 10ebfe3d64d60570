"""A row made into a record: everything a case study will hold, cleaned, and notes on what was left out."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from babel.numbers import format_currency

from practices.importing import persons, values
from practices.importing.countries import country_of
from practices.importing.faults import RowFault, RowSkipped
from practices.importing.languages import language_of
from practices.importing.mapping import SCHEMES, Column, Mapping
from practices.importing.tables import Row, Table

TITLE, SUMMARY, REST = 120, 1500, 20_000
REGISTER_NUMBER = re.compile(r"\s*\(\d{8,13}\)$")  # lists put them behind names; a person's is nobody's business
NOTHING = {"n.a.", "n/a", "n.v.t.", "nr", "-", "--", "null", "none", "nan"}
YES = {"yes", "true", "1", "y", "x", "ja", "oui", "si", "sí", "sim", "da", "áno", "ano", "tak", "ναι", "kyllä"}


@dataclass(frozen=True)
class Party:
    name: str
    role: str
    type: str = ""
    country: str = ""
    website: str = ""
    pic: str = ""


@dataclass(frozen=True)
class Funding:
    programme: str = ""
    action_type: str = ""
    reference: str = ""
    title: str = ""
    coordinator: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    amount: Decimal | None = None
    label: str = ""


@dataclass(frozen=True)
class Record:
    key: str
    language: str
    title: str
    summary: str
    what_was_done: str
    one_line_result: str
    resources_note: str
    region: str
    year: int | None
    source_name: str
    source_url: str
    source_note: str
    credited_to: str
    links: tuple[str, ...]
    funding: Funding | None
    parties: tuple[Party, ...]
    concepts: tuple[tuple[str, tuple[str, ...]], ...]  # (field, notations)
    about: str  # the source's own words on its subjects; only for suggestions
    row: int = field(default=0)
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of what a page would hold: neither the place in the file nor the notes."""
        content = {name: value for name, value in asdict(self).items() if name not in ("row", "notes")}
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def record_of(row: Row, table: Table, mapping: Mapping) -> Record:
    """Raises RowFault or RowSkipped."""
    if row.fault:
        raise row.fault
    return _Maker(row, table, mapping).record()


class _Maker:
    def __init__(self, row: Row, table: Table, mapping: Mapping):
        self.row, self.table, self.mapping = row, table, mapping
        self.notes: list[str] = []

    def record(self) -> Record:
        for column in self.mapping.needs:
            if not self._read(column):
                raise RowSkipped(f"nothing in {column.name!r}: a legend or a total, not a case study")
        whole_title = self._title()
        text = values.paragraphs(self._get("summary"))
        country = self._country()
        language = language_of(f"{whole_title}\n{text}", self._get("language").strip().lower()[:2], country)
        start, end = self._time("start", language), self._time("end", language)
        parties = self._parties(country)
        funding = self._funding(whole_title, parties, start, end, language)
        title = values.short(whole_title, TITLE)
        summary, rest = values.cut(text if text.casefold() != whole_title.casefold() else "", SUMMARY)
        done = "\n\n".join(part for part in (rest, values.paragraphs(self._get("what_was_done"))) if part)
        if not _kept(whole_title, title, funding):
            done = f"{whole_title}\n\n{done}".strip()
        name = self.mapping.source.get("name", self.mapping.title)
        return Record(
            key=self._key(),
            language=language,
            title=title,
            summary=summary,
            what_was_done=self._within("what was done", done, REST),
            one_line_result=values.short(values.line(self._get("result")), 200),
            resources_note=self._other_money(language),
            region=values.line(self._get("region"))[:160],
            year=self._year(start),
            source_name=name[:160],
            source_url=self._address("source_url") or self.mapping.source.get("url", ""),
            source_note=self.mapping.source.get("note", "")[:300],
            credited_to=next((party.name for party in parties if party.role == "lead"), name)[:300],
            links=tuple(link for link in (self._address("link"),) if link),
            funding=funding,
            parties=parties,
            concepts=self._concepts(country),
            about=values.line(self._get("topics")),
            row=self.row.number,
            notes=tuple(self.notes),
        )

    # --- reading ----------------------------------------------------------------------------------

    def _get(self, name: str) -> str:
        column = self.mapping.columns.get(name)
        value = self._read(column) if column else ""
        return ("" if value.casefold() in NOTHING else value) or self.mapping.constants.get(name, "")

    def _read(self, column: Column) -> str:
        if column.parts:
            return column.separator.join(part for part in map(self._read, column.parts) if part)
        at = column.position - 1 if column.position else self.table.position(column.headers)
        return self.row.cells[at].strip() if at is not None and at < len(self.row.cells) else ""

    def _header(self, header: str) -> str:
        return self._read(Column(headers=(header,)))

    def _name_of(self, name: str) -> str:
        column = self.mapping.columns.get(name)
        return column.name if column else name

    def _within(self, place: str, text: str, length: int) -> str:
        kept, lost = values.cut(text, length)
        if lost:
            self.notes.append(f"{place}: cut to {length} characters")
        return kept

    # --- parts ------------------------------------------------------------------------------------

    def _title(self) -> str:
        title = values.line(self._get("title"))
        if "\ufffd" in title:
            raise RowFault(
                self._name_of("title"),
                f"letters of {title[:60]!r} can't be read",
                "Save the file as UTF-8, or name its encoding under [file] encoding in the mapping.",
            )
        if not any(sign.isalpha() for sign in title):
            raise RowSkipped(f"no title in {self._name_of('title')!r}")
        return title

    def _key(self) -> str:
        """The same for the same row in every edition of the file."""
        parts = [" ".join(self._read(column).split()) for column in self.mapping.key]
        if not any(parts):
            names = " + ".join(column.name for column in self.mapping.key)
            raise RowFault(names, "it is empty, so this row can't be told from others", "Fill it in.")
        plain = parts[0] if len(parts) == 1 else ""
        if re.fullmatch(r"[\w./#:-]{1,100}", plain):
            return f"{self.mapping.name}:{plain}"
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return f"{self.mapping.name}:{digest}"

    def _country(self) -> str:
        value = values.line(self._get("country"))
        code = country_of(value)
        if value and not code:
            self.notes.append(f"{self._name_of('country')}: {value[:40]!r} is no country known here; left out")
        return code

    def _time(self, name: str, language: str) -> datetime.date | int | None:
        value = self._get(name)
        try:
            return values.date(value, (language,), tuple(self.mapping.file.get("dates", ())))
        except (ValueError, OverflowError):
            self.notes.append(f"{self._name_of(name)}: {value[:40]!r} is no date; left out")
            return None

    def _year(self, start: datetime.date | int | None) -> int | None:
        given = self._time("year", "en") or start
        year = given.year if isinstance(given, datetime.date) else given
        return year if year in values.YEARS else None

    def _money(self, language: str) -> Decimal | None:
        value = self._get("amount")
        try:
            if "%" in value:
                raise ValueError(value)
            money = values.amount(value, self.mapping.constants.get("language") or language, self._decimal())
            if money is not None and not 0 <= money < 10**12:
                raise ValueError(value)
            return money
        except ValueError:
            self.notes.append(f"{self._name_of('amount')}: {value[:40]!r} is no sum of money; left out")
            return None

    def _decimal(self) -> str:
        return self.mapping.file.get("decimal", "")

    def _other_money(self, language: str) -> str:
        """Grants in another currency than the euro, written as the language of the page writes money."""
        currency = self._get("currency").upper() or "EUR"
        money = self._money(language) if currency != "EUR" else None
        return format_currency(money, currency, locale=language) if money else ""

    def _funding(self, title: str, parties, start, end, language: str) -> Funding | None:
        programme = values.line(self._get("programme"))
        if not programme:
            return None
        in_euro = (self._get("currency").upper() or "EUR") == "EUR"
        lead = next((party.name for party in parties if party.role == "lead"), "")
        return Funding(
            programme=programme[:160],
            action_type=values.line(self._get("action_type"))[:200],
            reference=values.line(self._get("reference"))[:80],
            title=title[:400],
            coordinator=lead[:300],
            start=start if isinstance(start, datetime.date) else None,
            end=end if isinstance(end, datetime.date) else None,
            amount=self._money(language) if in_euro else None,
            label=self._label(),
        )

    def _label(self) -> str:
        if self._get("success_story").casefold() in YES:
            return "success-story"
        return "good-practice" if self._get("good_practice").casefold() in YES else ""

    def _parties(self, country: str) -> tuple[Party, ...]:
        lead = self._party(
            self._get("organisation"),
            "lead",
            self._get("organisation_type"),
            self._get("organisation_country") or country,
            self._get("website"),
            self._get("pic"),
        )
        found = [lead] if lead else []
        partners = self.mapping.partners
        for number in range(1, (partners.limit if partners else 0) + 1):
            own = {name: self._header(header.format(n=number)) for name, header in partners.columns.items()}
            if own["name"]:
                party = self._party(
                    own["name"], "partner", *(own.get(name, "") for name in ("type", "country", "website", "pic"))
                )
                found += [party] if party else []
        return tuple({(party.name.casefold(), party.country): party for party in reversed(found)}.values())[::-1]

    def _party(self, name: str, role: str, kind: str, country: str, website: str, pic: str) -> Party | None:
        name = REGISTER_NUMBER.sub("", values.line(name))[:300]
        if not name or (self.mapping.organisations.persons == "leave out" and persons.may_be(name)):
            return None
        return Party(
            name=name,
            role=role,
            type=_first(self.mapping.organisations.types, kind),
            country=country_of(values.line(country)),
            website=values.address(website)[:500],
            pic=pic if re.fullmatch(r"\d{9}", pic) else "",
        )

    def _address(self, name: str) -> str:
        value = self._get(name)
        found = values.address(value)
        if value and (not found or len(found) > 500):
            self.notes.append(f"{self._name_of(name)}: {value[:40]!r} is no web address; left out")
            return ""
        return found

    def _concepts(self, country: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        fields: dict[str, list[str]] = {"countries": [country] if country else []}
        for code in re.split(r"[,;|/]\s*", self._get("countries")):
            if known := country_of(code.strip()):
                fields["countries"].append(known)
            elif code.strip():
                self.notes.append(f"{self._name_of('countries')}: {code[:40]!r} is no country known here; left out")
        for pick in self.mapping.picks:
            text = values.line(self._read(pick.column)).casefold()
            for words, notations in pick.contains.items():
                if words in text:
                    fields.setdefault(SCHEMES[pick.scheme], []).extend(notations)
        return tuple((name, tuple(dict.fromkeys(notations))) for name, notations in fields.items() if notations)


def _kept(whole: str, title: str, funding: Funding | None) -> bool:
    """Whether the whole title is still there where the page's own was cut."""
    return whole == title or (funding is not None and funding.title == whole)


def _first(contains: dict[str, str], text: str) -> str:
    folded = text.casefold()
    return next((notation for words, notation in contains.items() if words in folded), "")


def texts_of(record: Record) -> Iterable[str]:
    return (record.title, record.summary, record.what_was_done, record.about)
