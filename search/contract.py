"""What goes into search and what comes out of it, whichever engine does the work.

One `Query` serves the page, the API, feeds, alerts, exports and briefs; one `Entry` is one thing (a case study with all its
translations), so that it is one hit and counts once.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

PUBLIC = "public"  # the audience of everybody
Audience = frozenset[str]
EVERYBODY: Audience = frozenset({PUBLIC})  # who has not signed in


@dataclass(frozen=True)
class Text:
    """One published text of an entry, in one language."""

    language: str
    title: str
    summary: str
    body: str
    url: str  # path of the page in this language
    provenance: str = "human"  # human, mt:<engine>, mt-reviewed


@dataclass(frozen=True)
class Entry:
    key: str  # unique over all kinds, for example practice:4f0c...
    kind: str  # the Source it came from, for example practice
    language: str  # of the original
    texts: tuple[Text, ...]
    facets: dict[str, tuple[str, ...]]  # facet name -> notations; roles as connectivity:barrier
    audience: Audience
    published_at: datetime
    changed_at: datetime
    weight: int = 0  # for the sort by strength of evidence: higher is stronger, -1 unknown
    card: dict = field(default_factory=dict)  # what a result card shows beyond its text; must be JSON


@dataclass(frozen=True)
class Bucket:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Hit:
    key: str
    kind: str
    language: str  # of the text shown
    original_language: str
    title: str
    summary: str
    url: str
    title_html: str  # title with <mark>, escaped
    summary_html: str  # passage that matched with <mark>, escaped
    card: dict
    published_at: datetime
    provenance: str = "human"
    matched: tuple[tuple[str, str], ...] = ()  # (word asked, word found in another language)
    score: float = 0.0  # comparable within one answer


@dataclass(frozen=True)
class Relaxation:
    """A filter whose removal would bring hits, with all values chosen of it: shown where there are none."""

    facet: str  # empty: all filters
    values: tuple[str, ...]
    count: int


def relaxations(query, counts: dict[str, int]) -> tuple[Relaxation, ...]:
    """Of what each of `query.looser()` finds: single filters, the most first; all of them only where no single one helps."""
    single = [Relaxation(name, query.values(name), count) for name, count in counts.items() if name and count]
    if single or not counts.get(""):
        return tuple(sorted(single, key=lambda one: -one.count))
    return (Relaxation("", (), counts[""]),)


@dataclass(frozen=True)
class Results:
    query: "object"
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[Bucket, ...]]
    relaxations: tuple[Relaxation, ...] = ()
    nearest: tuple[Hit, ...] = ()  # where nothing meets the question: what meets a part of it, filters aside
    instead: str = ""  # the question as it was perhaps meant: "did you mean"
    took_ms: float = 0.0


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: str  # concept or title
    url: str
    language: str


class Engine(Protocol):
    """All an engine must do. Nothing outside search/engines/ knows more of it."""

    def put(self, entries: list[Entry], read_at: int = 0) -> None:
        """`read_at`: the moment of search/clock.py before they were read from the database. What was read later stays.

        Raises Refused where some can't be kept, when the others are.
        """
        ...

    def drop(self, keys: list[str], read_at: int = 0) -> None: ...

    def replace(self, entries, read_at: int = 0, about: int = 0) -> int:
        """All anew; how many are kept. What can't be is left out, and logged; what is put meanwhile, read later, stays.

        `about`: how many there are, as far as is known.
        """
        ...

    def find(self, query, audience: Audience) -> Results: ...

    def matching(self, query, audience: Audience, keys: list[str]) -> list[str]:
        """Those of these keys the question finds, whatever their number and the page asked for, in the order given."""
        ...

    def suggest(self, prefix: str, language: str, audience: Audience, limit: int) -> list[Suggestion]: ...

    def digests(self) -> dict[str, str]: ...

    def ready(self) -> bool: ...

    def refresh(self) -> None:
        """Show what was just written to whoever asks next."""
        ...

    def doubts(self) -> list[str]:
        """Cheap signs that something may be wrong with what is kept here; asked every few seconds."""
        ...

    def faults(self) -> list[str]:
        """What is wrong with it, looked at thoroughly; a rebuild mends it. Empty where nothing is kept here.

        Raises Busy while another process writes: nobody can tell then.
        """
        ...


class Unavailable(Exception):
    """The engine can't answer now; the caller shows a plain notice."""


class Busy(Exception):
    """Another process writes the index now; what waits is written after it."""


class Refused(Exception):
    """These entries can't be kept as they are; all others that came with them are."""

    def __init__(self, keys: dict[str, str]):
        super().__init__("; ".join(f"{key}: {why}" for key, why in keys.items()))
        self.keys = keys  # each with why
