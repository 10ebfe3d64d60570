"""Files of every form give the same rows."""

import gzip
import re
import zipfile

import pytest

from practices.importing import mapping, tables
from practices.importing.faults import Unreadable
from tests.factories.files import HEADER, a_row, as_csv, as_json

ROWS = [a_row(1), a_row(2, Projekt='Zweite; mit, allem "drin"\nund Umbruch'), a_row(3, Träger="Größe & Söhne")]
EXPECTED = [tuple(row.values()) for row in ROWS]


def cells(path, layout) -> list[tuple[str, ...]]:
    return [row.cells for row in tables.read(path, mapping.load(layout)).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859_15", "mac_roman"])
def test_csv_is_read_in_any_usual_encoding_and_delimiter(delimiter, encoding, written, layout):
    path = written("list.csv", as_csv(ROWS, delimiter), encoding)
    assert cells(path, layout) == EXPECTED


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [("hr", "cp1250", "Škola za život, čitanje i pisanje"), ("el", "cp1253", "Ψηφιακό σχολείο για όλους"),
     ("bg", "cp1251", "Училище за всички деца"), ("lv", "cp1257", "Skolēnu mācīšanās mājās ķēdē"),
     ("cs", "iso8859_2", "Škola hrou pro všechny žáky")],
)  # fmt: skip
def test_the_language_of_a_mapping_tells_its_windows_encoding(language, encoding, text, written, tmp_path):
    layout = written("own.toml", f'key = ["Id"]\n[constants]\nlanguage = "{language}"\n[columns]\ntitle = "Name"\n')
    path = written("list.csv", f"Id;Name\r\n1;{text}\r\n2;{text}\r\n", encoding)
    assert cells(path, str(layout)) == [("1", text), ("2", text)]


def test_lines_above_the_header_are_passed_over_and_blank_rows_are_no_rows(written, layout):
    above = "Verzeichnis der Vorhaben\r\n\r\nStand: 1. Juli 2016, alle Angaben ohne Gewähr\r\n"
    text = as_csv(ROWS, ";", above).replace("\r\n3;", "\r\n;;;;;;;\r\n3;")
    rows = list(tables.read(written("list.csv", text), mapping.load(layout)).rows)
    assert [(row.number, row.cells[0]) for row in rows] == [(5, "1"), (6, "2"), (8, "3")]


def test_workbooks_give_values_whatever_sheet_and_row_the_table_is_on(workbook, layout):
    rows = [list(row.values()) for row in ROWS]
    path = workbook(
        "list.xlsx", {"Hinweise": [["Bitte lesen"]], "Daten": [[], ["Stand 2016"], [], list(HEADER), *rows]}
    )
    found = list(tables.read(path, mapping.load(layout)).rows)
    assert [row.cells for row in found] == EXPECTED
    assert [row.number for row in found] == [5, 6, 7]


def test_formulas_give_the_value_they_last_had(workbook, layout, tmp_path):
    path = workbook("list.xlsx", {"Daten": [list(HEADER), [1, "Tablets", "", "", "", "", "=1000+234.5", ""]]})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "new.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>1234.5</v>", data)
            new.writestr(name, data)
    assert cells(tmp_path / "new.xlsx", layout) == [("1", "Tablets", "", "", "", "", "1234.5", "")]


@pytest.mark.parametrize("form", ["list", "lines", "inside", "one"])
@pytest.mark.parametrize("suffix", [".json", ".json.gz", ".txt"])
def test_json_is_read_as_list_lines_or_inside_an_object(form, suffix, written, layout):
    texts = {
        "list": as_json(ROWS),
        "lines": "\n".join(as_json(row) for row in ROWS),
        "inside": as_json({"meta": {"count": 3}, "result": {"projects": ROWS}}),
        "one": as_json(ROWS[0]),
    }
    content = texts[form].encode()
    path = written(f"list{suffix}", gzip.compress(content) if suffix.endswith(".gz") else content)
    assert cells(path, layout) == (EXPECTED[:1] if form == "one" else EXPECTED)


def test_json_longer_than_one_block_is_read_to_its_end(written, layout):
    rows = [a_row(number, Beschreibung="Wort " * 3000) for number in range(40)]
    assert [row[0] for row in cells(written("list.json", as_json(rows)), layout)] == [str(n) for n in range(40)]


def test_headers_compare_by_letters_and_by_each_of_two_languages(written, layout):
    text = (
        as_csv(ROWS, ";")
        .replace("Nr;Projekt;", '" NR. ";"Name des Vorhabens | Project";')
        .replace("Förderung", "För-\nderung", 1)
    )
    text = text.replace(";För-\nderung;", ';"För-\nderung";')
    assert cells(written("list.csv", text), layout) == EXPECTED


def refused(path, layout) -> str:
    with pytest.raises(Unreadable) as fault:
        list(tables.read(path, mapping.load(layout)).rows)
    return str(fault.value)


def test_missing_columns_are_named_with_those_found(written, layout):
    said = refused(written("list.csv", "Nr;Titel;Land\r\n1;Tablets;AT\r\n"), layout)
    assert "lacks these columns of the mapping layout: 'Projekt' or 'Project'." in said
    assert "Columns found: 'Nr', 'Titel', 'Land'." in said


def test_a_wrong_sheet_is_named_with_those_there(workbook, written):
    layout = written("own.toml", 'key = ["Nr"]\n[file]\nsheet = "Liste"\n[columns]\ntitle = "Projekt"\n')
    path = workbook("list.xlsx", {"Daten": [list(HEADER)], "Mehr": [["x"]]})
    assert "has no sheet 'Liste'; it has: Daten, Mehr." in refused(path, str(layout))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("list.csv", b"", "is empty"),
        ("list.csv.gz", gzip.compress(as_csv(ROWS).encode() * 50)[:-40], "breaks off"),
        ("list.xlsx", b"PK\x03\x04 not a workbook", "can't be read as a spreadsheet"),
        ("list.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "can't be read as a spreadsheet"),
        ("list.json", b'[{"Nr": 1, "Projekt": "x"}, {"Nr": ', "is not valid JSON at character"),
        ("list.json", b"[" * 5000, "is not valid JSON at character"),
        ("list.csv", bytes(range(256)) * 40, "lacks these columns"),
    ],
)
def test_files_that_are_none_are_refused_with_the_reason(name, content, message, written, layout):
    assert message in refused(written(name, content), layout)


def test_a_missing_file_is_named(tmp_path, layout):
    assert refused(tmp_path / "gone.csv", layout) == f"There is no file {tmp_path / 'gone.csv'}.\nCheck the path."
