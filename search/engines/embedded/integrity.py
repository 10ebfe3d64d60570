"""Whether an index is still what its writer wrote: tantivy takes flipped bytes for words.

The files of a segment never change once they are written. A manifest beside them holds the size, time and SHA-256 of each;
the writer renews it after each commit and hashes only what is new. A mark stands in the folder while it writes: where it
was left behind by a writer that died, files the manifest doesn't know are judged by the checksum tantivy ends each with.
"""

import contextlib
import hashlib
import json
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from search.engines.embedded import totals

MANIFEST, WRITING, BUILDING = "manifest.json", "writing", "building"
META, MANAGED = "meta.json", ".managed.json"
LISTS = (META, MANAGED)  # small, written anew by each commit
LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")
UNFINISHED = ".tmp"  # how tantivy begins the names of files it renames when they are whole
OURS = {MANIFEST, f"{MANIFEST}.new", totals.FILE, f"{totals.FILE}.new", WRITING, BUILDING, *LISTS, *LOCKS}
PARTS = ("store", "idx", "term", "pos", "fast", "fieldnorm")
FOOTER, MAGIC = struct.Struct("<II"), 1337  # length of tantivy's own checksum record, and what follows it
CHUNK = 1 << 20


@dataclass(frozen=True)
class Fault:
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True)
class Sealed:
    """A file as its writer left it."""

    size: int
    mtime_ns: int
    sha256: str


class Damaged(ValueError):
    """The first fault that stopped a reader or a writer."""


Look = Callable[[Path, Sealed], str]  # what differs, or nothing


# --- writing --------------------------------------------------------------------------------------


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Around a writer's commit. An exception leaves the mark, as a death does."""
    _clear_leftovers(folder)
    (folder / WRITING).touch()
    yield
    seal(folder)
    (folder / WRITING).unlink()


def seal(folder: Path) -> None:
    """Write down what the folder holds. Known files are believed, new ones hashed; their own checksum must be right."""
    try:
        known = _manifest(folder)
    except Damaged:
        known = {}
    files = {name: _sealed(folder / name, known.get(name)) for name in sorted(_live(folder))}
    files |= {name: _hashed(folder / name) for name in LISTS}
    rows = {name: asdict(sealed) for name, sealed in files.items()}
    new = folder / f"{MANIFEST}.new"
    with open(new, "w", encoding="utf-8") as handle:
        json.dump({"files": rows, "sha256": _digest(rows)}, handle, sort_keys=True)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(new, folder / MANIFEST)


def settle(folder: Path) -> None:
    """After a clean check: what a dead writer left becomes the known state, and so do times a copy has changed."""
    _clear_leftovers(folder)
    seal(folder)
    (folder / WRITING).unlink(missing_ok=True)


def _clear_leftovers(folder: Path) -> None:
    """What a dead writer had not yet committed: the next one would stumble over files of the same names."""
    if (folder / WRITING).exists():
        unborn = (_managed(folder) - _live(folder)) - OURS
        for path in [*folder.glob(f"{UNFINISHED}*"), *(folder / name for name in unborn)]:
            path.unlink(missing_ok=True)


def _sealed(path: Path, known: Sealed | None) -> Sealed:
    if known and not changed(path, known):
        return known
    if fault := altered(path, known) if known else _own_checksum(path):
        raise Damaged(str(Fault(path.name, fault)))
    return _hashed(path)


def _hashed(path: Path) -> Sealed:
    status = path.stat()
    return Sealed(status.st_size, status.st_mtime_ns, _sha256(path))


# --- looking --------------------------------------------------------------------------------------


def glance(folder: Path) -> list[Fault]:
    """By sizes and times: a millisecond. A copied folder differs in its times only: then check() decides."""
    return _faults(folder, changed)


def check(folder: Path) -> list[Fault]:
    """By every byte."""
    return _faults(folder, altered)


def shortened(folder: Path) -> list[Fault]:
    """Files of another size than was written, which would kill who reads them through memory. Sound while others write."""
    try:
        known = _manifest(folder)
    except Damaged:
        return []
    return [
        Fault(name, "has another size than was written")
        for name, sealed in known.items()
        if name not in LISTS and _size(folder / name) not in (None, sealed.size)
    ]


def changed(path: Path, sealed: Sealed) -> str:
    status = path.lstat()
    if status.st_size != sealed.size:
        return f"{status.st_size} bytes, {sealed.size} were written"
    return "" if status.st_mtime_ns == sealed.mtime_ns else "was written to"


def altered(path: Path, sealed: Sealed) -> str:
    size = path.lstat().st_size
    if size != sealed.size:
        return f"{size} bytes, {sealed.size} were written"
    return "" if _sha256(path) == sealed.sha256 else "its bytes are not those that were written"


def _faults(folder: Path, look: Look) -> list[Fault]:
    try:
        names = {entry.name for entry in os.scandir(folder)}
        if BUILDING in names:
            return [Fault(folder.name, "was never filled to its end")]
        if unusable := [Fault(name, why) for name in sorted(names) if (why := _unusable(folder / name))]:
            return unusable
        known, live, managed = _manifest(folder), _live(folder), _managed(folder)
        look_at = _at_rest
        if WRITING in names:
            look_at, names = _after_a_death, {name for name in names if not name.startswith(UNFINISHED)}
        faults = look_at(folder, known, live, look)
        faults += [Fault(name, "is missing") for name in sorted(live - names)]
        faults += [Fault(totals.FILE, "was altered")] if totals.is_altered(folder) else []
        return faults + [Fault(name, "doesn't belong here") for name in sorted(names - live - managed - OURS)]
    except Damaged as error:
        return [Fault(folder.name, str(error))]
    except OSError as error:
        return [Fault(folder.name, f"can't be read: {error}")]


def _at_rest(folder: Path, known: dict[str, Sealed], live: set[str], look: Look) -> list[Fault]:
    faults = [Fault(name, "is in the manifest only") for name in sorted(known.keys() - live - set(LISTS))]
    faults += [Fault(name, "is not in the manifest") for name in sorted((live | set(LISTS)) - known.keys())]
    there = [name for name in sorted(known) if name in live or name in LISTS]
    return faults + [Fault(name, why) for name in there if (why := _looked(folder / name, known[name], look))]


def _after_a_death(folder: Path, known: dict[str, Sealed], live: set[str], look: Look) -> list[Fault]:
    """The writer died between its commit and the manifest, or before: both states are sound."""
    faults = []
    for name in sorted(live):
        why = _looked(folder / name, known[name], look) if name in known else _own_checksum(folder / name)
        if why:
            faults.append(Fault(name, why))
    return faults


def _looked(path: Path, sealed: Sealed, look: Look) -> str:
    if not path.exists():
        return ""  # the caller tells what is missing
    return altered(path, sealed) if path.name in LISTS else look(path, sealed)


def _unusable(path: Path) -> str:
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return "is not a file"
    return "" if mode & stat.S_IRUSR else f"may not be read (mode {stat.S_IMODE(mode):04o})"


def _own_checksum(path: Path) -> str:
    """tantivy ends each file of a segment with a CRC-32 of what is before it."""
    try:
        with open(path, "rb") as handle:
            handle.seek(-FOOTER.size, os.SEEK_END)
            length, magic = FOOTER.unpack(handle.read())
            end = handle.seek(-FOOTER.size - length, os.SEEK_END)
            told = json.loads(handle.read(length))["crc"]
            handle.seek(0)
            found = _crc(handle, end)
    except FileNotFoundError:
        return ""
    except (OSError, struct.error, ValueError, KeyError, TypeError):
        return "it has no end"
    return "" if magic == MAGIC and told == found else "its checksum is wrong"


def _crc(handle, length: int) -> int:
    found = 0
    while length and (chunk := handle.read(min(CHUNK, length))):
        found, length = zlib.crc32(chunk, found), length - len(chunk)
    return found


# --- what the folder tells of itself --------------------------------------------------------------


def _manifest(folder: Path) -> dict[str, Sealed]:
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
        rows = data["files"]
        if data["sha256"] != _digest(rows):
            raise Damaged(f"{MANIFEST} was altered")
        return {name: Sealed(**row) for name, row in rows.items()}
    except Damaged:
        raise
    except FileNotFoundError:
        raise Damaged(f"{MANIFEST} is missing") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"{MANIFEST} can't be read: {error}") from error


def _live(folder: Path) -> set[str]:
    """The files meta.json builds on."""
    names = set()
    try:
        for segment in json.loads((folder / META).read_bytes())["segments"]:
            stem = segment["segment_id"].replace("-", "")
            names |= {f"{stem}.{part}" for part in PARTS}
            if segment["deletes"]:
                names.add(f"{stem}.{segment['deletes']['opstamp']}.del")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"{META} can't be read: {error}") from error
    return names


def _managed(folder: Path) -> set[str]:
    """What tantivy knows of, the remains of merges included."""
    try:
        names = json.loads((folder / MANAGED).read_bytes())
        return {str(name) for name in names}
    except (OSError, ValueError, TypeError) as error:
        raise Damaged(f"{MANAGED} can't be read: {error}") from error


def _digest(rows: dict) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _size(path: Path) -> int | None:
    try:
        return path.lstat().st_size
    except OSError:
        return None
