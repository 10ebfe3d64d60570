"""Marking the words of a question in a text, from token offsets: nothing the text holds can become markup."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis, concepts
from search.translations import tables
from search.wording import Wording

PASSAGE = 260  # characters


def whole(text: str, language: str, wording: Wording) -> SafeString:
    return _marked(text, 0, len(text), _places(text, language, wording))


def passage(texts: list[str], language: str, wording: Wording) -> SafeString:
    """The stretch of the first text that holds most of what was asked; the beginning of the first where none does."""
    for text in texts:
        places = _places(text, language, wording)
        if places:
            start = _densest(places)
            start = 0 if start < PASSAGE // 3 else text.rfind(" ", 0, max(0, start - 40)) + 1
            return _cut(text, start, places)
    first = next((text for text in texts if text), "")
    return _cut(first, 0, [])


def _places(text: str, language: str, wording: Wording) -> list[tuple[int, int]]:
    abroad = wording.translated_keys(language)
    keys, asked = wording.highlight_keys(language), set(wording.concepts)
    if not keys and not asked:
        return []
    tokens = analysis.tokens(text, language)
    places = {
        (token.start, token.end)
        for token in tokens
        if token.key in keys or token.plain in keys or (abroad and not abroad.isdisjoint(tables.parts(token.key)))
    }
    if asked:
        for found in concepts.find(tokens, text, language):
            if found.concept in asked:
                places.add((tokens[found.first].start, tokens[found.last].end))
    return _merged(sorted(places))


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
