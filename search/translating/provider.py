"""The translation provider of the operator's choice. None is shipped, none is needed.

TRANSLATOR names a class, for example "ourtexts.Translator"; it is made once in each process, without arguments.
"""

from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from portal.languages import CODES
from search.keepable import what_went_wrong


class Translator(Protocol):
    name: str  # shown with what it made: mt:<name>

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """One for each text, in order; the languages as in portal/languages.py. Any exception is kept, and it is asked again later."""
        ...


def is_named() -> bool:
    """Whether it can be made or not: what it translated is kept and shown, and what is new waits until it is mended."""
    return bool(settings.TRANSLATOR)


def translator() -> Translator | None:
    """Raises ImproperlyConfigured."""
    return _translator(settings.TRANSLATOR) if settings.TRANSLATOR else None


def targets() -> tuple[str, ...]:
    """Languages to translate into: those the operator names, else all. Raises ImproperlyConfigured."""
    named = tuple(settings.TRANSLATE_INTO) or tuple(CODES)
    if unknown := set(named) - set(CODES):
        raise ImproperlyConfigured(f"TRANSLATE_INTO: not known: {', '.join(sorted(unknown))}. Use: {', '.join(CODES)}.")
    return named


@lru_cache(maxsize=2)
def _translator(path: str) -> Translator:
    try:
        made = import_string(path)()
        missing = [name for name in ("name", "translate") if not hasattr(made, name)]
    except ImportError as error:
        raise ImproperlyConfigured(f"TRANSLATOR={path!r} can't be imported: {error}") from error
    except Exception as error:
        raise ImproperlyConfigured(f"TRANSLATOR={path!r} can't be made: {what_went_wrong(error)}") from error
    if missing:
        raise ImproperlyConfigured(f"TRANSLATOR={path!r} lacks: {', '.join(missing)}.")
    return made
