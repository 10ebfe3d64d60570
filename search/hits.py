"""From an entry to the hit a reader sees: which of its texts, and what is marked in it."""

from collections.abc import Container, Iterable, Iterator

from search import analysis, found_words, wording
from search.asking import READ_IN
from search.contract import Entry, Hit, Suggestion, Text
from search.highlight import Marker
from search.query import Query
from search.wording import Wording


def best_text(entry: Entry, language: str, chosen: Container[str] = ()) -> Text:
    """In the reader's language if there is one; else in one of the languages chosen, the original before translations; else the original."""
    by_language = {text.language: text for text in entry.texts}
    if language in by_language:
        return by_language[language]
    original = by_language.get(entry.language) or entry.texts[0]
    return next((text for text in (original, *entry.texts) if text.language in chosen), original)


def _hit(entry: Entry, text: Text, marker: Marker, score: float = 0.0) -> Hit:
    title = marker.whole(text.title, text.language)
    passage = marker.passage([text.summary, text.body], text.language)
    return Hit(
        key=entry.key,
        kind=entry.kind,
        language=text.language,
        original_language=entry.language,
        title=text.title,
        summary=text.summary,
        url=text.url,
        title_html=title,
        summary_html=passage,
        card=entry.card,
        published_at=entry.published_at,
        provenance=text.provenance,
        matched=found_words.matched(marker.wording, text.language, title, passage),
        score=score,
    )


def page(found: Iterable[tuple[Entry, float]], query: Query, asked: Wording) -> tuple[Hit, ...]:
    """Hits of entries with their scores; sorted otherwise than by relevance, a score would say nothing."""
    ranked, marker = query.order == "relevance", Marker(asked)
    return tuple(_hit(entry, _shown(entry, query), marker, score if ranked else 0.0) for entry, score in found)


def cards(entries: Iterable[Entry], language: str) -> list[Hit]:
    """As of a question without words."""
    marker = Marker(wording.read("", language))
    return [_hit(entry, best_text(entry, language), marker) for entry in entries]


def texts(found: Iterable[tuple[Entry, float]], query: Query) -> Iterator[Text]:
    """Those shown, one for each hit."""
    return (_shown(entry, query) for entry, _score in found)


def _shown(entry: Entry, query: Query) -> Text:
    return best_text(entry, query.language, query.values(READ_IN))


def is_telling(prefix: str) -> bool:
    """Whether what is typed so far is enough to suggest something."""
    return len(analysis.fold(analysis.normalise(prefix)).strip()) >= 2


def titles(entries: Iterable[Entry], language: str) -> list[Suggestion]:
    """One suggestion for each title."""
    texts = (best_text(entry, language) for entry in entries)
    by_title = {}
    for text in texts:
        by_title.setdefault(text.title, Suggestion(text.title, "title", text.url, text.language))
    return list(by_title.values())
