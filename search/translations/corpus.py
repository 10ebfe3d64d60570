"""Aligned texts as numbers: for each language its words, and where the words of each text lie. Made to be counted fast."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from portal.languages import CODES
from search import analysis

Row = Mapping[str, Sequence[str]]  # language -> texts that say the same; the first is the usual one

LONGEST = 40  # words of a text that are counted: beyond that alignment is guessing
MOST_WORDS = 40_000_000  # of all texts together: what comes after them is left out


@dataclass(frozen=True)
class Texts:
    """Texts of one language by row, ascending, and where their words lie."""

    row: np.ndarray
    start: np.ndarray
    length: np.ndarray


class Side:
    """The texts of one language."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # stem -> its number
        self.forms: dict[str, str] = {}  # a word as it is written, folded -> its stem
        self.plain: dict[str, str] = {}  # the stem of a word typed without diacritics -> its stem
        self.words = array("i")
        self.usual = (array("i"), array("i"), array("i"))  # row, start, length
        self.further = (array("i"), array("i"), array("i"))

    def read(self, text: str, language: str) -> list[str]:
        """The stems that mean something."""
        stems = []
        for token in analysis.tokens(text, language):
            if token.word.isdigit() or analysis.is_stopword(token.word, language):
                continue
            stem = token.key.partition(":")[2]
            self.forms.setdefault(token.folded, stem)
            if token.plain != token.key:
                self.plain.setdefault(token.plain.partition(":")[2], stem)
            stems.append(stem)
        return stems[:LONGEST]

    def add(self, row: int, stems: Sequence[str], place: tuple[array, array, array]) -> None:
        place[0].append(row)
        place[1].append(len(self.words))
        place[2].append(len(stems))
        self.words.extend(self.numbers.setdefault(stem, len(self.numbers)) for stem in stems)

    def counts(self) -> Counter[str]:
        stems = list(self.numbers)
        often = np.bincount(as_numbers(self.words), minlength=len(stems)).tolist()
        return Counter(dict(zip(stems, often, strict=True)))


class Corpus:
    def __init__(self) -> None:
        self.rows = 0
        self.sides = {code: Side() for code in CODES}
        self._size = 0
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Of everything added: the same texts teach the same."""
        return self._digest.hexdigest()[:32]

    @property
    def languages(self) -> list[str]:
        return [code for code, side in self.sides.items() if side.numbers]

    def add(self, row: Row) -> bool:
        """False for a row that aligns nothing, or when there is no room left."""
        texts = {code: [text for text in row[code] if text.strip()] for code in self.sides if row.get(code)}
        if len(texts) < 2 or self._size >= MOST_WORDS:
            return False
        read = {code: [self.sides[code].read(text, code) for text in texts[code]] for code in texts}
        read = {code: found for code, stems in read.items() if (found := [one for one in stems if one])}
        if len(read) < 2:
            return False
        self._digest.update(repr(sorted(texts.items())).encode())
        for code, (usual, *further) in read.items():
            side = self.sides[code]
            side.add(self.rows, usual, side.usual)
            for stems in dict.fromkeys(map(tuple, further)):
                side.add(self.rows, stems, side.further)
            self._size += len(usual) + sum(map(len, further))
        self.rows += 1
        return True

    def words(self, language: str) -> np.ndarray:
        return as_numbers(self.sides[language].words)

    def texts(self, language: str) -> tuple[Texts, Texts]:
        """The usual text of each row, and the further ones."""
        side = self.sides[language]
        return Texts(*map(as_numbers, side.usual)), Texts(*map(as_numbers, side.further))


def as_numbers(values: array) -> np.ndarray:
    return np.frombuffer(values, dtype=np.int32) if values else np.empty(0, dtype=np.int32)
