"""The command: what it says, what it writes, how it ends."""

import csv
import json
import resource
import tracemalloc

import pytest

from practices.importing import mapping, tables
from practices.models import CaseStudy, Organisation
from search.models import OutboxRow
from tests.factories import a_member
from tests.factories.files import MAPPING, a_row, as_csv, as_json

pytestmark = pytest.mark.django_db


def test_a_dry_run_gives_the_same_account_and_writes_nothing(written, layout, imported):
    rows = [a_row(1), a_row(2, Projekt=""), a_row(1, Projekt="Noch einmal"), a_row(4, Beginn="31.02.2019")]
    path = written("list.csv", as_csv(rows))
    dry, told, _code = imported(layout, path, "--dry-run")
    assert (CaseStudy.objects.count(), Organisation.objects.count(), OutboxRow.objects.count()) == (0, 0, 0)
    real, said, _code = imported(layout, path)
    assert dry == f"Dry run, nothing was written. {real}"
    assert told.replace("Dry run, nothing was written. ", "") == said
    assert real == "4 rows read: 2 created, 0 updated, 0 unchanged, 2 skipped, 0 failed."


def test_rows_that_fail_are_named_with_place_reason_and_remedy(written, layout, imported):
    text = as_csv([a_row(1), a_row(2), a_row(3)], ";") + "4;Titel;a;b;c;d;e;f;zu viel;x\r\n;Ohne Nummer;;;;;;\r\n"
    account, said, code = imported(layout, written("list.csv", text))
    assert (account, code) == ("5 rows read: 3 created, 0 updated, 0 unchanged, 0 skipped, 2 failed.", 1)
    assert "row 5: it has 10 cells, the header has 8. A delimiter or a quote" in said
    assert "row 6, Nr: it is empty, so this row can't be told from others. Fill it in." in said
    assert said.endswith("2 rows could not be imported.")


def test_the_report_tells_every_row_and_no_formula_runs_in_it(written, layout, imported, tmp_path):
    rows = [a_row(1), a_row(2, Projekt="=HYPERLINK(1)"), a_row(3, Projekt=""), a_row(4, Ende="bald 2020")]
    imported(layout, written("list.csv", as_csv(rows)), "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        told = [(row["row"], row["outcome"], row["title"], row["reason"], row["notes"]) for row in csv.DictReader(file)]
    assert sorted(told) == [
        ("2", "created", "Tablets für alle, Teil 1", "", ""),
        ("3", "created", "'=HYPERLINK(1)", "", ""),
        ("4", "skipped", "", "no title in 'Projekt'", ""),
        ("5", "created", "Tablets für alle, Teil 4", "", "Ende: 'bald 2020' is no date; left out"),
    ]


def test_files_that_cannot_be_read_end_with_two(written, layout, imported, tmp_path):
    assert imported(layout, tmp_path / "gone.csv")[1:] == (
        f"There is no file {tmp_path / 'gone.csv'}.\nCheck the path.",
        2,
    )
    _account, said, code = imported("erasmus", written("list.csv", "a,b\n1,2\n"))
    assert (code, said.splitlines()[0].endswith("'Project Title', 'Project Identifier'.")) == (2, True)


def test_an_unknown_format_lists_those_there(imported, written):
    _account, said, code = imported("erasmuss", written("list.csv", "a"))
    assert code == 2 and said.startswith("There is no format 'erasmuss'.")
    assert [line.strip() for line in said.splitlines() if line.startswith("  ")] == mapping.shipped()


def test_a_file_that_breaks_off_keeps_what_was_whole_and_says_where(written, layout, imported):
    text = json.dumps([a_row(number) for number in range(70)])[:-60]
    account, said, code = imported(layout, written("list.json", text))
    assert account == "69 rows read: 69 created, 0 updated, 0 unchanged, 0 skipped, 0 failed."
    assert (code, "is not valid JSON at character" in said, CaseStudy.objects.count()) == (2, True, 69)


def test_new_case_studies_belong_to_the_owner_named(written, layout, imported):
    person = a_member(email="importer@example.org")
    imported(layout, written("list.csv", as_csv([a_row(1)])), "--owner", "Importer@example.org")
    assert CaseStudy.objects.get().owner == person


def test_an_unknown_owner_is_told_before_anything_is_read(written, layout, imported):
    _account, said, code = imported(layout, written("list.csv", as_csv([a_row(1)])), "--owner", "nobody@example.org")
    assert said.startswith("There is no member with the address nobody@example.org.")
    assert (code, CaseStudy.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("title = [", "titel = ["), "[columns] knows no titel"),
        (('key = ["Nr"]', ""), "key is missing"),
        (('language = "de"', 'language = "xx"'), "constants.language = 'xx' is unknown"),
        (('summary = "Beschreibung"', "summary = 0"), "columns.summary = 0 is not understood"),
        (("[source]", "[source"), "is not valid TOML"),
    ],
)
def test_faults_of_a_mapping_name_the_place_and_the_remedy(change, message, written, imported):
    path = written("own.toml", MAPPING.replace(*change))
    _account, said, code = imported(path, written("list.csv", as_csv([a_row(1)])))
    assert message in said and str(path) in said
    assert (code, CaseStudy.objects.count()) == (2, 0)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_ten_thousand_rows_are_read_in_flat_memory(form, written, layout):
    rows = [a_row(number, Beschreibung="Wort " * 200) for number in range(10_000)]
    path = written(f"list.{form}", as_csv(rows) if form == "csv" else as_json(rows))
    found = mapping.load(layout)
    del rows
    tracemalloc.start()
    try:
        count = sum(1 for _row in tables.read(path, found).rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (count, path.stat().st_size > 11_000_000) == (10_000, True)
    assert peak < 5_000_000


@pytest.mark.slow
def test_ten_thousand_rows_are_imported_in_flat_memory(written, layout, imported):
    imported(layout, written("first.csv", as_csv([a_row(number) for number in range(1000)])))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = written("list.csv", as_csv([a_row(number) for number in range(11_000)]))
    account, _said, _code = imported(layout, path)
    assert account == "11000 rows read: 10000 created, 0 updated, 1000 unchanged, 0 skipped, 0 failed."
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200_000  # kB, the in-memory database of the tests with its 10,000 pages included
