"""The writer of the embedded engine, and the look at what it wrote: one process at a time."""

import contextlib
import functools
import itertools
import logging
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.db import Error as DatabaseError

from search.contract import Busy, Entry, Refused, Unavailable
from search.engines.embedded import documents, integrity, totals
from search.engines.embedded.columns import Numbers
from search.engines.embedded.home import CURRENT, Home
from search.engines.embedded.reading import NOTHING_YET, Reading
from search.engines.embedded.remembered import Remembered, state_of
from search.keepable import what_went_wrong
from search.turns import FOREVER

log = logging.getLogger(__name__)
HEAP = 64_000_000  # bytes the writer may hold before it writes a segment
HEAP_OF_ALL = 200_000_000  # where everything is written: fewer segments are counted faster
EARLY = 1000  # entries of a first index that are shown before the others
MERGED = 8  # segments of about the same size tantivy makes one of
ALIKE = 16_000  # entries: to it, segments of fewer are of about the same size
NOT_THE_ENTRYS_FAULT = (DatabaseError, OSError, MemoryError)  # vocabularies are looked up while its words are read


class Opened(NamedTuple):
    process: int
    folder: str
    index: tantivy.Index
    remembered: Remembered


class Keeping:
    """Keeps the index on disk; the engine reads it."""

    def __init__(self, home: Path):
        self.home = Home(home)
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def put(self, entries: list[Entry], read_at: int = 0) -> None:
        refused: dict[str, str] = {}
        with self._writer() as (writer, numbers):
            for entry, document in _documents(entries, numbers, refused):
                writer.delete_documents_by_term("key", entry.key)
                writer.add_document(document)
        if refused:
            raise Refused(refused)

    def drop(self, keys: list[str], read_at: int = 0) -> None:
        with self._writer() as (writer, _numbers):
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def replace(self, entries: Iterable[Entry], read_at: int = 0, about: int = 0) -> int:
        """Fill a new folder, then point to it: the old index serves until then, and for good if this is interrupted."""
        with self.home.turn(FOREVER):
            with self._new_folder() as folder:
                count = self._fill(folder, entries, about)
                integrity.seal(folder)
                _tell_totals(folder)
                (folder / integrity.BUILDING).unlink()
            old = self.home.folder()
            self.home.point_to(folder)
            self.home.sweep(keep={folder.name, old.name if old else ""})
            self.home.settle_doubt()
        return count

    @contextlib.contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """Gone again where it isn't filled to its end, unless it serves what it has: a full disk would never empty itself."""
        self.home.sweep_unfinished()
        folder = self.home.new_folder()
        try:
            (folder / integrity.BUILDING).touch()
            yield folder
        except BaseException as error:
            self.home.give_up(folder)
            if _is_panic(error):
                raise Unavailable(f"The index can't be built: {error}") from error
            raise

    def _fill(self, folder: Path, entries: Iterable[Entry], about: int) -> int:
        """Where no index serves, what is done is shown early; the mark of building stays until all of it is."""
        writer, numbers = tantivy.Index(documents.schema(), str(folder)).writer(HEAP_OF_ALL, 1), Numbers()
        shows, commits = not self.ready(), _commits(about)
        count, commit_at, refused = 0, next(commits), {}
        try:
            for _entry, document in _documents(entries, numbers, refused):
                writer.add_document(document)
                count += 1
                if count == commit_at:
                    writer.commit()
                    commit_at = next(commits)
                    if shows:
                        self.home.point_to(folder)
            writer.commit()
            writer.wait_merging_threads()
        finally:
            del writer  # and its threads, which would go on writing into a folder that is given up
        if refused:
            log.error("Left out of the index: %s", str(Refused(refused))[:1000])
        return count

    @contextlib.contextmanager
    def _writer(self) -> Iterator[tuple[tantivy.IndexWriter, Numbers]]:
        with self.home.turn(), self._guarded():
            folder = self._fit_for_writing()
            with integrity.writing(folder):
                index = tantivy.Index(documents.schema(), str(folder))
                writer = index.writer(HEAP, 1)
                yield writer, Numbers(index.searcher())
                writer.commit()
                writer.wait_merging_threads()
            _tell_totals(folder)

    def _fit_for_writing(self) -> Path:
        """A merge would copy damage under new checksums, and a lost index would begin again as an empty one."""
        folder = self._folder()
        if integrity.glance(folder):
            if faults := integrity.check(folder):
                raise integrity.Damaged("; ".join(map(str, faults)))
            integrity.settle(folder)
        return folder

    def _folder(self) -> Path:
        folder, why_not = self.home.pointed_to()
        if folder is None:
            raise Unavailable(f"There is no index to search: {why_not}. Run: manage.py rebuild_index")
        return folder

    # --- looking for damage ------------------------------------------------------------------------

    def doubts(self) -> list[str]:
        with contextlib.suppress(Busy), self.home.turn(patience=0):
            folder, why_not = self.home.pointed_to()
            noted = self.home.doubt()
            found = integrity.glance(folder) if folder else [integrity.Fault(CURRENT, why_not)]
            return [*([noted] if noted else []), *map(str, found)]
        return []  # while it is written nobody can tell

    def faults(self) -> list[str]:
        with self.home.turn(patience=0):
            folder, why_not = self.home.pointed_to()
            if folder is None:
                return [str(integrity.Fault(CURRENT, why_not))]
            noted = self.home.doubt()
            if found := integrity.check(folder) or (_unreadable(folder) if noted else []):
                return [str(fault) for fault in found]
            if noted:
                log.warning("This was met in the index, but the index is sound: %s", noted)
            integrity.settle(folder)
            self.home.settle_doubt()
            self.home.sweep_leftovers()
        return []

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Whatever damage does to who reads or writes becomes one thing, noted for the worker to look into."""
        try:
            yield
        except BaseException as error:
            if not _is_damage(error):
                raise
            with self._lock:
                self._opened = None
            self._note(error)
            raise Unavailable(f"The index can't be read or written: {error}") from error

    def _note(self, error: BaseException) -> None:
        if self.home.note_doubt(f"{type(error).__name__}: {error}"):
            log.warning("The index can't be read or written: %s", error)


def _commits(entries: int) -> Iterator[int]:
    """After how many to commit, so that they end in one segment: one is asked and counted faster than several.

    tantivy merges segments of about the same size by eights, so there are eight, or eight times eight, the early one among them.
    """
    yield EARLY
    steps, others = MERGED, max(0, entries - EARLY)
    while others > ALIKE * (steps - 1):
        steps *= MERGED
    if others >= steps:
        yield from (EARLY + others * step // (steps - 1) for step in range(1, steps))
    yield from itertools.count(EARLY + others + ALIKE, ALIKE)


def _tell_totals(folder: Path) -> None:
    """Without them the index serves as well, only slower."""
    index, state = tantivy.Index.open(str(folder)), state_of(folder)
    if index.searcher().num_docs:
        told = Reading(NOTHING_YET, index.schema, Remembered(folder, state, index.searcher())).totals()
        with contextlib.suppress(OSError):
            totals.write(folder, state, told)


def _documents(
    entries: Iterable[Entry], numbers: Numbers, refused: dict[str, str]
) -> Iterator[tuple[Entry, tantivy.Document]]:
    """Of each entry it can be made of; why not of the others stands in `refused` then."""
    for entry in entries:
        try:
            document = documents.document(entry, numbers)
        except NOT_THE_ENTRYS_FAULT:
            raise
        except Exception as error:
            refused[entry.key] = what_went_wrong(error)
        else:
            yield entry, document


def guarded(method):
    """Of a reading method: it answers, or raises Unavailable."""

    @functools.wraps(method)
    def answer(self, *args, **kwargs):
        with self._guarded():
            return method(self, *args, **kwargs)

    return answer


def _unreadable(folder: Path) -> list[integrity.Fault]:
    """Read every entry: its bytes may be those that were written, and yet be none."""
    try:
        searcher = tantivy.Index.open(str(folder)).searcher()
        for _score, address in searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits:
            documents.entry_of(searcher.doc(address))
    except BaseException as error:
        if not _is_damage(error):
            raise
        return [integrity.Fault(folder.name, str(error))]
    return []


def _is_damage(error: BaseException) -> bool:
    """tantivy's own errors are ValueErrors; where it trusted a byte it should not have, it panics, which is no Exception."""
    return isinstance(error, ValueError | OSError) or _is_panic(error)


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


def leaves_what_is_open(error: BaseException) -> bool:
    """Files that are gone stay readable to who has them open; files cut short would kill the reader."""
    return isinstance(error, Unavailable) or (_is_damage(error) and not isinstance(error, integrity.Damaged))
