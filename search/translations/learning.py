"""Which words translate which: IBM model 1 in both directions for each pair of languages, counted with numpy."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from search.translations.corpus import Corpus, Texts

ROUNDS = 5  # of expectation and maximisation
MOST_CELLS = (
    4_000_000  # word pairs of one pair of languages counted at once; beyond them the longest texts are left out
)
LEAST = 0.1  # weight below which a translation is worth nothing
MOST = 3  # translations of a word into one language
PIVOTS = ("en", "fr", "de", "es")  # through these, in this order, for words with no translation of their own
PIVOTED = 0.8  # what a translation through another language keeps of its weight

Progress = Callable[[Iterable], Iterable]


@dataclass(frozen=True)
class Links:
    """Words of one language and their translations in another: by word, the best first."""

    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray

    def best(self) -> "Links":
        """The few of each word that are worth something."""
        worth = self.weight >= LEAST
        source, target, weight = self.source[worth], self.target[worth], self.weight[worth]
        order = np.lexsort((target, -weight, source))
        source, target, weight = source[order], target[order], weight[order]
        place = np.arange(len(source)) - np.searchsorted(source, source)
        few = place < MOST
        return Links(source[few].astype(np.int32), target[few].astype(np.int32), weight[few].astype(np.float32))

    def turned(self) -> "Links":
        return Links(self.target, self.source, self.weight)

    def joined(self, other: "Links") -> "Links":
        parts = zip((self.source, self.target, self.weight), (other.source, other.target, other.weight), strict=True)
        return Links(*(np.concatenate(part) for part in parts))


Learned = dict[tuple[str, str], Links]


def learn(corpus: Corpus, progress: Progress = iter) -> Learned:
    """Links for every directed pair of languages."""
    learned: Learned = {}
    for one, other in progress(list(combinations(corpus.languages, 2))):
        links = pair(corpus, one, other)
        learned[one, other], learned[other, one] = links.best(), links.turned().best()
    return _with_pivots(learned, {code: len(side.numbers) for code, side in corpus.sides.items()})


def pair(corpus: Corpus, one: str, other: str) -> Links:
    """The weight is the geometric mean of how surely each word stands for the other."""
    first, second, first_place, second_place = _cells(corpus, one, other)
    width = len(corpus.sides[other].numbers)
    codes, which = np.unique(first.astype(np.int64) * width + second, return_inverse=True)
    links = Links(codes // width, codes % width, np.zeros(0))
    forward = _model_1(links.source, which, second_place)
    backward = _model_1(links.target, which, first_place)
    return Links(links.source, links.target, np.sqrt(forward * backward))


def _model_1(given: np.ndarray, which: np.ndarray, place: np.ndarray) -> np.ndarray:
    """p(other word | given word) for each link. `which` is the link of each cell, `place` its occurrence of the other word."""
    if not len(given):
        return np.zeros(0)
    often = np.bincount(which, minlength=len(given)).astype(float)
    probability = often / np.bincount(given, often)[given]
    for _round in range(ROUNDS):
        share = probability[which]
        share /= np.bincount(place, share)[place]
        often = np.bincount(which, share, len(given))
        probability = often / np.bincount(given, often)[given]
    return probability


def _cells(corpus: Corpus, one: str, other: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Every word of a text with every word of its counterpart: their numbers, and the numbers of these occurrences."""
    start, length, other_start, other_length = _counterparts(corpus.texts(one), corpus.texts(other))
    size = length.astype(np.int64) * other_length
    if size.sum() > MOST_CELLS:
        short = np.argsort(size, kind="stable")
        short = short[np.cumsum(size[short]) <= MOST_CELLS]
        start, length, other_start, other_length, size = (
            values[short] for values in (start, length, other_start, other_length, size)
        )
    text = np.repeat(np.arange(len(size)), size)
    within = np.arange(len(text)) - (np.cumsum(size) - size)[text]
    at, other_at = within // other_length[text], within % other_length[text]
    before, other_before = np.cumsum(length) - length, np.cumsum(other_length) - other_length
    return (
        corpus.words(one)[start[text] + at],
        corpus.words(other)[other_start[text] + other_at],
        before[text] + at,
        other_before[text] + other_at,
    )


def _counterparts(one: tuple[Texts, Texts], other: tuple[Texts, Texts]) -> tuple[np.ndarray, ...]:
    """The usual texts of a row with each other, and the further ones of each language with the usual of the other."""
    usual, further = one
    other_usual, other_further = other
    turned = _same_rows(other_further, usual)
    found = [_same_rows(usual, other_usual), _same_rows(further, other_usual), turned[2:] + turned[:2]]
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _same_rows(texts: Texts, usual: Texts) -> tuple[np.ndarray, ...]:
    """start, length here and there, of texts whose row has a usual text."""
    if not len(usual.row):
        nothing = np.empty(0, dtype=np.int32)
        return nothing, nothing, nothing, nothing
    at = np.minimum(np.searchsorted(usual.row, texts.row), len(usual.row) - 1)
    same = usual.row[at] == texts.row
    at = at[same]
    return texts.start[same], texts.length[same], usual.start[at], usual.length[at]


def _with_pivots(learned: Learned, sizes: dict[str, int]) -> Learned:
    """Words that no text aligns with a language get there through one they know."""
    whole = dict(learned)
    for (one, other), links in learned.items():
        for pivot in PIVOTS:
            if (one, pivot) in learned and (pivot, other) in learned:
                missing = np.ones(sizes[one], dtype=bool)
                missing[links.source] = False
                further = _through(learned[one, pivot], learned[pivot, other], missing, sizes)
                links = links.joined(further.best())
        whole[one, other] = links.best()
    return whole


def _through(first: Links, second: Links, missing: np.ndarray, sizes) -> Links:
    wanted = missing[first.source]
    source, middle, weight = first.source[wanted], first.target[wanted], first.weight[wanted]
    begin, end = np.searchsorted(second.source, middle), np.searchsorted(second.source, middle, side="right")
    count = end - begin
    which = np.repeat(np.arange(len(middle)), count)
    at = begin[which] + np.arange(len(which)) - (np.cumsum(count) - count)[which]
    found = Links(source[which], second.target[at], PIVOTED * weight[which] * second.weight[at])
    width = int(found.target.max(initial=0)) + 1
    codes, same = np.unique(found.source.astype(np.int64) * width + found.target, return_inverse=True)
    return Links(codes // width, codes % width, np.minimum(np.bincount(same, found.weight, len(codes)), 1.0))
