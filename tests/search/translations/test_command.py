"""manage.py learn_translations, and when the worker calls it."""

import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import analysis, engines, indexer
from search.contract import PUBLIC
from search.models import IndexRun
from search.query import Query
from search.translations import aligned, building, nightly, storing, tables
from search.turns import turn
from tests.factories import a_case_study
from tests.factories.aligned import a_file, learn


def run(**options) -> str:
    out = StringIO()
    call_command("learn_translations", stdout=out, **options)
    return out.getvalue()


def translations(word, language):
    return [key for key, _weight in tables.ways(analysis.key(word, language))]


def test_it_learns_from_vocabularies_and_files_and_says_what_it_did(db, tmp_path, settings):
    said = run(aligned=[a_file(tmp_path / "books.jsonl")])

    assert "552 pairs of languages" in said
    assert analysis.key("bicicleta", "pt") in translations("polkupyörä", "fi")
    assert analysis.key("escola", "pt") in translations("koulu", "fi")
    outcome = IndexRun.objects.get(kind=IndexRun.Kind.TRANSLATIONS).outcome
    assert outcome["pairs"] == 552 and outcome["links"] > 0
    assert outcome["rows"] == IndexRun.objects.get().done


def test_files_are_kept_for_next_time_and_the_same_texts_are_not_learned_again(db, tmp_path, monkeypatch):
    monkeypatch.setattr(aligned, "labels", lambda: iter(()))
    run(aligned=[a_file(tmp_path / "books.jsonl")])
    served = tables.storing.folder_in(tables.home())

    assert "nothing to learn" in run(only_changes=True)
    assert IndexRun.objects.latest("pk").outcome.keys() == {"rows", "seconds"}
    assert tables.storing.folder_in(tables.home()) == served

    a_file(tables.home() / "aligned" / "more.jsonl", [{"en": "garden", "fi": "puutarha"}])
    assert "translations:" in run(only_changes=True)
    assert translations("puutarha", "fi") == ["en:garden"]
    assert analysis.key("bicicleta", "pt") in translations("polkupyörä", "fi")


def test_titles_summaries_and_bodies_of_translated_case_studies_teach(db, monkeypatch):
    monkeypatch.setattr(aligned, "labels", lambda: iter(()))
    original = a_case_study("Zebra", language="en", slug="z")
    a_case_study("Seepra", language="fi", slug="z", source_language="en", translation_key=original.translation_key)
    hidden = a_case_study("Walrus", language="en", slug="w")
    other = a_case_study("Mursu", language="fi", slug="w", source_language="en", translation_key=hidden.translation_key)
    for page in (hidden, other):
        page.view_restrictions.create(restriction_type="login")

    run()

    assert "en:zebra" in translations("seepra", "fi")
    assert translations("mursu", "fi") == []


def test_what_was_indexed_before_the_first_learning_is_found_by_parts_of_compounds_after_it(db, tmp_path):
    a_case_study("Fahrradküche für alle", language="de", topics=(), factors=())
    indexer.drain()

    said = run(aligned=[a_file(tmp_path / "books.jsonl")])

    found = engines.engine().find(Query(text="cozinha", language="pt"), frozenset({PUBLIC}))
    assert "1 entries indexed with the parts of their compounds." in said
    assert [hit.title for hit in found.hits] == ["Fahrradküche für alle"]
    assert run().endswith("What is indexed already keeps the parts of its compounds until: manage.py rebuild_index\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: This is not JSON"),
        ("[1]", "line 2: Write an object of texts by language"),
        ("[" * 100_000, "line 2: This is not JSON"),
        ('{"en": 3}', "line 2: The value of en must be a text or a list of texts."),
    ],
)
def test_a_faulty_file_is_named_with_its_line_and_nothing_is_kept(db, tmp_path, line, told):
    file = tmp_path / "bad.jsonl"
    file.write_text(f'{{"en": "book", "fi": "kirja"}}\n{line}\n')

    with pytest.raises(CommandError, match=told):
        run(aligned=[file])
    with pytest.raises(CommandError, match=r"missing\.jsonl: It can't be read"):
        run(aligned=[tmp_path / "missing.jsonl"])

    assert building.kept(tables.home()) == []
    assert not IndexRun.objects.exists()


def test_two_files_of_one_name_are_refused_and_a_later_one_takes_the_place_of_an_earlier(db, tmp_path, monkeypatch):
    monkeypatch.setattr(aligned, "labels", lambda: iter(()))
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, row in ((first, {"en": "garden", "fi": "puutarha"}), (second, {"en": "bicycle", "fi": "polkupyörä"})):
        folder.mkdir()
        a_file(folder / "words.jsonl", [row])

    with pytest.raises(CommandError, match=r"second/words\.jsonl: It has the same name as .+first/words\.jsonl"):
        run(aligned=[first / "words.jsonl", second / "words.jsonl"])
    assert building.kept(tables.home()) == []

    run(aligned=[first / "words.jsonl", first / "words.jsonl"])
    assert translations("puutarha", "fi") == ["en:garden"]
    run(aligned=[second / "words.jsonl"])
    assert (translations("puutarha", "fi"), translations("polkupyörä", "fi")) == ([], [analysis.key("bicycle", "en")])


def test_a_file_is_laid_beside_the_tables_whole(tmp_path, monkeypatch):
    file = a_file(tmp_path / "books.jsonl")
    seen = []

    def copied(source, target, copy=shutil.copyfile):
        copy(source, target)
        seen.extend(building.kept(tables.home()))  # as who learns at this moment

    monkeypatch.setattr(shutil, "copyfile", copied)
    building.keep([file])

    assert seen == []
    assert [path.read_bytes() for path in building.kept(tables.home())] == [file.read_bytes()]
    assert len(list((tables.home() / storing.ALIGNED).iterdir())) == 1


def test_who_comes_while_another_learns_is_told_so(db):
    with turn(tables.home() / storing.LOCK):
        with pytest.raises(CommandError, match="Another process learns now"):
            run()


def test_the_worker_learns_at_night_and_at_once_where_nothing_was_learned(db):
    day, night = datetime(2026, 3, 4, 12, tzinfo=UTC), datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    assert nightly.is_due(day)

    learn()
    assert not nightly.is_due(day)
    assert nightly.is_due(night)

    run = IndexRun.objects.create(kind=IndexRun.Kind.TRANSLATIONS)
    IndexRun.objects.filter(pk=run.pk).update(started_at=night)
    assert not nightly.is_due(night + timedelta(minutes=1))
    assert nightly.is_due(night + timedelta(hours=24))
