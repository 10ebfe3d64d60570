"""What the embedded engine is asked for, in whole and in part."""

from search.contract import EVERYBODY


def whole(query):
    """20 hits read and marked, the total, every facet."""
    from search.engines import engine

    return engine().find(query, EVERYBODY)


def bare(query, five: tuple[str, ...]) -> None:
    """The addresses of 20 hits, the total, five facets."""
    from search.engines import engine

    reading = engine()._read(query.text, query.language, EVERYBODY)
    reading.page(query)
    reading.counts(query, list(five))


def changed() -> None:
    """As if the index had changed: what the engine remembers of it is gone, how it read questions and what it counted."""
    from search.engines import engine

    engine()._current().remembered.forget_questions()


def unknown() -> None:
    """As if nobody had ever asked: what the words mean in 24 languages isn't remembered either."""
    from search import wording

    changed()
    wording.forget()
