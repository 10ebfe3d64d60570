"""Rows of a table file, whatever its form: CSV, XLS, XLSX, ODS, JSON, each also gzipped; the header row is found by its names."""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import python_calamine

from practices.importing import encodings, jsons
from practices.importing.faults import RowFault, Unreadable
from practices.importing.mapping import Mapping
from practices.importing.values import cell

PREAMBLE = 60  # rows among which the header is looked for
DELIMITERS = ",;\t|"
WORKBOOKS = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"}
FORMS = "Files may be CSV, XLS, XLSX, ODS, JSON or JSON lines, each also compressed with gzip (.gz)."
csv.field_size_limit(16 * 1024 * 1024)


@dataclass(frozen=True)
class Row:
    number: int  # as a spreadsheet would number it
    cells: tuple[str, ...]
    fault: RowFault | None = None


@dataclass(frozen=True)
class Table:
    places: dict[str, int]  # header, normalised, -> position
    rows: Iterator[Row]
    width: int

    def position(self, headers: Iterable[str]) -> int | None:
        return next((self.places[key] for key in map(normal, headers) if key in self.places), None)


def normal(header: str) -> str:
    """Headers compare by their letters and digits: case, spaces, line breaks and hyphenation don't count."""
    return re.sub(r"[\W_]+", "", header).casefold()


def read(path: Path, mapping: Mapping) -> Table:
    """Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path}.", "Check the path.")
    try:
        return _read(path, mapping)
    except (OSError, EOFError, zlib.error) as fault:
        raise Unreadable(f"{path} breaks off or can't be opened: {fault}", "Fetch it again from its source.") from fault


def _read(path: Path, mapping: Mapping) -> Table:
    file = _opened(path)
    suffix = Path(path.stem if path.suffix == ".gz" else path.name).suffix.lower()
    if suffix in WORKBOOKS or _is_workbook(file):
        return _headed(path, mapping, _of_workbook(path, file, mapping))
    if suffix in {".json", ".jsonl", ".ndjson"} or _is_json(file):
        return _of_json(path, file, mapping)
    return _of_csv(path, file, mapping)


def _opened(path: Path):
    file = path.open("rb")
    if file.read(2) == b"\x1f\x8b":
        file.close()
        file = gzip.open(path, "rb")
    file.seek(0)
    if not file.read(1):
        raise Unreadable(f"{path} is empty.", "Fetch it again from its source.")
    file.seek(0)
    return file


def _begins(file) -> bytes:
    start = file.read(64)
    file.seek(0)
    return start


def _is_workbook(file) -> bool:
    return _begins(file).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _is_json(file) -> bool:
    return _begins(file).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


# --- forms ----------------------------------------------------------------------------------------


def _of_workbook(path: Path, file, mapping: Mapping) -> Iterator[list[str]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        sheet = _sheet(path, book, mapping)
        rows = sheet.iter_rows() if sheet.start else iter(())
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, EOFError) as fault:
        raise Unreadable(
            f"{path} can't be read as a spreadsheet: {fault}", f"Save it anew, without a password. {FORMS}"
        ) from fault
    yield from ([cell(value) for value in row] for row in rows)


def _sheet(path: Path, book, mapping: Mapping):
    wanted = mapping.file.get("sheet")
    if wanted and wanted not in book.sheet_names:
        have = ", ".join(book.sheet_names)
        raise Unreadable(
            f"{path} has no sheet {wanted!r}; it has: {have}.", "Name the right one under [file] sheet in the mapping."
        )
    if wanted:
        return book.get_sheet_by_name(wanted)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return max(
        sheets,
        key=lambda sheet: _best_header(mapping, _texts(islice(sheet.iter_rows(), PREAMBLE)))[1] if sheet.start else -1,
    )


def _texts(rows: Iterable[list]) -> list[list[str]]:
    return [[cell(value) for value in row] for row in rows]


def _of_csv(path: Path, file, mapping: Mapping) -> Table:
    def fits(sample: str) -> int:
        return max(_best_header(mapping, _sampled(sample, one))[1] for one in DELIMITERS)

    name = mapping.file.get("encoding") or encodings.encoding_of(file, mapping.constants.get("language", ""), fits)
    try:
        sample = file.read(encodings.SAMPLE).decode(name, errors="replace")
    except LookupError as fault:
        raise Unreadable(
            f"There is no encoding {name!r}.", "Name another one under [file] encoding in the mapping."
        ) from fault
    file.seek(0)
    delimiter = mapping.file.get("delimiter") or max(DELIMITERS, key=lambda one: _shape(mapping, sample, one))
    text = io.TextIOWrapper(file, encoding=name, errors="replace", newline="")
    return _headed(path, mapping, _csv_rows(path, text, delimiter))


def _csv_rows(path: Path, text, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader((part.replace("\0", "") for part in text), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Unreadable(
                f"{path}, line {reader.line_num}: {fault}", "A quote is probably not closed there."
            ) from fault
        except (OSError, EOFError, zlib.error) as fault:
            raise Unreadable(f"{path} breaks off: {fault}", "Fetch it again from its source.") from fault


def _sampled(sample: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), PREAMBLE + 140))
    except csv.Error:
        return []


def _shape(mapping: Mapping, sample: str, delimiter: str) -> tuple[int, float, int]:
    """How well a delimiter fits: headers found, share of rows as wide as the header, width."""
    rows = _sampled(sample, delimiter)
    at, found = _best_header(mapping, rows[:PREAMBLE])
    width = len(rows[at]) if rows else 0
    below = [len(row) for row in rows[at + 1 : -1] if row]
    return found, sum(one == width for one in below) / len(below) if below else 0.0, width


def _of_json(path: Path, file, mapping: Mapping) -> Table:
    name = encodings.encoding_of(file, mapping.constants.get("language", ""), lambda _sample: 0)
    records = jsons.records(path, io.TextIOWrapper(file, encoding=name, errors="replace"))
    first = list(islice(records, PREAMBLE))
    headers = list(dict.fromkeys(key for record in first if isinstance(record, dict) for key in record))
    places = _places(path, mapping, headers)

    def rows() -> Iterator[Row]:
        for number, record in enumerate(chain(first, records), 1):
            if isinstance(record, dict):
                yield Row(number, tuple(cell(record.get(header)) for header in headers))
            else:
                reason = f"it is {type(record).__name__}, not an object with named values"
                yield Row(number, (), RowFault("", reason, "Correct the file at this record."))

    return Table(places, rows(), len(headers))


# --- header ---------------------------------------------------------------------------------------


def _headed(path: Path, mapping: Mapping, rows: Iterator[list[str]]) -> Table:
    first = list(islice(rows, PREAMBLE))
    at, _found = _best_header(mapping, first)
    headers = first[at] if first else []
    places = _places(path, mapping, headers)
    start = at + 1 + mapping.file.get("skip_after_header", 0)
    return Table(places, _body(chain(first[start:], rows), start + 1, len(headers)), len(headers))


def _body(rows: Iterable[list[str]], number: int, width: int) -> Iterator[Row]:
    """Blank rows are no rows, but they count for the numbers."""
    for at, cells in enumerate(rows, number):
        if not any(value.strip() for value in cells):
            continue
        beyond = [value for value in cells[width:] if value.strip()]
        fault = RowFault(
            "",
            f"it has {len(cells)} cells, the header has {width}",
            "A delimiter or a quote inside a text probably splits it: put that text in quotes.",
        )
        yield Row(at, (*cells[:width], *[""] * (width - len(cells))), fault if beyond else None)


def _best_header(mapping: Mapping, rows: list[list[str]]) -> tuple[int, int]:
    """(position of the row that holds the most of the mapping's headers, how many)."""
    wanted = [{normal(name) for name in headers} for headers in mapping.headers]
    best, most = 0, 0
    for at, row in enumerate(rows[:PREAMBLE]):
        have = set(_names(row))
        found = sum(bool(headers & have) for headers in wanted)
        if found > most:
            best, most = at, found
    return best, most


def _names(row: list[str]) -> dict[str, int]:
    """Header names with their positions; a bilingual header also counts by each of its halves."""
    names: dict[str, int] = {}
    for at, header in enumerate(row):
        for part in (header, *re.split(r"\s\|\s|\s+[-–/]\s+|\n|\s{3,}", header)):
            if key := normal(part):
                names.setdefault(key, at)
    return names


def _places(path: Path, mapping: Mapping, headers: list[str]) -> dict[str, int]:
    places = _names(headers)
    missing = [names for names in mapping.indispensable if not any(normal(name) in places for name in names)]
    if missing:
        lacking = ", ".join(" or ".join(repr(name) for name in names) for names in missing)
        have = ", ".join(repr(" ".join(header.split())[:60]) for header in headers[:20] if header.strip()) or "none"
        raise Unreadable(
            f"{path} lacks these columns of the mapping {mapping.name}: {lacking}.",
            f"Columns found: {have}.\nUse the mapping of this layout, or write one: docs/importing.md.",
        )
    return places
