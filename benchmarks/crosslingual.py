"""Known items asked for in another language than they are written in: plain BM25 beside learned translations, with and without EuroVoc."""

import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command

from benchmarks import aligned_texts, preparing
from benchmarks.measuring import machine, say, step

BETTER = 3.0  # times the mean reciprocal rank of plain BM25
SEED = 20_260
TOP = 10
SHOWN = 4  # languages told by name, from the worst
MIXED = 240  # questions to the collection of all languages


def main(questions: int) -> int:
    if not aligned_texts.FOLDER.is_dir():
        say("The aligned texts (../shared/data/parallel) are not on this machine: nothing to measure.")
        return 0
    preparing.portal()
    items = aligned_texts.asked_for()
    say(f"{len(items)} short texts in up to 24 languages, {questions} questions a row, the real engine; {machine()}")
    say("Learned from texts none of which says the same as one of these in several languages.")
    say()
    results = _rows(items, questions)
    _languages(results["translations"])
    plain, best = results["plain BM25"].mean, results["translations"].mean
    say()
    say(
        f"{best / plain:.1f} times plain BM25. Wanted: {BETTER:.0f} times: {'kept' if best >= BETTER * plain else 'NOT KEPT'}."
    )
    return int(best < BETTER * plain)


class Ranks:
    """Reciprocal ranks by pair of languages."""

    def __init__(self) -> None:
        self.by_pair: dict[tuple[str, str], list[float]] = defaultdict(list)

    @property
    def pairs(self) -> dict[tuple[str, str], float]:
        return {pair: statistics.fmean(found) for pair, found in self.by_pair.items() if pair[0] != pair[1]}

    @property
    def mean(self) -> float:
        return statistics.fmean(self.pairs.values())

    @property
    def same(self) -> float:
        """Of questions in the item's own language."""
        return statistics.fmean(rank for pair, found in self.by_pair.items() if pair[0] == pair[1] for rank in found)


def _rows(items: list, questions: int) -> dict[str, Ranks]:
    from benchmarks import aligned_texts

    heads = ("MRR@10", "worst", "best", "same language", "own first", "own in top 10", "ms")
    say(f"{'':28}" + "".join(f"{head:>14}" for head in heads[:-2]) + f"{heads[-2]:>15}{heads[-1]:>14}")
    results = {"plain BM25": _row("plain BM25", items, questions)}
    with step("Learning"):
        with tempfile.TemporaryDirectory() as folder:
            call_command("learn_translations", aligned=[aligned_texts.write(Path(folder), items)], stdout=sys.stderr)
    results["translations"] = _row("translations", items, questions)
    with _hidden_tables():
        with step("Loading EuroVoc"):
            aligned_texts.load_eurovoc(items)
        results["EuroVoc"] = _row("EuroVoc concepts", items, questions)
    results["both"] = _row("translations and EuroVoc", items, questions)
    return results


class _hidden_tables:
    """As if nothing had been learned."""

    def __enter__(self):
        from search.translations import tables

        self.home, self.aside = tables.home(), tables.home().with_name("aside")
        self.home.rename(self.aside)
        tables.forget()

    def __exit__(self, *_error):
        from search.translations import tables

        self.aside.rename(self.home)
        tables.forget()


def _row(name: str, items: list, questions: int) -> Ranks:
    with step(name):
        started, asked = time.perf_counter(), 0
        ranks = Ranks()
        for language in _languages_of(items):
            asked += _ask_for(language, items, questions, ranks)
        each = (time.perf_counter() - started) * 1000 / asked
        first, share = _own_share(items)
    worst, best = min(ranks.pairs.values()), max(ranks.pairs.values())
    figures = f"{ranks.mean:14.3f}{worst:14.3f}{best:14.3f}{ranks.same:14.3f}{first:14.2f}{share:15.2f}{each:14.1f}"
    say(f"{name:28}{figures}")
    return ranks


def _ask_for(language: str, items: list, questions: int, ranks: Ranks) -> int:
    """Every item in `language`, asked for in all languages."""
    chance = random.Random(f"{SEED} {language}")
    entries = [_entry(number, language, item) for number, item in enumerate(items) if language in item]
    askers = _languages_of(items)
    several = max(1, questions // len(askers) ** 2)
    asked = 0
    with _engine(entries) as engine:
        for asker in askers:
            both = [number for number, item in enumerate(items) if language in item and asker in item]
            for number in chance.sample(both, min(several, len(both))):
                found = _find(engine, items[number][asker], asker)
                keys = [hit.key for hit in found]
                key = f"practice:{number}-{language}"
                ranks.by_pair[asker, language].append(1 / (keys.index(key) + 1) if key in keys else 0.0)
                asked += 1
    return asked


def _own_share(items: list) -> tuple[float, float]:
    """How often the first hit is in the asker's language, and how many of the first ten, where every item is there in all."""
    chance = random.Random(SEED)
    entries = [_entry(number, language, item) for number, item in enumerate(items) for language in item]
    first = own = shown = 0
    with _engine(entries) as engine:
        for _question in range(MIXED):
            item = chance.choice(items)
            asker = chance.choice(sorted(item))
            found = _find(engine, item[asker], asker)
            first += bool(found) and found[0].language == asker
            own += sum(hit.language == asker for hit in found)
            shown += len(found)
    return first / MIXED, own / max(1, shown)


class _engine:
    """The embedded engine over these entries, in a folder that goes."""

    def __init__(self, entries: list):
        self.entries = entries

    def __enter__(self):
        from search.engines.embedded import EmbeddedEngine

        self.folder = tempfile.TemporaryDirectory(prefix="praxis-bench-index-")
        engine = EmbeddedEngine("embedded://", self.folder.name)
        engine.replace(self.entries)
        return engine

    def __exit__(self, *_error):
        self.folder.cleanup()


def _find(engine, text: str, language: str):
    from search.contract import PUBLIC
    from search.query import MAX_TEXT, Query

    return engine.find(Query(text=text[:MAX_TEXT], language=language), frozenset({PUBLIC})).hits[:TOP]


def _entry(number: int, language: str, item: dict[str, str]):
    from search.contract import PUBLIC, Entry, Text

    then = datetime(2026, 1, 1, tzinfo=UTC)
    text = Text(language, item[language], "", "", f"/{language}/{number}/")
    key = f"practice:{number}-{language}"
    return Entry(key, "practice", language, (text,), {"text": (language,)}, frozenset({PUBLIC}), then, then)


def _languages_of(items: list) -> list[str]:
    return sorted({language for item in items for language in item})


def _languages(ranks: Ranks) -> None:
    """The mean of each language asked in and found in, from the worst."""
    say()
    for side, name in ((0, "asked in"), (1, "written in")):
        means = defaultdict(list)
        for pair, mean in ranks.pairs.items():
            means[pair[side]].append(mean)
        rows = sorted((statistics.fmean(found), language) for language, found in means.items())
        say(f"{name:12}" + "  ".join(f"{language} {mean:.2f}" for mean, language in rows))
    worst = sorted(ranks.pairs.items(), key=lambda item: item[1])[:SHOWN]
    say("worst pairs " + "  ".join(f"{asker} for {written} {mean:.2f}" for (asker, written), mean in worst))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
