"""Query + 20 hits + all facets straight from the engine: all, common, middling and rare words, with 0, 1 and 3 facets selected.

Beside it, the peers of the same run: counting bitmaps one by one (the limit of what counting costs), and Wagtail's database search
(in the benchmark "search"). python -m benchmarks engine --rows 100000
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.measuring import machine, say, step, times

SEED = 20_260
EVERYBODY = frozenset({"public"})
PLANTED = {"vombrelik": 0.3, "quastomir": 0.03, "zefrandol": 0.001}  # share of entries that hold the word
REPEAT = 40
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
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare", verbosity=0)
    from search.engines import engine
    from search.query import Query

    done = step(f"{rows} entries")
    started = time.perf_counter()
    engine().replace(entries(rows))
    rate = rows / (time.perf_counter() - started)
    done()
    engine().refresh()
    say(f"{rows} entries, {machine()}; indexed at {rate:.0f} entries a second")
    say(f"{'query / selected':24} {'p50 ms':>8} {'p95 ms':>8} {'hits':>9}")
    for name, text in (("all", ""), *((word, word) for word in PLANTED)):
        for number, selected in SELECTED.items():
            query = Query.from_params({"q": [text], **selected})
            total = engine().find(query, EVERYBODY).total
            say(
                f"{name + ' / ' + str(number):24} {times(lambda query=query: engine().find(query, EVERYBODY), REPEAT)} {total:9}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
