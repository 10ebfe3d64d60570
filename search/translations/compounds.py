"""Long words of languages that write compounds as one: the two words they are made of, both known by themselves."""

from collections.abc import Mapping

from search import analysis

# Letters that may stand between the two.
BETWEEN = {
    "da": ("", "s", "e"),
    "de": ("", "s", "es", "n", "en", "er", "e"),
    "et": ("", "e", "u", "i"),
    "fi": ("", "n", "en"),
    "hu": ("",),
    "nl": ("", "s", "en", "e"),
    "sv": ("", "s"),
}
SHORTEST = 8  # letters of a compound
SHORTEST_PART = 3
OFTEN = 20  # beyond that a word is no likelier a part

Known = Mapping[str, tuple[str, int]]  # a word as written or its stem, folded -> its stem, and how often it was read


def parts(stem: str, language: str, known: Known) -> tuple[str, ...]:
    """The stems of the two likeliest parts; none where the word can't be divided."""
    best, likeliest = (), 0.0
    if language not in BETWEEN or len(stem) < SHORTEST:
        return best
    for at in range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1):
        last = _last(stem[at:], language, known)
        if not last:
            continue
        for between in BETWEEN[language]:
            beginning = stem[:at].removesuffix(between)
            if not stem[:at].endswith(between) or len(beginning) < SHORTEST_PART or beginning not in known:
                continue
            first = known[beginning]
            likely = min(first[1], last[1], OFTEN) ** 0.5 * len(beginning) * (len(stem) - at)
            if likely > likeliest:
                best, likeliest = (first[0], last[0]), likely
    return best


def _last(ending: str, language: str, known: Known) -> tuple[str, int] | None:
    return known.get(ending) or known.get(analysis.stem(ending, language))
