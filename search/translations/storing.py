"""What was learned, as files: written to a new folder, pointed to when complete, so that readers meet the old or the new whole."""

import json
import os
import shutil
import time
from pathlib import Path

import numpy as np

from search.translations import compounds
from search.translations.corpus import Corpus
from search.translations.learning import Learned

FORMAT = 2  # raise it when the files change shape, or words other keys: older ones are then not read
CURRENT, LOCK, ALIGNED = "current", "lock", "aligned"


def write(home: Path, corpus: Corpus, learned: Learned) -> Path:
    """The new folder, serving from now on."""
    folder = home / f"{FORMAT}-{time.time_ns():x}"
    folder.mkdir(parents=True)
    names, positions = _keys(corpus)
    starts, lengths, targets, weights = _entries(corpus, learned, len(names), positions)
    _copy_plain(corpus, names, starts, lengths)
    (folder / "keys.bin").write_bytes(b"".join(names))
    np.save(folder / "offsets.npy", np.concatenate(([0], np.cumsum([len(name) for name in names]))).astype(np.uint32))
    for name, values in (("starts", starts), ("lengths", lengths), ("targets", targets), ("weights", weights)):
        np.save(folder / f"{name}.npy", values)
    for language in compounds.BETWEEN:
        _write_known(folder / f"known.{language}", corpus, language)
    about = {"digest": corpus.digest, "rows": corpus.rows, "links": len(targets)}
    (folder / "about.json").write_text(json.dumps(about))
    before = folder_in(home)
    _point_to(home, folder)
    _sweep(home, folder, before)
    return folder


def folder_in(home: Path) -> Path | None:
    try:
        name = (home / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    folder = home / Path(name).name
    return folder if name.partition("-")[0] == str(FORMAT) and (folder / "about.json").is_file() else None


def about(home: Path) -> dict:
    """Of the tables that serve; empty where there are none."""
    folder = folder_in(home)
    try:
        return json.loads((folder / "about.json").read_text()) if folder else {}
    except (OSError, ValueError):
        return {}


def _keys(corpus: Corpus) -> tuple[list[bytes], dict[str, np.ndarray]]:
    """All keys in order, those of words typed without diacritics too; and where each language's words are in it."""
    found = {f"{code}:{stem}".encode() for code, side in corpus.sides.items() for stem in (*side.numbers, *side.plain)}
    names = sorted(found)
    place = {name: number for number, name in enumerate(names)}
    positions = {
        code: np.array([place[f"{code}:{stem}".encode()] for stem in side.numbers], dtype=np.uint32)
        for code, side in corpus.sides.items()
    }
    return names, positions


def _entries(corpus: Corpus, learned: Learned, count: int, positions: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    """For each key where its translations begin and how many there are; all translations with their weights in 255ths."""
    starts, lengths = np.zeros(count, dtype=np.uint32), np.zeros(count, dtype=np.uint16)
    targets, weights, size = [], [], 0
    for one in corpus.languages:
        links = [(links, positions[other]) for (first, other), links in learned.items() if first == one]
        if not links:
            continue
        source = positions[one][np.concatenate([part.source for part, _place in links])]
        target = np.concatenate([place[part.target] for part, place in links])
        weight = np.concatenate([part.weight for part, _place in links])
        order = np.lexsort((target, -weight, source))
        keys, first, many = np.unique(source[order], return_index=True, return_counts=True)
        starts[keys], lengths[keys] = first + size, many
        targets.append(target[order])
        weights.append(np.round(weight[order] * 255).astype(np.uint8))
        size += len(order)
    nothing = np.zeros(0, dtype=np.uint32)
    return starts, lengths, np.concatenate(targets or [nothing]), np.concatenate(weights or [nothing]).astype(np.uint8)


def _copy_plain(corpus: Corpus, names: list[bytes], starts: np.ndarray, lengths: np.ndarray) -> None:
    """Words typed without their diacritics lead where the right ones lead."""
    place = {name: number for number, name in enumerate(names)}
    for code, side in corpus.sides.items():
        for plain, stem in side.plain.items():
            here, there = place[f"{code}:{plain}".encode()], place.get(f"{code}:{stem}".encode())
            if there is not None and not lengths[here]:
                starts[here], lengths[here] = starts[there], lengths[there]


def _write_known(path: Path, corpus: Corpus, language: str) -> None:
    side = corpus.sides[language]
    counts = side.counts()
    known = {form: stem for form, stem in side.forms.items() if counts[stem]} | {stem: stem for stem in counts}
    lines = (f"{form}\t{stem}\t{counts[stem]}\n" for form, stem in sorted(known.items()))
    path.write_text("".join(lines), encoding="utf-8")


def read_known(path: Path) -> dict[str, tuple[str, int]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()
    rows = (line.split("\t") for line in lines)
    return {form: (stem, int(count)) for form, stem, count in rows}


def _point_to(home: Path, folder: Path) -> None:
    new = home / f"{CURRENT}.new"
    with open(new, "w", encoding="ascii") as handle:
        handle.write(folder.name)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(new, home / CURRENT)


def _sweep(home: Path, *kept: Path | None) -> None:
    """Folders older than the last, and those whose writing broke off. Who has the last one open reads on in it until he looks again."""
    for found in home.glob("*-*"):
        if found.is_dir() and found not in kept:
            shutil.rmtree(found, ignore_errors=True)
