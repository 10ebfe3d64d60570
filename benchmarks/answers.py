"""What the embedded engine is asked for, in whole and in part."""

from collections.abc import Callable

from search.contract import PUBLIC

EVERYBODY = frozenset({PUBLIC})


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


def anew(question: Callable, *args) -> Callable[[], None]:
    """To be asked as if never asked since the index changed: the engine remembers how it read a question, and what it counted."""
    from search.engines import engine

    def ask() -> None:
        engine()._current().remembered.forget_questions()
        question(*args)

    return ask
