"""What an index costs and how it behaves under way: memory, size, updates to visible, several readers, a rebuild meanwhile."""

import multiprocessing
import time
from itertools import islice
from pathlib import Path

from benchmarks import answers
from benchmarks.measuring import of_milliseconds, say

READERS, QUESTIONS = 8, 60
WITHIN = 30.0  # seconds an update may take to be seen
BATCH = 1_000


def memory() -> tuple[float, float]:
    """(now, at most so far) of this process, in MB."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def size(folder: Path) -> float:
    """In MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def updates(make) -> None:
    """From writing to what a reader finds. `make(count)` yields entries that replace the first ones."""
    import dataclasses

    from search.engines import engine

    for count in (1, BATCH):
        word = f"sichtbar{count}"
        changed = [
            dataclasses.replace(
                entry, texts=tuple(dataclasses.replace(t, title=f"{word} {t.title}") for t in entry.texts)
            )
            for entry in islice(make(count), count)
        ]
        started = time.perf_counter()
        engine().put(changed)
        written = time.perf_counter() - started
        engine().refresh()
        while found(word) < count and time.perf_counter() - started < WITHIN:
            time.sleep(0.002)
        seen = time.perf_counter() - started
        say(f"{count:5} changed: written after {written * 1000:.0f} ms, found after {seen * 1000:.0f} ms")


def found(word: str) -> int:
    from search.query import Query

    return answers.whole(Query.from_params({"q": [word]})).total


def readers(questions: list[dict]) -> None:
    """Several processes ask at once, beside one that asks alone."""
    context = multiprocessing.get_context("spawn")
    alone = None
    for count in (1, READERS):
        with context.Pool(count) as pool:
            pool.map(_ready, range(count), chunksize=1)
            started = time.perf_counter()
            taken = [one for some in pool.map(_ask, [questions] * count, chunksize=1) for one in some]
            rate = len(taken) / (time.perf_counter() - started)
        alone = alone or rate
        say(
            f"{count} reader{'s' if count > 1 else ' '}: {rate:6.0f} questions a second ({rate / alone:.2f} x), ms {of_milliseconds(taken)}"
        )


def _ready(_number: int) -> None:
    import django

    django.setup()
    found("vombrelik")
    time.sleep(1)  # so that each process gets one


def _ask(questions: list[dict]) -> list[float]:
    from search.query import Query

    taken = []
    for number in range(QUESTIONS):
        query = Query.from_params(questions[number % len(questions)])
        answers.unknown()
        started = time.perf_counter()
        answers.whole(query)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def built(rows: int) -> None:
    """An empty installation: what is indexed first is found before the rest is."""
    building, told = _building(rows)
    began = told.get()
    while building.is_alive() and not _finds():
        time.sleep(0.05)
    first = time.time() - began
    ended, most = told.get()
    building.join()
    whole = ended - began
    say(
        f"indexed at {rows / whole:.0f} entries a second by one process that needs at most {most:.0f} MB; "
        f"first results after {first:.1f} s, all after {whole:.1f} s"
    )


def while_rebuilding(rows: int, questions: list[dict]) -> None:
    """The old index answers while a new one is built beside it."""
    before, during = _ask(questions), []
    building, told = _building(rows)
    told.get()
    while building.is_alive():
        during += _ask(questions)
    building.join()
    say(f"before a rebuild, ms {of_milliseconds(before)}; while it runs, ms {of_milliseconds(during)}")


def _building(rows: int) -> tuple[multiprocessing.Process, multiprocessing.Queue]:
    """The process, and when it began; then when it ended and the most memory it held."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    process = context.Process(target=_build, args=(rows, told))
    process.start()
    return process, told


def _build(rows: int, told: multiprocessing.Queue) -> None:
    import django

    django.setup()
    from benchmarks.engine import entries
    from search.engines import engine

    told.put(time.time())
    engine().replace(entries(rows), about=rows)
    told.put((time.time(), memory()[1]))


def _finds() -> bool:
    from search.contract import Unavailable
    from search.engines import engine

    engine().refresh()
    try:
        return found("") > 0
    except Unavailable:
        return False
