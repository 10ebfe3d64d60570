"""What disks, people and programs do to the files of an index."""

import os
import shutil
from pathlib import Path


def folder_in(home: Path) -> Path:
    return home / (home / "current").read_text()


def part(home: Path, ending: str) -> Path:
    """The largest file of that kind."""
    return max(folder_in(home).glob(f"*.{ending}"), key=lambda path: path.stat().st_size)


def flip(path: Path, at: float = 0.5) -> None:
    """One bit, and no trace of it in size or time."""
    times = path.stat()
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 0x10
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def overwrite(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def swap(one: Path, other: Path) -> None:
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def into_link(path: Path) -> None:
    elsewhere = path.rename(path.parent.parent / f"{path.name}.elsewhere")
    path.symlink_to(elsewhere)
