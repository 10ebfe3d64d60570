"""Stems: Snowball where it has the language, light suffix rules where it hasn't."""

import threading

import Stemmer

SNOWBALL = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "et": "estonian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hr": "serbian", "hu": "hungarian", "it": "italian",
    "lt": "lithuanian", "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sk": "czech", "sv": "swedish",
}  # fmt: skip

# Endings cut from the longest down, once, while at least four letters stay.
SUFFIXES = {
    "bg": "ования ование ванията ването ването остите остта ността ните ните ята ата ото ето ите ове еве ия ът ят та то те ки ци и а я о е у".split(),
    "lv": "ošanas ošana ības ībai ību ība iem ajām ajiem ajās ajos ām ēm īm as es is us os ās ēs īs am ai ei ij im ie om a e i u o s š".split(),
    "mt": "ijiet azzjoni azzjonijiet ijiet ijjiet iet hom kom ha na ek ok ju wa at in i a u".split(),
    "sl": "ovanja ovanje ostmi ostjo ostih osti ost anja anje enja enje ega emu imi ami ama ima omi oma em im ih om am ah a e i o u".split(),
}

_local = threading.local()  # a Snowball stemmer keeps state: one for each thread


def stem(word: str, language: str) -> str:
    name = SNOWBALL.get(language)
    if name:
        return _snowball(name).stemWord(word)
    return _light(word, language)


def _snowball(name: str):
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    return stemmers[name]


def _light(word: str, language: str) -> str:
    for suffix in _ORDERED.get(language, ()):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


_ORDERED = {language: sorted(set(suffixes), key=len, reverse=True) for language, suffixes in SUFFIXES.items()}
