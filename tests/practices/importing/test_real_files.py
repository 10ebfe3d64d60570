"""Every real list is read with a full account; the numbers were counted by other readers (csv, openpyxl, json)."""

import gzip
from collections import Counter

import pytest
from django.db.models import Count

from practices.importing import countries, mapping, tables
from practices.importing.account import Account
from practices.importing.actions import only_tell
from practices.importing.run import run
from practices.models import CaseStudy, Participation
from search import engines, indexer
from search.contract import PUBLIC
from search.query import Query

pytestmark = pytest.mark.django_db

# file: mapping, rows that hold anything, skipped
LISTS = {
    "AT__ESF_Austria_2014.json.gz": ("at-esf-2014", 6504, 0),
    "BE__ERDF_Flandern_2007-2013.xlsx": ("be-flanders-erdf-2007", 449, 1),
    "BE__Region_Wallone_all_funds_2014-2020.json.gz": ("be-wallonia-2014", 660, 0),
    "CY__BeneficiariesLIST_FebERDF_CF_-1_cyprus-clean.csv.gz": ("cy-erdf-2007", 1474, 7),
    "CZ__ERDF_Czech_Republic_2014-2020.xlsx": ("cz-erdf-2014", 1781, 9),
    "DE__2016-06-30_Liste_der_Vorhaben_ESF_2014-2020.csv.gz": ("de-saxony-esf-2014", 5748, 68),
    "DE__ESF-Data-Sachsen-Anhalt-2007-2013.csv.gz": ("de-saxony-anhalt-esf-2007", 14418, 130),
    "DE__liste_der_vorhaben_stand_01.07.2016.xls": ("de-thuringia-esf-2014", 2918, 28),
    "ES__PO_FSE_CATALUxA.json.gz": ("es-esf-2007", 3174, 0),
    "ES__PO_FSE_EXTREMADURA.json.gz": ("es-esf-2007", 3397, 0),
    "FI__projektilista-csv-final.csv.gz": ("fi-erdf-2014", 2881, 0),
    "FR__20160711_listeoperations_FEDER_FSE_14-20.xls": ("fr-operations-2014", 1834, 1),
    "FR__data.csv.gz": ("fr-exemplary-2007", 529, 0),
    "HR__ESIF_Croatia_2007-2020.csv.gz": ("hr-esif-2007", 2532, 1317),
    "HR__original_xls_file_croatia.xls": ("hr-esif-2007", 2532, 1317),
    "IT__csv_Italy_2014_2020_allfunds.csv.gz": ("it-programmes-2014", 82, 7),
    "LU__all_funds_data_luxembourg_2007-2020.csv.gz": ("lu-projects-2007", 75, 0),
    "LV__all_funds_Latvia_2014-2020.csv.gz": ("lv-projects-2014", 134, 0),
    "MT__Malta_ESF_2014-2020.json.gz": ("mt-esf-2014", 6, 0),
    "NL__ESF_07-13_Publicatielijst_01-12-16_Actie_A.xls": ("nl-esf-2007", 306, 0),
    "PT__Portugal_all_funds_2014-2020.xlsx": ("pt-projects-2014", 11023, 0),
    "RO__cleaning_romania.csv.gz": ("ro-erdf-2007", 4636, 0),
    "SK__all_funds_Slovakia_2014-2020.json.gz": ("sk-projects-2014", 177, 0),
    "UK__ESF_Northern_Ireland_2014-2020.xlsx": ("uk-northern-ireland-2014", 64, 0),
    "UK__ESIF_2014-2020_List_of_beneficiaries_Oct_2016.csv.gz": ("uk-england-2014", 394, 0),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_read_whole_and_every_row_accounted_for(name, shared_data):
    layout, rows, skipped = LISTS[name]
    path = shared_data / "projects" / name
    found = mapping.load(layout)
    table = tables.read(path, found)
    assert [headers for headers in found.headers if table.position(headers) is None] == []
    if rows > 3000:  # the long ones without the planning of pages, which is the same for all
        assert sum(row.fault is None for row in table.rows) == rows
        return
    account = run(layout, path, Account(), only_tell)
    counts = {"created": rows - skipped} | ({"skipped": skipped} if skipped else {})
    assert (account.read, dict(account.counts)) == (rows, counts)


def test_no_list_was_forgotten(shared_data):
    lists = {path.name for path in (shared_data / "projects").iterdir() if "__" in path.name}
    assert lists == set(LISTS)
    assert {layout for layout, _rows, _skipped in LISTS.values()} | {"erasmus", "education-subset"} == set(
        mapping.shipped()
    )


ERASMUS = {
    "JeanMonnet": ("553065-EPP-1-2014-1-TR-EPPJMO-CHAIR", ["TR"], 1, "50000.00", "", 2014, [], ["higher-education"]),
    "KA1_2014": ("2014-1-DE03-KA101-000001", ["DE"], 1, "2605.00", "", 2014, ["isced-2", "isced-3"], ["school"]),
    "KA1_2015": ("2015-1-LI01-KA101-000034", ["LI"], 1, "3565.00", "good-practice", 2015, ["isced-1"], ["school"]),
    "KA1_2016": (
        "2016-1-LI01-KA101-000050",
        ["LI"],
        1,
        "53110.00",
        "good-practice",
        2016,
        ["isced-2", "isced-3"],
        ["school"],
    ),
    "KA1_2017": ("2017-1-RS01-KA101-000006", ["CZ", "RS"], 2, "13190.00", "", 2017, ["isced-1"], ["school"]),
    "KA1_2018": ("2018-1-LI01-KA101-000090", ["LI"], 1, "106530.00", "", 2018, ["isced-2", "isced-3"], ["school"]),
    "KA2": ("2014-1-LI01-KA200-000005", ["BE", "DE", "LI"], 5, "112527.93", "good-practice", 2014, [], []),
    "KA3": ("562155-EPP-1-2015-1-ES-EPPKA3-PI-FORWARD", ["ES", "GR", "IT"], 5, "448324.00", "", 2015, [], []),
    "Sports": ("556927-EPP-1-2014-1-LT-SPO-SCP", ["BG", "ES", "LT", "LV", "PL", "TR"], 8, "58630.00", "", 2014, [], []),
}


@pytest.mark.parametrize("part", ERASMUS)
def test_erasmus_exports_give_the_same_case_study_from_csv_and_json(part, shared_data, imported):
    reference, in_countries, parties, amount, label, year, levels, sectors = ERASMUS[part]
    (table,) = (shared_data / "erasmus").glob(f"*_{part}_*.csv")
    assert (
        imported("erasmus", table, "--publish")[0]
        == "1 rows read: 1 created, 0 updated, 0 unchanged, 0 skipped, 0 failed."
    )
    again = imported("erasmus", table.with_suffix(".json"))[0]
    assert again == "1 rows read: 0 created, 0 updated, 1 unchanged, 0 skipped, 0 failed."
    page = CaseStudy.objects.get(source_key=f"erasmus:{reference}")
    funding = page.funding[0].value
    assert (str(funding["amount"]), funding["label"], funding["reference"], page.year) == (
        amount,
        label,
        reference,
        year,
    )
    assert funding["programme"] == "Erasmus+"
    assert sorted(one.notation for one in page.countries.all()) == in_countries
    assert Counter(page.participations.values_list("role", flat=True)) == Counter(
        {"lead": 1} | ({"partner": parties - 1} if parties > 1 else {})
    )
    assert sorted(one.notation for one in page.levels.all()) == levels
    assert sorted(one.notation for one in page.sectors.all()) == sectors
    assert (page.language, page.live) == ("en", True)
    assert page.source_url.endswith(reference) and page.source_name == "Erasmus+ Project Results"


def facets_and_sql() -> tuple[dict, dict]:
    indexer.rebuild()
    results = engines.engine().find(Query(language="en"), frozenset({PUBLIC}))
    found = {bucket.value: bucket.count for bucket in results.facets["country"] if bucket.count}
    rows = CaseStudy.objects.visible_to(None).order_by().values_list("countries__notation").annotate(count=Count("pk"))
    return found, dict(rows)


def test_facets_by_country_over_part_of_the_education_rows_equal_sql(shared_data, written, imported):
    with gzip.open(shared_data / "projects" / "education_subset.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [line for number, line in enumerate(file) if number % 18 == 0]
    imported("education-subset", written("part.jsonl", "".join(lines)), "--publish")
    found, sql = facets_and_sql()
    assert found == sql
    assert sum(sql.values()) == len(lines) == 296


@pytest.mark.slow
def test_all_education_rows_are_imported_and_a_second_import_changes_nothing(shared_data, imported):
    path = shared_data / "projects" / "education_subset.jsonl.gz"
    assert imported("education-subset", path, "--publish")[0] == (
        "5320 rows read: 5320 created, 0 updated, 0 unchanged, 0 skipped, 0 failed."
    )
    found, sql = facets_and_sql()
    assert found == sql == {
        "DE": 1800, "HR": 760, "CZ": 725, "RO": 514, "FR": 313, "PT": 276, "FI": 230, "GB": 180, "BE": 164, "NL": 151,
        "AT": 101, "CY": 65, "SK": 15, "LV": 13, "ES": 7, "MT": 6,
    }  # fmt: skip
    assert imported("education-subset", path)[0] == (
        "5320 rows read: 0 created, 0 updated, 5320 unchanged, 0 skipped, 0 failed."
    )


def test_lists_that_name_natural_persons_give_none_away(shared_data, written, imported):
    countries.forget()
    found = mapping.load("de-saxony-anhalt-esf-2007")
    table = tables.read(shared_data / "projects" / "DE__ESF-Data-Sachsen-Anhalt-2007-2013.csv.gz", found)
    names = [row.cells[0] for row in table.rows]
    named = next(name for name in names if name.count(",") == 1 and len(name.split()) == 2 and "-" in name.split()[1])
    text = (
        f"Name des Begünstigten;Bezeichnung des Vorhabens;Jahr der Bewilligung;Gewährte Beträge\n{named};Kurs;2012;1\n"
    )
    imported("de-saxony-anhalt-esf-2007", written("list.csv", text))
    assert (CaseStudy.objects.count(), Participation.objects.count()) == (1, 0)
    assert named not in CaseStudy.objects.get().credited_to
