"""Marking the words of a question in a text, from token offsets: nothing the text holds can become markup."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis, concepts
from search.translations import compounds, tables
from search.wording import Wording

PASSAGE = 260  # characters
SECTION = 5_000


class Marker:
    """Marks what one question asks for in texts of any language."""

    def __init__(self, wording: Wording):
        self.wording = wording
        self._asked: dict[str, _Asked] = {}

    def whole(self, text: str, language: str) -> SafeString:
        return _marked(text, 0, len(text), self._places(text, language))

    def passage(self, texts: list[str], language: str) -> SafeString:
        """The stretch of the first text that holds most of what was asked; the beginning of the first where none does."""
        for text in texts:
            places = next(filter(None, (self._places(text, language, *ends) for ends in _sections(text))), [])
            if places:
                start = _densest(places)
                start = 0 if start < PASSAGE // 3 else text.rfind(" ", 0, max(0, start - 40)) + 1
                return _cut(text, start, places)
        first = next((text for text in texts if text), "")
        return _cut(first, 0, [])

    def _places(self, text: str, language: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        if language not in self._asked:
            self._asked[language] = _Asked(self.wording, language)
        return [(start + first, start + last) for first, last in self._asked[language].places(text[start:end])]


class _Asked:
    """A question in one language."""

    def __init__(self, wording: Wording, language: str):
        self._language = language
        self._keys = wording.highlight_keys(language)
        self._phrases = wording.phrases_in(language)
        self._parts = wording.translated_keys(language) if language in compounds.BETWEEN else frozenset()
        self._concepts = frozenset(wording.concepts_in(language))
        self._beginnings = concepts.beginnings(self._concepts, language) if self._concepts else ()

    def places(self, text: str) -> list[tuple[int, int]]:
        if not (self._keys or self._beginnings or self._phrases):
            return []
        marked, naming = set(), set()
        words, language, keys = set(analysis.WORD.findall(text)), self._language, self._keys
        for written in words:
            _word, key, plain, folded = analysis.read(written, language)
            if key in keys or plain in keys or (self._parts and self._has_part(key)):
                marked.add(written)
            if self._beginnings and (key, folded) in self._beginnings:
                naming.add(written)
        read = {written: analysis.read(written, language)[1:3] for written in words} if self._phrases else {}
        phrases = self._held(read)
        if not (marked or naming or phrases):
            return []
        matches = list(analysis.WORD.finditer(text))
        places = [match.span() for match in matches if match.group() in marked]
        for start, end in _around([number for number, match in enumerate(matches) if match.group() in naming], matches):
            places += self._named(text[start:end], start)
        places += (run for phrase in phrases for run in _runs(phrase, matches, read))
        return _merged(sorted(set(places)))

    def _held(self, read: dict[str, tuple[str, str]]) -> list[tuple[str, ...]]:
        """The phrases all of whose words the text holds."""
        keys = {key for both in read.values() for key in both}
        return [phrase for phrase in self._phrases if keys.issuperset(phrase)]

    def _has_part(self, key: str) -> bool:
        return not self._parts.isdisjoint(tables.parts(key))

    def _named(self, stretch: str, start: int) -> list[tuple[int, int]]:
        tokens = analysis.tokens(stretch, self._language)
        found = concepts.find(tokens, stretch, self._language)
        return [
            (start + tokens[one.first].start, start + tokens[one.last].end)
            for one in found
            if one.concept in self._concepts
        ]


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """A long text is read no further than to the section that holds something."""
    start = 0
    while start < len(text):
        end = text.rfind(" ", start, start + SECTION) if len(text) - start > SECTION else len(text)
        end = end if end > start else start + SECTION
        yield start, end
        start = end


def _around(numbers: list[int], matches: list[re.Match]) -> list[tuple[int, int]]:
    """Stretches of the text that hold these words with as many around them as a label may have."""
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        first, last = max(0, number - concepts.LONGEST_LABEL), number + concepts.LONGEST_LABEL
        stretches.append((matches[first].start(), matches[min(last, len(matches) - 1)].end()))
    return _merged(stretches)


def _runs(
    phrase: tuple[str, ...], matches: list[re.Match], read: dict[str, tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Where the words of a phrase follow each other."""
    for number in range(len(matches) - len(phrase) + 1):
        run = matches[number : number + len(phrase)]
        if all(key in read[match.group()] for key, match in zip(phrase, run, strict=True)):
            yield run[0].start(), run[-1].end()


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _densest(places: list[tuple[int, int]]) -> int:
    starts = [start for start, _end in places]
    return max(starts, key=lambda at: (sum(at <= other < at + PASSAGE for other in starts), -at))


def _cut(text: str, start: int, places: list[tuple[int, int]]) -> SafeString:
    end = min(len(text), start + PASSAGE)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start + PASSAGE // 2 else end
    html = _marked(text, start, end, places)
    return mark_safe(f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}")


def _marked(text: str, start: int, end: int, places: list[tuple[int, int]]) -> SafeString:
    parts, at = [], start
    for first, last in places:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    parts.append(escape(text[at:end]))
    return mark_safe("".join(parts))
