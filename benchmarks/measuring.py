"""Times of a call repeated, as percentiles, and the machine they were taken on."""

import math
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WARM_UP = 3
LEAST = 3  # calls that are measured however long they take


@dataclass(frozen=True)
class Times:
    """In milliseconds."""

    p50: float
    p95: float

    def __str__(self) -> str:
        return f"{self.p50:8.2f} {self.p95:8.2f}"


def nothing() -> None:
    pass


def times(
    call: Callable[[], object], repeat: int, within: float = math.inf, before: Callable[[], None] = nothing
) -> Times:
    """Fewer than `repeat` where they took `within` seconds. No warming up where that alone takes long. What is done `before` each isn't measured."""
    began = time.perf_counter()
    for _time in range(WARM_UP):
        before()
        call()
        if time.perf_counter() - began > within / 10:
            break
    taken: list[float] = []
    while len(taken) < repeat and (len(taken) < LEAST or time.perf_counter() - began < within):
        before()
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return of_milliseconds(taken)


def of_milliseconds(taken: list[float]) -> Times:
    return Times(statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[18])


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Tell what is being done, and how long it took."""
    started = time.perf_counter()
    print(f"{text} ...", end=" ", file=sys.stderr, flush=True)
    yield
    print(f"{time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
