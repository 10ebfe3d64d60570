"""Query + 20 hits + all facets straight from the engine: all, common, middling and rare words, with 0, 1 and 3 facets selected.

Beside it, what counting bitmaps one by one costs (the limit); then memory, updates, readers and a rebuild (benchmarks/capacity.py). Wagtail's
database search stands beside the whole page in the benchmark "search". python -m benchmarks engine --rows 100000
"""

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks import answers, preparing
from benchmarks.answers import EVERYBODY
from benchmarks.measuring import machine, nothing, say, times

SEED = 20_260
PLANTED = {"vombrelik": 0.3, "quastomir": 0.03, "zefrandol": 0.001}  # share of entries that hold the word
REPEAT = 40
FIVE = ("level", "country", "factor", "topic", "outcome")
STARTED = datetime(2020, 1, 1, tzinfo=UTC)
SELECTED = {
    0: {},
    1: {"level": ["isced-1", "isced-2"]},
    3: {"level": ["isced-1", "isced-2"], "country": ["PT", "FI"], "factor": ["connectivity"]},
}


def entries(count: int) -> Iterator:
    """Texts of 40 words dealt from the demonstration's, values of every facet as real case studies have them."""
    from practices.demo import loader
    from search import facets
    from search.contract import Entry, Text
    from vocabularies import labels

    chance = random.Random(SEED)
    words: dict[str, list[str]] = {}
    for told in loader.contents():
        words.setdefault(told["language"], []).extend(f"{told['title']} {told['summary']}".split())
    languages = sorted(words)
    values = {
        facet.name: sorted(labels.values(facet.scheme, "en")) if facet.scheme else ["2022", "2023", "2024"]
        for facet in facets.all_facets()
    }
    roles = sorted(labels.values("role", "en"))
    for number in range(count):
        language = languages[number % len(languages)]
        some = chance.choices(words[language], k=40)
        some += [word for word, share in PLANTED.items() if chance.random() < share]
        chosen = {}
        for facet in facets.all_facets():
            several = chance.choices(
                values[facet.name],
                k=1 if facet.name in ("evidence", "outcome", "cost", "year", "stage") else chance.randrange(1, 5),
            )
            if facet.roles:
                several += [f"{value}:{chance.choice(roles)}" for value in several]
            chosen[facet.name] = tuple(sorted(set(several)))
        published = STARTED + timedelta(minutes=chance.randrange(3_000_000))
        text = Text(language, " ".join(some[:8]), " ".join(some[8:20]), " ".join(some[20:]), f"/{language}/x/")
        yield Entry(
            f"practice:{number}", "practice", language, (text,), chosen, EVERYBODY, published, published, number % 6
        )


def main(rows: int) -> None:
    preparing.portal()
    from django.conf import settings

    from benchmarks import capacity
    from search.engines import engine

    say(f"{rows} entries in 24 languages, {machine()}")
    shutil.rmtree(settings.DATA_DIR / "index", ignore_errors=True)
    capacity.built(rows)
    engine().refresh()
    say()
    report(rows)


def report(rows: int) -> None:
    from django.conf import settings

    from benchmarks import capacity
    from search.query import Query

    before, _most = capacity.memory()
    names = ("5 facets, first", "again", "whole answer, first", "again")
    say(f"{'words / selected':24}{'hits':>9}" + "".join(f"{name:>20}" for name in names))
    for name, text in (("all", ""), *((word, word) for word in PLANTED)):
        for number, selected in SELECTED.items():
            query = Query.from_params({"q": [text], **selected})
            asked = [partial(answers.bare, query, FIVE), partial(answers.whole, query)]
            taken = [times(one, REPEAT, before=before) for one in asked for before in (answers.unknown, nothing)]
            figures = "".join(f"{one!s:>20}" for one in taken)
            say(f"{name + ' / ' + str(number):24}{answers.whole(query).total:9}{figures}")
    say(f"{'142 bitmaps counted':33}{times(bitmaps(rows), REPEAT)!s:>20}")
    say()
    now, most = capacity.memory()
    say(
        f"memory {before:.0f} MB before the first question, {now:.0f} MB after them, at most {most:.0f} MB; "
        f"index {capacity.size(settings.DATA_DIR / 'index'):.0f} MB"
    )
    questions = [{"q": [text], **selected} for text in ("", *PLANTED) for selected in SELECTED.values()]
    capacity.readers(questions)
    capacity.updates(entries)
    capacity.while_rebuilding(min(rows, 100_000), questions)


def bitmaps(rows: int):
    """The limit of counting: 142 values as bitmaps, each met with the bitmap of what was found, and counted."""
    import numpy

    chance = numpy.random.default_rng(SEED)
    values = chance.integers(0, 2**63, (142, rows // 64 + 1), dtype=numpy.uint64)
    found = values[0].copy()
    met, counted = numpy.empty_like(values), numpy.empty(values.shape, dtype=numpy.uint8)

    def count() -> None:
        numpy.bitwise_and(values, found, out=met)
        numpy.bitwise_count(met, out=counted)
        counted.sum(axis=1, dtype=numpy.uint32)

    return count


if __name__ == "__main__":
    main(int(sys.argv[1]))
