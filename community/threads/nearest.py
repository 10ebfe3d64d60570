"""What is nearest to what somebody is about to ask: threads and case studies that may answer it already."""

from dataclasses import replace

from people.access import audience_of
from search import engines
from search.contract import Hit, Unavailable
from search.query import Query

SHOWN = 3  # of each kind
FEWEST = 8  # characters typed before anything is looked for


def nearest(person, words: str, language: str) -> dict[str, tuple[Hit, ...]]:
    """{kind: hits}; nothing where the search can't answer now."""
    words = " ".join(words.split())[:200]
    if len(words) < FEWEST:
        return {}
    audience = audience_of(person)
    found = {}
    for kind in ("thread", "practice"):
        query = Query(text=words, language=language).of_kind(kind)
        try:
            results = engines.engine().find(replace(query, page=1), audience)
        except Unavailable:
            return {}
        found[kind] = (results.hits or results.nearest)[:SHOWN]
    return {kind: hits for kind, hits in found.items() if hits}
