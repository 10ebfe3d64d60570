"""From text to the keys words are compared by: the same for documents and questions, for every language and engine.

A key is the word's stem prefixed with its language (fi:maaseut), so that words of different languages that happen to look alike don't
meet in one list. Beside it stands a key all languages share (*:maaseut), for who looks for a word in any of them. Snowball makes the stems of 16 of the 24 languages, rules of our own those of the others (search/stemming.py).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search import stemming
from search.stopwords import STOPWORDS

# What is left of a word before an apostrophe ("l'école", "dell'orto", "f'Malta"): no part of the word after it. One list for all languages:
# the words of a question are looked for in each of them, and L'Oréal has to be the same word everywhere.
ELIDED = "[bcdfjlmnstvxBCDFJLMNSTVX]|(?i:(?:jus|lors|puis|quoi)?qu|gl|un|(?:[dn]e|a|da|su|co|que)ll|quest)"
APOSTROPHES = "'’ʼ"
ACCENTS = "\u0300-\u036f"  # typed apart from their letter
UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"  # where a word may be parted at the end of a line, and the like
IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: each is a word
LETTER = rf"[^\W_{APOSTROPHES}{IDEOGRAPHS}]"
WORD = re.compile(
    rf"(?<!{LETTER})(?!(?:{ELIDED})[{APOSTROPHES}]{LETTER}[{ACCENTS}]*{LETTER})"
    rf"{LETTER}++(?:(?:[{APOSTROPHES}·]|[{ACCENTS}{UNSEEN}]++[{APOSTROPHES}·]?){LETTER}++)*+[{ACCENTS}]*+"
    rf"|[{IDEOGRAPHS}]"
)
MAX_WORD = 60  # characters; longer runs are not words
EVERY = "*"  # in a key, instead of a language


class Token(NamedTuple):
    start: int
    end: int
    word: str  # normalised
    key: str  # language:stem
    plain: str  # the key of the word typed without its diacritics
    folded: str  # without diacritics


def normalise(word: str) -> str:
    """One spelling for one word: composed, lower case, without apostrophes and what can't be seen; Greek loses its final sigma."""
    return unicodedata.normalize("NFKC", word.translate(_UNREAD)).casefold()


_UNREAD = dict.fromkeys(map(ord, "'’ʼ·\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Without diacritics, as people type who lack the keys."""
    decomposed = unicodedata.normalize("NFD", word)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ", "ı": "i"})


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a normalised word, folded: "escolas" and "escola" are one, "índice" and "indice" too."""
    return fold(stemming.stem(word, language))[:MAX_WORD]


def key(word: str, language: str) -> str:
    return f"{language}:{stem(word, language)}"


def plain_key(word: str, language: str) -> str:
    """The key of the word as it is typed without diacritics: "participacao" has another stem than "participação"."""
    return key(fold(word), language)


def tokens(text: str, language: str) -> list[Token]:
    found = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if end - start <= MAX_WORD:
            word, key, plain, folded = read(match.group(), language)
            if word:
                found.append(Token(start, end, word, key, plain, folded))
    return found


@lru_cache(maxsize=400_000)
def read(written: str, language: str) -> tuple[str, str, str, str]:
    """(normalised, key, plain key, folded) of a word as it is written."""
    word = normalise(written)
    return word, key(word, language), plain_key(word, language), fold(word)


def keys(tokens: Iterable[Token]) -> list[str]:
    """What a document is found by: for each word its key, and its plain key where that differs."""
    return [key for token in tokens for key in keys_of(token)]


def keys_of(token: Token) -> tuple[str, ...]:
    return (token.key,) if token.plain == token.key else (token.key, token.plain)


def shared(key: str) -> str:
    """By which a word is found whatever its language."""
    return EVERY + key[2:]


def is_stopword(word: str, language: str) -> bool:
    return word in STOPWORDS.get(language, ()) or fold(word) in STOPWORDS.get(language, ())
