"""Stems: Snowball where it does the language well, rules of our own (search/inflection.py) where it doesn't, or after it."""

import threading

import Stemmer

from search import inflection

SNOWBALL = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hr": "serbian", "hu": "hungarian", "it": "italian",
    "lt": "lithuanian", "nl": "dutch", "pt": "portuguese", "ro": "romanian", "sv": "swedish",
}  # fmt: skip
NONE: dict[str, str] = {}

_local = threading.local()  # a Snowball stemmer keeps state: one for each thread


def stem(word: str, language: str) -> str:
    word = inflection.ODD.get(language, NONE).get(word, word)
    name = SNOWBALL.get(language)
    return inflection.inflected(_snowball(name).stemWord(word) if name else word, language)


def _snowball(name: str):
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    return stemmers[name]
