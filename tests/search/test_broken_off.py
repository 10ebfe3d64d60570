"""An index that is built anew and doesn't come to its end leaves nothing behind: a full disk would never empty itself."""

import pytest
import tantivy
from django.utils import timezone

from search import engines, indexer, runs
from search.contract import Unavailable
from search.engines.embedded import integrity
from search.models import IndexRun
from search.upkeep import Upkeep
from tests.factories.damage import folder_in
from tests.factories.entries import an_entry


@pytest.fixture
def home(db, tmp_path):
    engines.engine().replace([an_entry("1", "Lantern walk")])
    return tmp_path / "index"


def folders(home) -> list[str]:
    return sorted(path.name for path in home.iterdir() if path.is_dir())


def that_fill_the_disk():
    for number in range(50):
        yield an_entry(str(number), "Lantern walk")
    raise OSError(28, "No space left on device")


def that_panic():
    """As tantivy does where it trusts what it should not: that is no Exception."""
    yield (an_entry("1", "Lantern walk"),) * 2
    engines.engine()._current().index.searcher().doc(tantivy.DocAddress(99, 0))


def test_what_failed_leaves_nothing_and_the_old_index_serves(home):
    before = folders(home)

    for _time in range(3):
        with pytest.raises(OSError, match="No space left"):
            engines.engine().replace(that_fill_the_disk())

    assert folders(home) == before
    assert list(engines.engine().digests()) == ["practice:1"]
    assert engines.engine().faults() == []


def test_what_failed_leaves_nothing_where_no_index_serves(home):
    (home / "current").write_text("rubbish")
    before = folders(home)

    for _time in range(3):
        with pytest.raises(OSError, match="No space left"):
            engines.engine().replace(that_fill_the_disk())

    assert folders(home) == before


def test_what_a_builder_that_died_left_is_swept_before_the_next_begins(home):
    serving = folder_in(home)
    left = home / f"{serving.name}0"
    left.mkdir()
    (left / integrity.BUILDING).touch()
    (left / "store").write_bytes(bytes(1000))
    seen = []

    def entries():
        seen.extend(folders(home))
        yield an_entry("1", "Lantern walk")

    engines.engine().replace(entries())

    assert left.name not in seen and serving.name in seen


def test_a_first_index_that_breaks_off_serves_what_it_has_and_later_failures_leave_nothing(db, tmp_path, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.writing.EARLY", 10)
    for _time in range(2):
        with pytest.raises(OSError, match="No space left"):
            engines.engine().replace(that_fill_the_disk())

    home = tmp_path / "index"
    assert folders(home) == [folder_in(home).name]
    assert engines.engine().ready()
    assert 10 <= len(engines.engine().digests()) < 50


def test_a_panic_in_a_rebuild_is_a_failure_as_any_other(home, monkeypatch):
    before = folders(home)
    monkeypatch.setattr(indexer, "as_written_and_held", that_panic)
    runs.ask_for(IndexRun.Kind.REBUILD)
    IndexRun.objects.create(kind=IndexRun.Kind.RECONCILE, finished_at=timezone.now())  # a comparison isn't due

    with pytest.raises(Unavailable, match="The index can't be built"):
        indexer.rebuild()
    Upkeep().turn()

    assert folders(home) == before
    assert runs.asked_for(IndexRun.Kind.REBUILD)
