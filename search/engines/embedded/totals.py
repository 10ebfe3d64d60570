"""What is counted without words and filters, written down by the writer after each commit: most pages ask it first, of everybody's view.

It belongs to one state of the index. Where it is missing, of another state or altered, whoever asks counts anew.
"""

import hashlib
import json
import os
from pathlib import Path

from search.engines.embedded.columns import Counts

FILE = "totals.json"


def write(folder: Path, state: tuple, counts: Counts) -> None:
    told = {"state": list(state), "counts": counts}
    new = folder / f"{FILE}.new"
    new.write_text(json.dumps({**told, "sha256": _digest(told)}), encoding="utf-8")
    os.replace(new, folder / FILE)


def read(folder: Path, state: tuple) -> Counts | None:
    told = _told(folder)
    return told["counts"] if told and told["state"] == list(state) else None


def is_altered(folder: Path) -> bool:
    return (folder / FILE).exists() and _told(folder) is None


def _told(folder: Path) -> dict | None:
    try:
        told = json.loads((folder / FILE).read_bytes())
        return told if told.pop("sha256") == _digest(told) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _digest(told: dict) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
