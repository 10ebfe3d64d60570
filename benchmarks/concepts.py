"""Questions that name a concept, asked in every language over texts in every language: found as well as in the text's own, and ranked fairly."""

import math
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.core.management import call_command

from benchmarks import aligned_texts, preparing
from benchmarks.measuring import machine, say, step
from portal.languages import CODES

MEAN, WORST = 0.95, 0.85  # of what a question in the text's own language finds
FAIR = 0.05  # how far a language's share of the first ten may lie from its share of what is relevant
SEED = 20_260
DEALS = 5  # of dates, when languages are to share the first ten fairly
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
TOP = 10
SHOWN = 5

Pair = tuple[str, str]  # asked in, written in
Worded = Callable[[str, str], str]  # how a concept is asked for in a language


def main(questions: int) -> int:
    if not aligned_texts.FOLDER.is_dir():
        say("The aligned texts (../shared/data/parallel) are not on this machine: nothing to measure.")
        return 0
    preparing.portal()
    from benchmarks import concept_texts

    with step("Learning translations"):
        call_command("learn_translations", stdout=sys.stderr)
    things = concept_texts.things()
    concepts = chosen(things, max(1, questions // len(CODES) ** 2))
    mentions = sum(max(thing.grades.values(), default=0) == concept_texts.MENTIONED for thing in things)
    say(
        f"{len(things) - mentions} case studies with their concepts and {mentions} texts that mention one, each in up to {len(CODES)} "
        f"languages; {len(concepts)} concepts, asked for by their labels; {machine()}"
    )
    alone = pairs(things, concepts, CODES, concept_texts.labels_of)
    kept = [_ratios_told(alone, alone), _shares_told(shares(things, concepts, CODES, concept_texts.labels_of))]
    say()
    say(
        "The same labels among small words of the asker's language; their finds as a part of what the label alone finds in the text's own:"
    )
    among = pairs(things, concepts, CODES, concept_texts.sentence_of)
    kept += [_ratios_told(among, alone), _shares_told(shares(things, concepts, CODES, concept_texts.sentence_of))]
    return int(not all(kept))


def chosen(things: list, count: int) -> list[str]:
    """Concepts something is about, the same for the same number."""
    known = sorted({concept for thing in things for concept in thing.grades})
    return sorted(random.Random(SEED).sample(known, min(count, len(known))))


def pairs(things: list, concepts: list[str], languages: list[str], worded: Worded) -> dict[Pair, float]:
    """Mean nDCG@10 of questions in one language over texts in one language."""
    found = {}
    for written in languages:
        held = [thing for thing in things if written in thing.texts]
        asked = [concept for concept in concepts if any(concept in thing.grades for thing in held)]
        with engine_of([thing.entry(written) for thing in held]) as engine:
            for asker in languages:
                scores = [
                    _ndcg(_first(engine, worded(concept, asker), asker), concept, held, written) for concept in asked
                ]
                found[asker, written] = statistics.fmean(scores)
    return found


def ratios(found: dict[Pair, float], alone: dict[Pair, float]) -> dict[Pair, float]:
    """Against what labels alone find in the text's own language."""
    return {pair: mean / alone[pair[1], pair[1]] for pair, mean in found.items() if pair[0] != pair[1]}


def shares(things: list, concepts: list[str], languages: list[str], worded: Worded) -> dict[str, dict[str, float]]:
    """Asked in one language over texts in all: by how much each language's share of the first ten exceeds its share of the relevant."""
    by_key = {
        thing.key(language): (thing, language) for thing in things for language in thing.texts if language in languages
    }
    over: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for deal in range(DEALS):
        with engine_of(_dealt([thing.entry(language) for thing, language in by_key.values()], deal)) as engine:
            for concept in concepts:
                relevant = [language for thing, language in by_key.values() if concept in thing.grades]
                for asker in languages:
                    first = [by_key[key][1] for key in _first(engine, worded(concept, asker), asker)]
                    for language in languages:
                        expected = relevant.count(language) / len(relevant)
                        over[asker][language].append((first.count(language) / len(first) if first else 0.0) - expected)
    return {asker: {language: statistics.fmean(rows) for language, rows in by.items()} for asker, by in over.items()}


def _dealt(entries: list, deal: int) -> list:
    """Their dates by chance: of equally good ones the newest come first."""
    days = random.Random(SEED + deal).sample(range(len(entries)), len(entries))
    return [
        replace(entry, published_at=FIRST_DAY + timedelta(days=day)) for entry, day in zip(entries, days, strict=True)
    ]


class engine_of:
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


def _first(engine, text: str, language: str) -> list[str]:
    from search.contract import PUBLIC
    from search.query import Query

    query = Query(text=text, language=language)
    return [hit.key for hit in engine.find(query, frozenset({PUBLIC})).hits[:TOP]]


def _ndcg(keys: list[str], concept: str, things: list, language: str) -> float:
    grades = {thing.key(language): thing.grades[concept] for thing in things if concept in thing.grades}
    best = sorted(grades.values(), reverse=True)[:TOP]
    return _gain(grades.get(key, 0) for key in keys) / _gain(best)


def _gain(grades) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _ratios_told(found: dict[Pair, float], alone: dict[Pair, float]) -> bool:
    across = ratios(found, alone)
    mean, worst = statistics.fmean(across.values()), min(across.values())
    same = statistics.fmean(score for (asker, written), score in found.items() if asker == written)
    kept = mean >= MEAN and worst >= WORST
    say()
    say(f"nDCG@{TOP} in the text's own language {same:.3f}; asked in another, as a part of that:")
    say(f"mean {mean:.3f} (wanted {MEAN}), worst of {len(across)} {worst:.3f} (wanted {WORST}): {_verdict(kept)}")
    lowest = sorted(across.items(), key=lambda item: item[1])[:SHOWN]
    say("worst pairs " + "  ".join(f"{asker} for {written} {ratio:.2f}" for (asker, written), ratio in lowest))
    return kept


def _shares_told(over: dict[str, dict[str, float]]) -> bool:
    own = {asker: by[asker] for asker, by in over.items()}
    english = [by["en"] for asker, by in over.items() if asker != "en"]
    others = max(abs(share) for by in over.values() for share in by.values())
    kept = abs(statistics.fmean(own.values())) <= FAIR and abs(statistics.fmean(english)) <= FAIR
    say()
    say(f"Share of the first {TOP} above the share of what is relevant (wanted: within {FAIR}): {_verdict(kept)}")
    far = sorted(own.items(), key=lambda item: -abs(item[1]))[:SHOWN]
    say(
        f"reader's own language {statistics.fmean(own.values()):+.3f}   English, asked in others {statistics.fmean(english):+.3f}   "
        f"farthest of all {len(over) ** 2} pairs {others:.3f}"
    )
    say("farthest own " + "  ".join(f"{language} {share:+.2f}" for language, share in far))
    return kept


def _verdict(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
