"""Questions to entries of real texts: their words under any filters, in all forms people type, and some slips."""

import random
import re
from collections.abc import Iterator, Sequence

from search import facets
from search.contract import Audience, Entry
from search.query import Query
from vocabularies import labels

EYES = (frozenset({"public"}), frozenset({"public", "members"}), frozenset({"public", "members", "group:2"}))
KINDS = (("practice",), ("practice",), ("thread",), ("practice", "thread"))


def questions_about(entries: Sequence[Entry], count: int) -> Iterator[tuple[Query, Audience]]:
    """The same ones each time; every fifth without words."""
    chance = random.Random(7)
    for number in range(count):
        entry = chance.choice(entries)
        text = chance.choice(entry.texts)
        params = {
            "q": [_words(text, chance)] if number % 5 else [""],
            "language": [chance.choice([text.language, "en", "fi"])],
        }
        for facet in chance.sample(facets.all_facets(), chance.choice((0, 0, 1, 2, 3))):
            values = sorted(labels.values(facet.scheme, "en")) if facet.scheme else ["2023", "2024"]
            params[facet.name] = [*entry.facets[facet.name][:1], *chance.sample(values, chance.randrange(2))]
        params["sort"] = [chance.choice(("", "", "newest", "evidence"))]
        query = Query.from_params(params).of_kind(*chance.choice(KINDS))
        yield query, chance.choice(EYES)


def _words(text, chance) -> str:
    words = re.findall(r"\w{3,}", f"{text.title} {text.summary}")[:40]
    some = chance.sample(words, min(len(words), chance.randrange(1, 6)))
    kind = chance.randrange(8)
    if kind == 0:
        return '"' + " ".join(words[:2]) + '"'
    if kind == 1:
        return f"{some[0]} -{some[-1]}"
    if kind == 2:
        return " OR ".join(some)
    if kind == 3:
        return f"title:{some[0]}"
    if kind == 4:  # a slip of the finger
        return some[0][:2] + some[0][3:]
    if kind == 5:
        return some[0][:5]
    return " ".join(some)
