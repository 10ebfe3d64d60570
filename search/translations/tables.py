"""Translations of a word as search uses them: opened in a moment, shared by all processes through the page cache."""

import mmap
import threading
import time
from pathlib import Path

import numpy as np
from django.conf import settings

from search.translations import compounds, storing
from search.translations.learning import LEAST, MOST

Way = tuple[str, float]

CHECK_EVERY = 5.0  # seconds between looks for newer tables
PART = 0.5  # what a translation of one part of a compound keeps of its weight
REMEMBERED = 20_000  # words


class Tables:
    """One version, opened."""

    def __init__(self, folder: Path):
        self.folder = folder
        with open(folder / "keys.bin", "rb") as handle:
            self._keys = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        self._offsets, self._starts, self._lengths, self._targets, self._weights = (
            np.load(folder / f"{name}.npy", mmap_mode="r")
            for name in ("offsets", "starts", "lengths", "targets", "weights")
        )
        self._known: dict[str, compounds.Known] = {}
        self._divided: dict[str, tuple[str, ...]] = {}
        self._remembered: dict[str, tuple[Way, ...]] = {}

    def ways(self, key: str) -> tuple[Way, ...]:
        """Keys of other languages this one translates to, the best first, with weights 0 to 1."""
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._look_up(key)
        return found

    def parts(self, key: str) -> tuple[str, ...]:
        found = self._divided.get(key)
        if found is None:
            if len(self._divided) >= REMEMBERED:
                self._divided.clear()
            found = self._divided[key] = self._parts(key)
        return found

    def _look_up(self, key: str) -> tuple[Way, ...]:
        found = self._direct(key)
        for part in self.parts(key) if key[:2] in compounds.BETWEEN else ():
            for other, weight in self._direct(part).items():
                if weight * PART >= LEAST:
                    found[other] = max(found.get(other, 0.0), round(weight * PART, 3))
        best, of_language = [], dict.fromkeys((other.partition(":")[0] for other in found), 0)
        for other, weight in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            language = other.partition(":")[0]
            of_language[language] += 1
            if of_language[language] <= MOST:
                best.append((other, weight))
        return tuple(best)

    def _direct(self, key: str) -> dict[str, float]:
        at = self._position(key.encode())
        if at is None:
            return {}
        start = int(self._starts[at])
        here = slice(start, start + int(self._lengths[at]))
        pairs = zip(self._targets[here].tolist(), self._weights[here].tolist(), strict=True)
        return {self._key(target).decode(): round(weight / 255, 3) for target, weight in pairs}

    def _parts(self, key: str) -> tuple[str, ...]:
        language, _colon, stem = key.partition(":")
        if language not in self._known:
            self._known[language] = storing.read_known(self.folder / f"known.{language}")
        return tuple(f"{language}:{part}" for part in compounds.parts(stem, language, self._known[language]))

    def _position(self, key: bytes) -> int | None:
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._offsets) - 1 and self._key(low) == key else None

    def _key(self, number: int) -> bytes:
        return self._keys[int(self._offsets[number]) : int(self._offsets[number + 1])]


_lock = threading.Lock()
_opened: tuple[object, Tables | None] | None = None  # whose data folder, and what was there
_checked = 0.0


def home() -> Path:
    return Path(settings.DATA_DIR) / "translations"


def edition() -> str:
    """Another one when something has been learned."""
    tables = _current()
    return str(tables.folder) if tables else ""


def ways(key: str) -> tuple[Way, ...]:
    """Nothing where nothing has been learned."""
    tables = _current()
    return tables.ways(key) if tables else ()


def parts(key: str) -> tuple[str, ...]:
    """The keys of the two words a compound is made of, as far as they are known."""
    if key[:2] not in compounds.BETWEEN:
        return ()
    tables = _current()
    return tables.parts(key) if tables else ()


def forget() -> None:
    """Look again at the next word: this process has learned anew."""
    global _opened
    _opened = None


def _current() -> Tables | None:
    global _opened, _checked
    data, now = settings.DATA_DIR, time.monotonic()  # asked for with every word: no path is put together for it
    if _opened and _opened[0] is data and now - _checked < CHECK_EVERY:
        return _opened[1]
    with _lock:
        before = _opened[1] if _opened and _opened[0] == data else None
        _opened, _checked = (data, _newest(home(), before)), now
        return _opened[1]


def _newest(place: Path, before: Tables | None) -> Tables | None:
    folder = storing.folder_in(place)
    if before and folder == before.folder:
        return before
    try:
        return Tables(folder) if folder else None
    except (OSError, ValueError):  # replaced between two looks, or damaged: what was read before serves on
        return before
