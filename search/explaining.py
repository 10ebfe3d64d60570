"""How a question was read, line by line: for who wonders why something was found, or wasn't."""

from collections.abc import Iterator

from search import analysis, asking, wording
from search.contract import Results
from search.documents import DECLARED, NAMED, TITLED
from search.query import Query
from search.wording import Unit, Way

WAYS = 8  # of a word that are printed


def question(query: Query) -> Iterator[str]:
    words = wording.read(query.text, query.language)
    yield f"Read in: {query.language}. A hit meets {words.needed} of {len(words.units)} units."
    for title, units in (("unit", words.units), ("must", words.required), ("without", words.excluded)):
        for number, unit in enumerate(units, 1):
            yield from _unit(f"{title} {number}", unit)
    for name, values in query.filters:
        yield f"filter {name}: {' or '.join(values)}"


def _unit(title: str, unit: Unit) -> Iterator[str]:
    yield f"{title}: {' '.join(unit.words)}" + (f" (only in {unit.field})" if unit.field else "")
    if unit.facet:
        yield "    as the filter " + ":".join(unit.facet)
    if unit.exact:
        yield "    exactly, in this order"
    for concept in unit.concepts:
        worth = asking.CONCEPT_SCORES
        yield (
            f"    concept {concept}: {worth[DECLARED]:g} if chosen by the author, {worth[TITLED]:g} if named in the title, "
            f"{worth[NAMED]:g} in the text"
        )
    for concept in unit.perhaps:
        yield f"    concept {concept} of other languages, unless texts in the reader's hold the words"
    for word, ways, translations in unit.met_by:
        yield f"    word {word}: {_ways(ways)} ({analysis.EVERY}: any language)"
        if translations:
            yield f"    learned for {word}: {_ways(translations)}"
    for part in unit.within:
        yield from _unit("    or all of", part)
    for other in unit.others:
        yield from _unit("    or", other)


def _ways(ways: tuple[Way, ...]) -> str:
    shown = ", ".join(f"{key} {weight:.2f}" for key, weight in sorted(ways, key=lambda way: -way[1])[:WAYS])
    return shown + (f" and {len(ways) - WAYS} more" if len(ways) > WAYS else "")


def answer(results: Results) -> Iterator[str]:
    yield f"{results.total} found in {results.took_ms:.1f} ms"
    if results.instead:
        yield f"Did you mean: {results.instead}"
    for number, hit in enumerate(results.hits or results.nearest, 1):
        matched = "; ".join(f"{found} = {asked}" for asked, found in hit.matched)
        yield f"{number:3}. {hit.score:7.3f} [{hit.language}] {hit.title}" + (f"  ({matched})" if matched else "")
