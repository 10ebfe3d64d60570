"""A vector model of the operator's choice: texts near in meaning are found although they share no word. None is shipped, none is needed.

SEARCH_VECTORS names a class, for example "ourmodels.Encoder"; it is made once in each process, without arguments. Elasticsearch keeps and
compares the vectors; the embedded engine does without.
"""

import logging
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.contract import Entry

log = logging.getLogger(__name__)
LONGEST = 2000  # characters of a text that are shown to the model


class Model(Protocol):
    name: str  # changes when its vectors can't be compared with those before
    dimensions: int
    nearest: int  # entries a question's vector may add
    least: float  # cosine similarity below which a text is not near, -1 to 1

    def embed(self, texts: Sequence[str], language: str) -> Sequence[Sequence[float]]:
        """One vector for each text, in order; never all zeros."""
        ...


def model() -> Model | None:
    return _model(settings.SEARCH_VECTORS) if settings.SEARCH_VECTORS else None


@lru_cache(maxsize=2)
def _model(path: str) -> Model:
    try:
        made = import_string(path)()
    except ImportError as error:
        raise ImproperlyConfigured(f"SEARCH_VECTORS={path!r} can't be imported: {error}") from error
    missing = [name for name in ("name", "dimensions", "nearest", "least", "embed") if not hasattr(made, name)]
    if missing:
        raise ImproperlyConfigured(f"SEARCH_VECTORS={path!r} lacks: {', '.join(missing)}.")
    return made


def of_question(text: str, language: str) -> list[float] | None:
    """None where there is no model, or where it fails: the words are still searched."""
    return _embedded(text, language, "a question") if text else None


def of_entry(entry: Entry) -> list[float] | None:
    """Of the original's title and summary; None as for a question: its words are still found."""
    text = next((one for one in entry.texts if one.language == entry.language), entry.texts[0])
    return _embedded(f"{text.title}\n{text.summary}\n{text.body}"[:LONGEST], text.language, entry.key)


def _embedded(text: str, language: str, what: str) -> list[float] | None:
    encoder = model()
    if encoder is None:
        return None
    try:
        vector = [float(number) for number in encoder.embed([text], language)[0]]
        if len(vector) != encoder.dimensions or not any(vector) or not all(map(math.isfinite, vector)):
            raise ValueError(f"{encoder.dimensions} numbers were to come, not all of them zeros.")
    except Exception:
        log.exception("The vector model %s failed on %s.", encoder.name, what)
        return None
    return vector
