"""Records become pages, whole or not at all, and a second import changes only what changed."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex

from practices.importing import actions, mapping, tables
from practices.importing.records import record_of
from practices.models import CaseStudy, Organisation
from practices.site_tree import index_in
from search import indexer
from search.models import OutboxRow
from tests.factories import a_member
from tests.factories.files import a_row, as_csv

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def of_list(number: int) -> CaseStudy:
    return CaseStudy.objects.get(source_key=f"layout:{number}")


def test_a_row_becomes_a_draft_with_source_funding_and_organisation(written, layout, imported):
    account, _said, code = imported(layout, written("list.csv", as_csv([a_row(7)], ";")))
    page = of_list(7)
    assert (account, code) == ("1 rows read: 1 created, 0 updated, 0 unchanged, 0 skipped, 0 failed.", 0)
    assert (page.live, page.language, page.source_language, page.year) == (False, "de", "de", 2019)
    assert (page.source_name, page.source_url, page.source_note) == ("A list", "https://example.org/list", "CC BY 4.0")
    assert (page.stage, page.outcome, page.factor_statements.count()) == (None, None, 0)
    assert [country.notation for country in page.countries.all()] == ["AT"]
    assert [str(one) for one in page.participations.all()] == ["Volksschule Graz (Lead)"]
    assert [link.value["url"] for link in page.links] == ["http://www.example.org/x"]
    funding = page.funding[0].value
    assert {name: str(funding[name]) for name in ("programme", "title", "coordinator", "start", "end", "amount")} == {
        "programme": "European Social Fund",
        "title": "Tablets für alle, Teil 7",
        "coordinator": "Volksschule Graz",
        "start": "2019-09-01",
        "end": "2020-12-31",
        "amount": "1234.50",
    }


def test_factors_and_topics_are_suggested_never_set(written, layout, imported):
    text = "Die Schule führt KI ein und sorgt für digitale Barrierefreiheit. Robotik für alle."
    imported(layout, written("list.csv", as_csv([a_row(1, Beschreibung=text)])))
    page = of_list(1)
    found = {f"{one.concept.scheme.notation}/{one.concept.notation}" for one in page.suggestions.all()}
    assert {path.partition("/")[0] for path in found} <= {"factor", "topic"}
    assert "topic/robotics" in found
    assert (page.topics.count(), page.factor_statements.count()) == (0, 0)


def test_the_address_speaks_in_latin_letters_whatever_the_script(written, tmp_path, imported):
    layout = written("own.toml", 'key = ["Id"]\n[constants]\nlanguage = "el"\n[columns]\ntitle = "Τίτλος"\n')
    imported(layout, written("list.csv", "Id,Τίτλος\n1,Ψηφιακό σχολείο\n"))
    assert re.fullmatch(r"psifiako-scholeio-[0-9a-f]{8}", CaseStudy.objects.get().slug)


def test_register_numbers_behind_a_name_are_not_part_of_it(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(1, Träger="Grad Zadar (09933651854)")])))
    assert [one.name for one in Organisation.objects.all()] == ["Grad Zadar"]


def test_published_ones_are_found_and_drafts_are_not(written, layout, imported):
    imported(layout, written("one.csv", as_csv([a_row(1)])), "--publish")
    imported(layout, written("two.csv", as_csv([a_row(2)])))
    indexer.drain()
    assert [page.source_key for page in CaseStudy.objects.visible_to(None)] == ["layout:1"]
    assert OutboxRow.objects.count() == 0


def test_each_page_leaves_its_row_in_the_outbox(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(1), a_row(2)])))
    assert set(OutboxRow.objects.values_list("key", flat=True)) == {of_list(1).search_key, of_list(2).search_key}


def test_a_second_import_changes_nothing(written, layout, imported):
    path = written("list.csv", as_csv([a_row(number) for number in range(5)]))
    imported(layout, path)
    before = list(CaseStudy.objects.order_by("pk").values())
    OutboxRow.objects.all().delete()
    account, _said, _code = imported(layout, path)
    assert account == "5 rows read: 0 created, 0 updated, 5 unchanged, 0 skipped, 0 failed."
    assert list(CaseStudy.objects.order_by("pk").values()) == before
    assert OutboxRow.objects.count() == 0


def test_a_changed_row_updates_its_page_and_rows_no_longer_there_stay(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(1), a_row(2)])), "--publish")
    address = of_list(1).url
    new = a_row(1, Projekt="Neuer Name", Träger="Musterschule Linz")
    account, _said, _code = imported(layout, written("list.csv", as_csv([new, a_row(3)])))
    page = of_list(1)
    assert account == "2 rows read: 1 created, 1 updated, 0 unchanged, 0 skipped, 0 failed."
    assert (page.title, page.draft_title, page.live, page.url) == ("Neuer Name", "Neuer Name", True, address)
    assert [one.organisation.name for one in page.participations.all()] == ["Musterschule Linz"]
    assert sorted(CaseStudy.objects.values_list("source_key", "live")) == [
        ("layout:1", True), ("layout:2", True), ("layout:3", False)
    ]  # fmt: skip


def test_what_somebody_edited_or_withdrew_here_is_kept(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(1), a_row(2)])), "--publish")
    edited = of_list(1)
    edited.title = "Von Hand verbessert"
    edited.save_revision(user=a_member()).publish()
    CaseStudy.objects.filter(source_key="layout:2").update(withdrawn_at="2026-01-01T00:00Z")
    changed = [a_row(1, Projekt="Aus der Liste"), a_row(2, Projekt="Aus der Liste")]
    account, said, code = imported(layout, written("list.csv", as_csv(changed)))
    assert (account, code) == ("2 rows read: 0 created, 0 updated, 0 unchanged, 2 skipped, 0 failed.", 0)
    assert "row 2: kept as it is: edited here since it was imported" in said
    assert "row 3: kept as it is: withdrawn here" in said
    assert [of_list(1).title, of_list(2).title] == ["Von Hand verbessert", "Tablets für alle, Teil 2"]


def test_the_admin_opens_an_imported_draft_and_a_published_page(written, layout, imported, client):
    imported(layout, written("one.csv", as_csv([a_row(1)])))
    imported(layout, written("two.csv", as_csv([a_row(2)])), "--publish")
    client.force_login(a_member(is_superuser=True, is_staff=True))
    for number in (1, 2):
        response = client.get(reverse("wagtailadmin_pages:edit", args=[of_list(number).pk]))
        assert response.status_code == 200
        assert response.context["page"].title == f"Tablets für alle, Teil {number}"


def test_wagtails_tree_stays_whole_and_further_pages_can_be_added(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(number) for number in range(30)])))
    index = index_in("de")
    assert index.numchild == index.get_children().count() == 30
    assert [len(found) for found in CaseStudy.find_problems()] == [0, 0, 0, 0, 0]
    page = index.add_child(instance=CaseStudy(title="Von Hand", slug="von-hand", source_language="de"))
    assert page.get_parent().pk == index.pk


def test_wagtails_search_and_references_know_imported_pages(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(1)])))
    assert [found.pk for found in CaseStudy.objects.search("Tablets")] == [of_list(1).pk]
    references = ReferenceIndex.get_references_to(Organisation.objects.get(name="Volksschule Graz"))
    assert [int(one.object_id) for one in references] == [of_list(1).pk]


def test_the_next_place_costs_the_same_however_many_are_there(written, layout, imported):
    counts = []
    for start in (0, 100):
        path = written("list.csv", as_csv([a_row(number) for number in range(start, start + 100)]))
        with CaptureQueriesContext(connection) as queries:
            imported(layout, path)
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 10


def test_an_organisation_is_made_once_for_its_name_and_country(written, layout, imported):
    imported(layout, written("list.csv", as_csv([a_row(number) for number in range(3)])))
    imported(layout, written("more.csv", as_csv([a_row(9), a_row(10, Träger="Volksschule Linz")])))
    assert [(one.name, one.country.notation) for one in Organisation.objects.all()] == [
        ("Volksschule Graz", "AT"), ("Volksschule Linz", "AT")
    ]  # fmt: skip


def test_long_titles_and_texts_lose_nothing(written, layout, imported):
    title = "Digitale Bildung für alle Kinder " * 8
    text = " ".join(f"Satz Nummer {number} steht hier." for number in range(200))
    imported(layout, written("list.csv", as_csv([a_row(1, Projekt=title, Beschreibung=text)])))
    page = of_list(1)
    assert len(page.title) <= 120 and page.title.endswith("…")
    assert page.funding[0].value["title"] == title.strip()
    assert len(page.summary) <= 1500 and f"{page.summary} {page.what_was_done}" == text


def records_in(path, layout) -> list:
    found = mapping.load(layout)
    table = tables.read(path, found)
    return [record_of(row, table, found) for row in table.rows]


def test_a_row_the_database_refuses_costs_only_itself(written, layout):
    plans = actions.plan(records_in(written("list.csv", as_csv([a_row(1), a_row(2), a_row(3)])), layout))
    # Somebody else's import was quicker with the second one: the unique key refuses it.
    index_in("de").add_child(instance=CaseStudy(title="x", slug="x", source_language="de", source_key="layout:2"))
    OutboxRow.objects.all().delete()
    entries = actions.store_as_drafts(None)(plans)
    assert [(entry.row, entry.outcome) for entry in entries] == [(2, "created"), (3, "failed"), (4, "created")]
    assert entries[1].reason.startswith("the database refused it: UNIQUE constraint failed")
    assert set(OutboxRow.objects.values_list("key", flat=True)) == {of_list(1).search_key, of_list(3).search_key}
    assert [len(found) for found in CaseStudy.find_problems()] == [0, 0, 0, 0, 0]


def test_a_killed_import_is_completed_by_the_next_one_without_duplicates(written, layout, tmp_path):
    """With a database file of its own, because only another process can be killed."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the test database as a file, which only SQLite has")
    environment = {
        **os.environ,
        "PRAXIS_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    (tmp_path / "killed.sqlite3").write_bytes(connection.connection.serialize())
    path = written("list.csv", as_csv([a_row(number) for number in range(1500)]))
    command = [sys.executable, "manage.py", "import_practices", layout, str(path)]
    first = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stored = 0
    while stored < 200 and first.poll() is None:
        time.sleep(0.1)
        stored = counted(tmp_path)["pages"]
    first.send_signal(signal.SIGKILL)
    first.wait()
    halfway = counted(tmp_path)
    assert 0 < halfway["pages"] < 1500 and halfway["pages"] % 200 == 0
    assert halfway["outbox"] == halfway["parts"] == halfway["children"] == halfway["pages"]
    second = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    rest = 1500 - halfway["pages"]
    assert (
        f"1500 rows read: {rest} created, 0 updated, {halfway['pages']} unchanged, 0 skipped, 0 failed."
        in second.stdout
    )
    assert counted(tmp_path) == {"pages": 1500, "outbox": 1500, "parts": 1500, "children": 1500, "organisations": 1}


def counted(folder) -> dict[str, int]:
    questions = {
        "pages": "SELECT count(DISTINCT source_key) FROM practices_casestudy",
        "outbox": "SELECT count(DISTINCT key) FROM search_outboxrow",
        "parts": "SELECT count(*) FROM practices_participation",
        "children": "SELECT sum(numchild) FROM wagtailcore_page WHERE depth = 3",
        "organisations": "SELECT count(*) FROM practices_organisation",
    }
    with closing(sqlite3.connect(folder / "killed.sqlite3", timeout=20)) as database:
        return {name: database.execute(question).fetchone()[0] for name, question in questions.items()}
