"""Which language a post is written in: what its text says, between the languages its author writes."""

from practices.importing.languages import likelihoods

FEWEST = 12  # letters below which a text says nothing
OWN = 20.0  # how much likelier a language is that the author says she writes
SURE = 0.9


def language_of(text: str, *, expected: str, written: list[str]) -> str:
    """`expected` (the language of the page or of the thread) unless the text clearly speaks another."""
    if sum(sign.isalpha() for sign in text) < FEWEST:
        return expected
    likely = {expected, *written}
    weighed = {code: share * (OWN if code in likely else 1.0) for code, share in likelihoods(text[:4000]).items()}
    best = max(weighed, key=weighed.get)
    return best if weighed[best] / sum(weighed.values()) >= SURE else expected
