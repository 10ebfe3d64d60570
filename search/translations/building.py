"""Learning anew: read what is aligned, learn, put the tables in place. One process at a time; noted as a run."""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from search import runs
from search.models import IndexRun
from search.translations import aligned, learning, storing, tables
from search.translations.corpus import Corpus
from search.turns import turn

Progress = Callable[[Iterable, str], Iterable]  # of things and what they are called: the same, told of as they pass


@dataclass(frozen=True)
class Outcome:
    rows: int  # aligned texts
    pairs: int  # of languages, directed
    links: int
    seconds: float
    megabytes: float
    changed: bool  # false: nothing new to learn from, the tables stay

    def figures(self) -> dict[str, float]:
        """What was learned, where anything was."""
        told = {name: value for name, value in asdict(self).items() if name != "changed"}
        return told if self.changed else {"rows": self.rows, "seconds": self.seconds}


def learn(progress: Progress = lambda items, unit: items, known: str = "") -> Outcome:
    """Texts of the digest `known` are not learned again. Raises aligned.Faulty and contract.Busy.

    The old tables serve until the new ones are complete.
    """
    home = tables.home()
    with turn(home / storing.LOCK), runs.recorded(IndexRun.Kind.TRANSLATIONS, 0) as run:
        started = time.monotonic()
        corpus = read(runs.counted(run, progress(aligned.rows(kept(home)), "text")))
        run.total = run.done
        if corpus.digest == known:
            outcome = Outcome(corpus.rows, 0, 0, _since(started), 0.0, False)
        else:
            outcome = _learned(home, corpus, progress, started)
        run.outcome = outcome.figures()
    tables.forget()
    return outcome


def learned() -> str:
    """The digest of the texts the tables that serve were learned from."""
    return storing.about(tables.home()).get("digest", "")


def read(rows: Iterable) -> Corpus:
    corpus = Corpus()
    for row in rows:
        corpus.add(row)
    return corpus


def _learned(home: Path, corpus: Corpus, progress: Progress, started: float) -> Outcome:
    learned = learning.learn(corpus, lambda pairs: progress(pairs, "pair"))
    folder = storing.write(home, corpus, learned)
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    links = storing.about(home)["links"]
    return Outcome(corpus.rows, len(learned), links, _since(started), round(size, 1), True)


def _since(started: float) -> float:
    return round(time.monotonic() - started, 1)


# --- files of the operator ------------------------------------------------------------------------------


def keep(files: list[Path]) -> None:
    """Lay further aligned texts beside the tables, to be learned from whenever tables are made. Raises aligned.Faulty.

    A file takes the place of an earlier one of its name.
    """
    _check_names(files)
    for file in files:
        for _row in aligned.read(file):
            pass
    place = tables.home() / storing.ALIGNED
    for file in files:
        if file.resolve().parent != place.resolve():
            _copy(file, place / f"{file.stem}.jsonl")


def _check_names(files: list[Path]) -> None:
    by_name: dict[str, Path] = {}
    for file in files:
        other = by_name.setdefault(file.stem, file)
        if other.resolve() != file.resolve():
            raise aligned.Faulty(
                f"{file}: It has the same name as {other}. Rename one of them, or put both into one file."
            )


def _copy(file: Path, target: Path) -> None:
    """Whoever learns meanwhile meets the old file or the new one whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    shutil.copyfile(file, new)
    new.replace(target)


def kept(home: Path) -> list[Path]:
    return sorted((home / storing.ALIGNED).glob("*.jsonl"))
