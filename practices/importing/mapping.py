"""Mapping files: which column of a table means what. One TOML file for each layout; those shipped lie in mappings/."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from portal.languages import CODES
from practices.importing.faults import Unreadable

SHIPPED = Path(__file__).parent / "mappings"
HELP = "docs/importing.md tells what a mapping holds."

TEXT_FIELDS = ("title", "result", "summary", "what_was_done", "region")
CODED_FIELDS = ("language", "country", "countries", "currency")
FUNDING_FIELDS = ("programme", "action_type", "reference", "amount", "good_practice", "success_story")
TIME_FIELDS = ("start", "end", "year")
ORGANISATION_FIELDS = ("organisation", "organisation_type", "organisation_country", "pic", "website")
LINK_FIELDS = ("source_url", "link")
FIELDS = (*TEXT_FIELDS, *CODED_FIELDS, *FUNDING_FIELDS, *TIME_FIELDS, *ORGANISATION_FIELDS, *LINK_FIELDS, "topics")
SCHEMES = {"level": "levels", "sector": "sectors", "target": "target_groups", "topic": "topics", "aim": "aims"}
TABLES = {"source", "file", "constants", "columns", "partners", "concepts", "organisations"}
PLAIN = {"title", "key", "needs"}
FILE_OPTIONS = {"sheet", "encoding", "delimiter", "skip_after_header", "dates", "decimal"}


@dataclass(frozen=True)
class Column:
    """Where a value comes from: the first of these headers that is there, a position, or several columns joined."""

    headers: tuple[str, ...] = ()
    position: int = 0  # from 1
    parts: tuple["Column", ...] = ()
    separator: str = "\n\n"

    @property
    def name(self) -> str:
        if self.parts:
            return " + ".join(part.name for part in self.parts)
        return self.headers[0] if self.headers else f"column {self.position}"


@dataclass(frozen=True)
class Pick:
    """Concepts of a scheme by words in a column: the texts looked for, and the notations they stand for."""

    scheme: str
    column: Column
    contains: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Organisations:
    types: dict[str, str] = field(default_factory=dict)
    persons: str = "keep"  # or "leave out": names that may be of natural persons


@dataclass(frozen=True)
class Partners:
    limit: int
    columns: dict[str, str]  # name, type, country, website, pic -> header with {n}


@dataclass(frozen=True)
class Mapping:
    name: str
    title: str
    columns: dict[str, Column]
    key: tuple[Column, ...]
    needs: tuple[Column, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    source: dict[str, str] = field(default_factory=dict)
    file: dict = field(default_factory=dict)
    partners: Partners | None = None
    picks: tuple[Pick, ...] = ()
    organisations: Organisations = Organisations()

    @property
    def headers(self) -> list[tuple[str, ...]]:
        """What the header row must hold: alternatives for each column."""
        return list(
            dict.fromkeys(one.headers for column in self._all_columns() for one in _leaves(column) if one.headers)
        )

    @property
    def indispensable(self) -> list[tuple[str, ...]]:
        columns = (self.columns["title"], *self.key, *self.needs)
        return list(dict.fromkeys(one.headers for column in columns for one in _leaves(column) if one.headers))

    def _all_columns(self) -> Iterable[Column]:
        return (*self.columns.values(), *self.key, *self.needs, *(pick.column for pick in self.picks))


def _leaves(column: Column) -> Iterable[Column]:
    return column.parts or (column,)


def shipped() -> list[str]:
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(name: str) -> Mapping:
    """A shipped mapping by its name, or any TOML file by its path."""
    path = SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    if not path.is_file():
        known = "\n".join(f"  {one}" for one in shipped())
        raise Unreadable(
            f"There is no format {name!r}.", f"Give one of these, or the path of a mapping file (.toml):\n{known}"
        )
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Unreadable(
            f"The mapping {path} is not valid TOML: {fault}", "Correct it there and import again."
        ) from fault
    return _Reader(path, data).mapping()


class _Reader:
    def __init__(self, path: Path, data: dict):
        self.path, self.data = path, data

    def mapping(self) -> Mapping:
        self._check_names("the mapping", self.data, TABLES | PLAIN)
        self._check_names("[file]", self._table("file"), FILE_OPTIONS)
        self._check_names("[source]", self._table("source"), {"name", "url", "note"})
        self._check_names("[columns]", self._table("columns"), set(FIELDS))
        self._check_names("[constants]", self._table("constants"), set(FIELDS))
        columns = {name: self._column(f"columns.{name}", value) for name, value in self._table("columns").items()}
        if "title" not in columns:
            raise self._fault("[columns] has no title", "Name the column that holds the title of each case study.")
        if not self.data.get("key"):
            raise self._fault("key is missing", "List the columns that together tell one row from all others.")
        self._check_language()
        return Mapping(
            name=self.path.stem,
            title=self.data.get("title", self.path.stem),
            columns=columns,
            key=tuple(self._column("key", value) for value in self.data["key"]),
            needs=tuple(self._column("needs", value) for value in self.data.get("needs", [])),
            constants={name: str(value) for name, value in self._table("constants").items()},
            source=self._table("source"),
            file=self._table("file"),
            partners=self._partners(),
            picks=tuple(self._pick(number, one) for number, one in enumerate(self.data.get("concepts", []), 1)),
            organisations=Organisations(**self._organisations()),
        )

    def _column(self, place: str, value) -> Column:
        match value:
            case str():
                return Column(headers=(value,))
            case int() if value > 0:
                return Column(position=value)
            case list() if value and all(isinstance(one, str) for one in value):
                return Column(headers=tuple(value))
            case {"join": [*parts], **rest} if parts:
                joined = tuple(self._column(place, part) for part in parts)
                return Column(parts=joined, separator=rest.get("separator", "\n\n"))
        raise self._fault(
            f"{place} = {value!r} is not understood",
            'Write a header ("Title"), alternatives (["Title", "Titel"]), a position (3) or { join = ["A", "B"] }.',
        )

    def _partners(self) -> Partners | None:
        table = dict(self._table("partners"))
        if not table:
            return None
        self._check_names("[partners]", table, {"limit", "name", "type", "country", "website", "pic"})
        limit = table.pop("limit", 100)
        if not isinstance(limit, int) or "name" not in table or "{n}" not in table["name"]:
            raise self._fault(
                "[partners] is not complete", 'Write for example limit = 100 and name = "Partner {n} name".'
            )
        return Partners(limit, table)

    def _pick(self, number: int, table: dict) -> Pick:
        place = f"[[concepts]] number {number}"
        self._check_names(place, table, {"scheme", "column", "contains"})
        if table.get("scheme") not in SCHEMES or "column" not in table or not isinstance(table.get("contains"), dict):
            known = ", ".join(SCHEMES)
            raise self._fault(f"{place} is not complete", f"It needs scheme (one of {known}), column and contains.")
        contains = {
            text.casefold(): tuple([notations] if isinstance(notations, str) else notations)
            for text, notations in table["contains"].items()
        }
        return Pick(table["scheme"], self._column(place, table["column"]), contains)

    def _organisations(self) -> dict:
        table = self._table("organisations")
        self._check_names("[organisations]", table, {"types", "persons"})
        if table.get("persons", "keep") not in ("keep", "leave out"):
            raise self._fault("organisations.persons is not understood", 'Write "keep" or "leave out".')
        types = {text.casefold(): notation for text, notation in table.get("types", {}).items()}
        return {**table, "types": types}

    def _check_language(self) -> None:
        language = self._table("constants").get("language")
        if language and language not in CODES:
            raise self._fault(f"constants.language = {language!r} is unknown", f"Use one of {', '.join(CODES)}.")

    def _table(self, name: str) -> dict:
        table = self.data.get(name, {})
        if not isinstance(table, dict):
            raise self._fault(f"{name} is not a table", f"Write [{name}] on a line of its own and its values below it.")
        return table

    def _check_names(self, place: str, table: dict, known: set[str]) -> None:
        if unknown := sorted(set(table) - known):
            raise self._fault(f"{place} knows no {', '.join(unknown)}", f"It may hold: {', '.join(sorted(known))}.")

    def _fault(self, reason: str, remedy: str) -> Unreadable:
        return Unreadable(f"The mapping {self.path}: {reason}.", f"{remedy} {HELP}")
