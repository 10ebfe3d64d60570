"""The folder of all indexes: which one serves, whose turn it is to write, what readers noticed, what was left over."""

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from search import turns
from search.engines.embedded import documents, integrity

NAME = re.compile(r"[0-9a-f]{16}-[0-9a-f]+")  # what the index is made for, and when it was begun
CURRENT, LOCK, DOUBT = "current", "lock", "doubt"
STILL_READ = 60.0  # seconds after which nobody reads the index before the one that serves


class Home:
    def __init__(self, path: Path):
        self.path = path

    # --- the index that serves ----------------------------------------------------------------------

    def folder(self) -> Path | None:
        """The index that serves, if there is one made for this version and these facets."""
        folder, _why_not = self.pointed_to()
        return folder

    def pointed_to(self) -> tuple[Path | None, str]:
        """The index that serves, or why there is none."""
        try:
            name = (self.path / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None, "there is no pointer to an index"
        except (OSError, ValueError) as error:
            return None, f"the pointer can't be read: {error}"
        if not NAME.fullmatch(name):
            return None, f"the pointer names no index: {name[:80]!r}"
        if name.partition("-")[0] != documents.schema_digest():
            return None, f"{name} was made for other facets or another version"
        folder = self.path / name
        if folder.is_symlink() or not folder.is_dir():
            return None, f"{name} is not there"
        return folder, ""

    def new_folder(self) -> Path:
        folder = self.path / f"{documents.schema_digest()}-{time.time_ns():x}"
        folder.mkdir(parents=True)
        return folder

    def point_to(self, folder: Path) -> None:
        new = self.path / f"{CURRENT}.new"
        _clear(new)
        _clear(self.path / CURRENT)
        with open(new, "w", encoding="ascii") as handle:
            handle.write(folder.name)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(new, self.path / CURRENT)

    # --- turns --------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def turn(self, patience: float = turns.PATIENCE) -> Iterator[None]:
        """One writer at a time."""
        if self.path.exists() and not self.path.is_dir():
            self.path.unlink()
        _clear(self.path / LOCK)
        with turns.turn(self.path / LOCK, patience):
            yield

    # --- what is left over, what was noticed --------------------------------------------------------

    def sweep(self, keep: set[str]) -> None:
        for found in self.path.iterdir():
            if found.name in keep | {CURRENT, LOCK, DOUBT}:
                continue
            if found.is_dir() and not found.is_symlink():
                shutil.rmtree(found, ignore_errors=True)
            else:
                found.unlink(missing_ok=True)

    def sweep_leftovers(self) -> None:
        """Indexes nobody reads any more, and those whose building broke off."""
        folder = self.folder()
        if folder and time.time() - (self.path / CURRENT).stat().st_mtime > STILL_READ:
            self.sweep(keep={folder.name})

    def sweep_unfinished(self) -> None:
        """Whoever was building them died: who builds now has the turn."""
        for folder in self.path.glob(f"*/{integrity.BUILDING}"):
            self.give_up(folder.parent)

    def give_up(self, folder: Path) -> None:
        """Unless it serves, as a first index does before it is filled."""
        if folder != self.folder():
            shutil.rmtree(folder, ignore_errors=True)

    def doubt(self) -> str:
        """What a reader met, until somebody has looked into it."""
        try:
            return (self.path / DOUBT).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def note_doubt(self, what: str) -> bool:
        """True where it is the first since somebody looked."""
        with contextlib.suppress(OSError):  # a reader may not be allowed to write: the next look finds it too
            if (self.path / DOUBT).exists():
                return False
            (self.path / DOUBT).write_text(what[:500], encoding="utf-8")
        return True

    def settle_doubt(self) -> None:
        (self.path / DOUBT).unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Nothing but a file may lie where one is to be written."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
