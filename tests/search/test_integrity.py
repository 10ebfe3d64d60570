"""A damaged index is noticed, never answered from by accident, and mended while the old one serves."""

import itertools
import json
import os
import random
import secrets
import shutil
import zlib
from pathlib import Path

import pytest
import tantivy

from people.access import audience_of
from practices.models import CaseStudy
from search import engines, indexer
from search.contract import Unavailable
from search.engines.embedded import EmbeddedEngine, documents, integrity, writing
from search.models import IndexRun, OutboxRow
from search.query import Query
from search.upkeep import Upkeep
from tests.factories import a_case_study
from tests.factories.damage import flip, folder_in, into_folder, into_link, overwrite, part, remove, swap, truncate
from tests.factories.entries import an_entry


@pytest.fixture
def home(db, settings, tmp_path) -> Path:
    """An index of two segments, one with a deletion, copied to where nobody has opened it yet."""
    first = a_case_study("Lantern walk 1")
    for number in (2, 3):
        a_case_study(f"Lantern walk {number}")
    indexer.rebuild()
    shutil.copyfile(folder_in(tmp_path / "index") / integrity.MANIFEST, tmp_path / "old manifest")
    shutil.copyfile(folder_in(tmp_path / "index") / integrity.META, tmp_path / "old meta")
    first.title = "Lantern walk 1, told again"
    first.save()
    OutboxRow.objects.exclude(key=first.search_key).delete()
    indexer.drain()
    settings.DATA_DIR = tmp_path / "copy"
    return shutil.copytree(tmp_path / "index", settings.DATA_DIR / "index")


def alter_meta(home: Path) -> None:
    path = folder_in(home) / integrity.META
    meta = json.loads(path.read_text())
    meta["segments"] = meta["segments"][:1]
    path.write_text(json.dumps(meta))


def alter_manifest(home: Path) -> None:
    path = folder_in(home) / integrity.MANIFEST
    path.write_text(path.read_text().replace('"size": ', '"size": 1', 1))


def for_other_facets(home: Path) -> None:
    folder = folder_in(home)
    renamed = folder.rename(home / f"{'0' * 16}-{folder.name.partition('-')[2]}")
    (home / "current").write_text(renamed.name)


def put_back(name: str):
    def damage(home: Path) -> None:
        shutil.copyfile(home.parent.parent / f"old {name.partition('.')[0]}", folder_in(home) / name)

    return damage


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


DAMAGE = {
    **{
        f"a bit of .{ending} flipped": lambda home, ending=ending: flip(part(home, ending))
        for ending in (*integrity.PARTS, "del")
    },
    "the first byte of .store flipped": lambda home: flip(part(home, "store"), 0),
    "the last byte of .term flipped": lambda home: flip(part(home, "term"), 0.9999),
    "a bit of the list of segments flipped": lambda home: flip(folder_in(home) / integrity.META, 0.4),
    "a file of a segment removed": lambda home: remove(part(home, "idx")),
    "deletions removed": lambda home: remove(part(home, "del")),
    "a file one byte short": lambda home: truncate(part(home, "store")),
    "a file of no length": lambda home: overwrite(part(home, "fast"), b""),
    "a file one byte long": lambda home: overwrite(part(home, "store"), b"x"),
    "bytes after the end": lambda home: overwrite(part(home, "pos"), part(home, "pos").read_bytes() + b"more"),
    "zeros for a file": lambda home: overwrite(part(home, "term"), bytes(part(home, "term").stat().st_size)),
    "two files changed for each other": lambda home: swap(part(home, "store"), part(home, "term")),
    "a folder where a file was": lambda home: into_folder(part(home, "fieldnorm")),
    "a link where a file was": lambda home: into_link(part(home, "store")),
    "a file nobody may read": lambda home: part(home, "idx").chmod(0),
    "a file that doesn't belong": lambda home: overwrite(folder_in(home) / "thumbs.db", b"x"),
    "no manifest": lambda home: remove(folder_in(home) / integrity.MANIFEST),
    "a manifest that is none": lambda home: overwrite(folder_in(home) / integrity.MANIFEST, b"\x00" * 50),
    "a manifest altered": alter_manifest,
    "an old manifest": put_back(integrity.MANIFEST),
    "an old list of segments": put_back(integrity.META),
    "no list of segments": lambda home: remove(folder_in(home) / integrity.META),
    "half a list of segments": lambda home: truncate(folder_in(home) / integrity.META),
    "a segment struck from the list": alter_meta,
    "a list of files that is none": lambda home: overwrite(folder_in(home) / integrity.MANAGED, b"{"),
    "no pointer": lambda home: remove(home / "current"),
    "an empty pointer": lambda home: overwrite(home / "current", b""),
    "a pointer to nowhere": lambda home: overwrite(home / "current", folder_in(home).name[:-1].encode()),
    "a pointer out of the house": lambda home: overwrite(home / "current", b"../../etc"),
    "a pointer of no letters": lambda home: overwrite(home / "current", b"\xff\xfe\x00"),
    "a folder where the pointer was": lambda home: into_folder(home / "current"),
    "a folder where the lock was": lambda home: (into_folder(home / "lock"), remove(home / "current")),
    "an index for other facets": for_other_facets,
    "an empty folder": lambda home: empty(folder_in(home)),
    "the folder gone": lambda home: remove(folder_in(home)),
    "everything gone": remove,
    "a file where everything was": lambda home: (remove(home), overwrite(home, b"")),
    "a first filling that broke off": lambda home: (folder_in(home) / integrity.BUILDING).touch(),
}


SEEN_BEFORE_WRITING = [
    "a file of a segment removed",
    "a file one byte short",
    "a bit of the list of segments flipped",
    "a segment struck from the list",
    "no list of segments",
    "no manifest",
    "an old manifest",
    "no pointer",
    "the folder gone",
    "everything gone",
    "a first filling that broke off",
]
FLIPS = 60
TOLD = {
    "a manifest altered": "manifest.json was altered",
    "no manifest": "manifest.json is missing",
    "an old manifest": "is not in the manifest",
    "a link where a file was": "is not a file",
    "a folder where a file was": "is not a file",
    "a file nobody may read": "may not be read (mode 0000)",
    "deletions removed": "is missing",
    "a file that doesn't belong": "thumbs.db: doesn't belong here",
    "an index for other facets": "was made for other facets or another version",
    "a first filling that broke off": "was never filled to its end",
}


def ask(engine) -> str:
    """Hits or a plain notice: anything else is a fault of ours."""
    questions = (
        lambda: engine.find(Query.from_params({"q": ["lantern told"]}), audience_of(None)),
        lambda: engine.suggest("lant", "en", audience_of(None), 8),
        lambda: engine.matching(Query.from_params({"q": ["walk"]}), audience_of(None), ["practice:x"]),
        engine.digests,
        engine.ready,
    )
    answered = 0
    for question in questions:
        try:
            question()
            answered += 1
        except Unavailable:
            pass
    return f"{answered} of {len(questions)} questions answered"


def titles() -> set[str]:
    return {hit.title for hit in engines.engine().find(Query.from_params({"q": ["lantern"]}), audience_of(None)).hits}


def test_a_sound_index_is_left_alone(home):
    pointer = (home / "current").read_text()

    assert (engines.engine().doubts(), engines.engine().faults()) == ([], [])
    Upkeep().turn()

    assert (home / "current").read_text() == pointer
    assert IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD).count() == 1  # the fixture's


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_mended_and_nobody_meets_an_error(home, kind):
    DAMAGE[kind](home)

    print(ask(engines.engine()))
    found = engines.engine().faults()
    Upkeep().turn()

    assert found
    assert titles() == {"Lantern walk 1, told again", "Lantern walk 2", "Lantern walk 3"}
    assert engines.engine().digests() == indexer.expected()
    assert (engines.engine().doubts(), engines.engine().faults()) == ([], [])


@pytest.mark.parametrize("kind", TOLD)
def test_the_log_tells_what_is_wrong(home, kind):
    DAMAGE[kind](home)

    assert TOLD[kind] in "; ".join(engines.engine().faults())


@pytest.mark.parametrize("kind", SEEN_BEFORE_WRITING)
def test_nothing_is_written_on_damage(home, kind):
    DAMAGE[kind](home)
    a_case_study("Lantern walk 4")

    with pytest.raises(Unavailable):
        indexer.step()
    assert OutboxRow.objects.count() == 1

    Upkeep().turn()
    indexer.drain()
    assert "Lantern walk 4" in titles()
    assert not OutboxRow.objects.exists()


def test_bytes_flipped_anywhere_are_found_and_no_reader_meets_an_error(home, tmp_path):
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    names = sorted(path.name for path in folder_in(home).iterdir() if path.stat().st_size)

    for number in range(FLIPS):
        data = tmp_path / f"flip {number}"
        copy = shutil.copytree(home, data / "index")
        path = folder_in(copy) / names[number % len(names)]
        for _time in range(chance.choice((1, 8, 64))):
            flip(path, chance.random())
        broken = path.read_bytes() != (folder_in(home) / path.name).read_bytes()
        reader = EmbeddedEngine("embedded://", str(data))
        ask(reader)
        assert bool(reader.faults()) == broken, path.name
        shutil.rmtree(data, ignore_errors=True)  # tantivy looks after its files from a thread of its own


def test_bytes_flipped_are_nothing_a_glance_can_see(home):
    """The reason for the thorough look: size and time are as they were."""
    flip(part(home, "store"))

    assert engines.engine().doubts() == []
    assert engines.engine().faults() == [f"{part(home, 'store').name}: its bytes are not those that were written"]


def test_an_entry_that_was_written_as_none_is_found_once_a_reader_met_it(home):
    folder = folder_in(home)
    writer = tantivy.Index(documents.schema(), str(folder)).writer(20_000_000, 1)
    document = tantivy.Document()
    for name, value in (("key", "practice:x"), ("audience", "public"), ("title", "en:lantern")):
        document.add_text(name, value)
    document.add_bytes("payload", zlib.compress(b"{}") + b"?")
    writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    integrity.seal(folder)
    assert engines.engine().faults() == []

    with pytest.raises(Unavailable):
        engines.engine().find(Query.from_params({}), audience_of(None))
    noted = engines.engine().doubts()
    Upkeep().turn()

    assert len(noted) == 1 and "An entry can't be read" in noted[0]
    assert engines.engine().digests() == indexer.expected()
    assert engines.engine().doubts() == []


def test_what_a_reader_met_is_settled_where_the_index_is_sound(home):
    pointer = (home / "current").read_text()
    engines.engine().home.note_doubt("OSError: too many open files")

    Upkeep().turn()

    assert (home / "current").read_text() == pointer
    assert engines.engine().doubts() == []


def test_a_copy_with_other_times_is_sound(home):
    for path in folder_in(home).iterdir():
        os.utime(path)
    assert engines.engine().doubts() != []

    a_case_study("Lantern walk 4")
    indexer.step()

    assert "Lantern walk 4" in titles()
    assert (engines.engine().doubts(), engines.engine().faults()) == ([], [])


def test_a_writer_that_died_after_its_commit_leaves_a_sound_index(home):
    folder = folder_in(home)
    before = (folder / integrity.MANIFEST).read_bytes()
    a_case_study("Lantern walk 4")
    indexer.step()
    (folder / integrity.MANIFEST).write_bytes(before)
    (folder / integrity.WRITING).touch()
    (folder / ".tmpA1b2C3").write_bytes(b"half")

    assert engines.engine().faults() == []

    assert not (folder / integrity.WRITING).exists()
    assert not (folder / ".tmpA1b2C3").exists()
    flip(part(home, "store"))
    assert len(engines.engine().faults()) == 1


def test_a_writer_that_died_before_its_commit_is_nothing_to_stumble_over(home, tmp_path):
    """Its successor counts on from the same commit, and so gives its files the same names."""
    page = CaseStudy.objects.get(title="Lantern walk 2")
    page.title = "Lantern walk 2, told again"
    page.save()
    elsewhere = EmbeddedEngine("embedded://", str(tmp_path / "elsewhere"))
    shutil.copytree(home, tmp_path / "elsewhere" / "index")
    elsewhere.put(list(indexer.entries({page.search_key})))
    ahead = {path.name for path in folder_in(tmp_path / "elsewhere" / "index").glob("*.del")}
    folder = folder_in(home)
    (name,) = ahead - {path.name for path in folder.iterdir()}
    (folder / name).write_bytes(b"half")
    managed = folder / integrity.MANAGED
    managed.write_text(json.dumps([*json.loads(managed.read_text()), name]))
    (folder / integrity.WRITING).touch()

    indexer.step()

    assert "Lantern walk 2, told again" in titles()
    assert (engines.engine().doubts(), engines.engine().faults()) == ([], [])


@pytest.mark.parametrize("ending", ["store", "idx", "fast"])
def test_damage_beside_a_writer_that_died_is_found(home, ending):
    folder = folder_in(home)
    before = (folder / integrity.MANIFEST).read_bytes()
    known = set(folder.iterdir())
    a_case_study("Lantern walk 4")
    indexer.step()
    new = next(path for path in set(folder.iterdir()) - known if path.suffix == f".{ending}")
    (folder / integrity.MANIFEST).write_bytes(before)
    (folder / integrity.WRITING).touch()
    flip(new)

    assert engines.engine().faults() == [f"{new.name}: its checksum is wrong"]


def test_what_a_killed_rebuild_left_is_swept_away_when_nobody_reads_it(home):
    left = home / f"{documents.schema_digest()}-1"
    left.mkdir()
    (home / "current.new").write_text(left.name)

    assert engines.engine().faults() == []
    assert left.exists()  # the pointer is young: somebody may still read the one before
    os.utime(home / "current", (1, 1))
    assert engines.engine().faults() == []

    assert {path.name for path in home.iterdir()} == {"current", "lock", folder_in(home).name}


def test_while_it_is_built_anew_the_damaged_index_answers_or_says_it_can_t(home):
    flip(part(home, "store"))
    answers = []

    engines.engine().replace(entry for entry in indexer.all_entries() if answers.append(ask(engines.engine())) is None)
    engines.engine().refresh()

    assert len(answers) == 3
    assert titles() == {"Lantern walk 1, told again", "Lantern walk 2", "Lantern walk 3"}


@pytest.mark.parametrize(
    "kind", ["everything gone", "the folder gone", "no pointer", "a file of a segment removed", "no list of segments"]
)
def test_who_has_the_index_open_goes_on_answering_when_files_go(home, kind):
    before = titles()
    DAMAGE[kind](home)
    engines.engine().refresh()

    assert titles() == before
    Upkeep().turn()
    a_case_study("Lantern walk 4")
    indexer.drain()
    assert titles() == before | {"Lantern walk 4"}


def test_who_has_the_index_open_does_not_read_what_was_cut_short(home):
    titles()
    truncate(part(home, "store"))
    engines.engine().refresh()

    with pytest.raises(Unavailable, match="has another size than was written"):
        titles()


def test_a_first_index_shows_its_first_entries_before_the_last(db, monkeypatch):
    monkeypatch.setattr(writing, "EARLY", 2)
    for number in range(12):
        a_case_study(f"Lantern walk {number}")
    shown = []

    def told(items, _total):
        for item in items:
            engines.engine().refresh()
            shown.append(len(titles()) if engines.engine().ready() else None)
            yield item

    indexer.rebuild(told)
    engines.engine().refresh()

    assert shown == [None, None, 2, 3, 4, 4, 6, 7, 7, 9, 10, 10]
    assert len(titles()) == 12
    assert engines.engine().faults() == []


def built(count, about):
    engines.engine().replace((an_entry(str(number), "Lantern") for number in range(count)), about=about)
    engines.engine().refresh()
    return engines.engine()._current().remembered.searcher


@pytest.mark.parametrize("count", [4, 13, 40, 41, 75, 76, 300])
def test_an_index_built_anew_ends_in_one_segment(db, monkeypatch, count):
    monkeypatch.setattr(writing, "EARLY", 5)
    monkeypatch.setattr(writing, "ALIKE", 10)

    searcher = built(count, about=count)

    assert (searcher.num_segments, searcher.num_docs) == (1, count)


@pytest.mark.parametrize(("about", "segments"), [(0, 5), (40, 2), (43, 1)])
def test_where_there_are_more_or_fewer_than_expected_all_are_there(db, monkeypatch, about, segments):
    monkeypatch.setattr(writing, "EARLY", 5)
    monkeypatch.setattr(writing, "ALIKE", 10)

    searcher = built(41, about)

    assert (searcher.num_segments, searcher.num_docs) == (segments, 41)


def test_a_first_filling_that_breaks_off_serves_what_it_has_and_is_completed(db, monkeypatch):
    monkeypatch.setattr(writing, "EARLY", 2)
    for number in range(3):
        a_case_study(f"Lantern walk {number}")

    def cut(items, _total):
        yield from itertools.islice(items, 2)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        indexer.rebuild(cut)
    assert len(titles()) == 2
    Upkeep().turn()

    assert len(titles()) == 3
    runs = IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD).order_by("pk")
    assert [(run.done, run.total, run.outcome) for run in runs] == [
        (2, 3, {"error": "RuntimeError: power cut"}),
        (3, 3, {"entries": 3}),
    ]
