"""Which values a facet may take, and what they are called."""

from search import analysis
from search.facets import Facet
from vocabularies import labels


def allowed(facet: Facet, value: str) -> bool:
    if not facet.scheme:
        return len(value) <= 40 and value.isprintable()
    notation, colon, role = value.partition(":")
    if colon and (not facet.roles or role not in labels.values(facet.roles, "en")):
        return False
    return notation in labels.values(facet.scheme, "en")


def find(facet: Facet, text: str, language: str) -> str:
    """The value meant by a notation in any case, or by its label in the reader's language, also without diacritics; empty where there is none."""
    for value in (text, text.lower(), text.upper()):
        if allowed(facet, value):
            return value
    wanted = _folded(text)
    named = labels.values(facet.scheme, language) if facet.scheme else {}
    return next((notation for notation, one in named.items() if _folded(one.label) == wanted), "")


def _folded(text: str) -> str:
    """As people type it who lack capitals or diacritics."""
    return analysis.fold(analysis.normalise(text))


def label(facet: Facet, value: str, language: str) -> str:
    """What a reader of `language` calls it; "Connectivity: Barrier" for a value with its role."""
    if not facet.scheme:
        return value
    notation, colon, role = value.partition(":")
    named = labels.values(facet.scheme, language).get(notation)
    text = named.label if named else notation
    if colon and facet.roles:
        part = labels.values(facet.roles, language).get(role)
        text = f"{text}: {part.label if part else role}"
    return text


def label_language(facet: Facet, value: str, language: str) -> str:
    named = labels.values(facet.scheme, language).get(value.partition(":")[0]) if facet.scheme else None
    return named.language if named else language


def title(facet: Facet, language: str) -> str:
    if facet.scheme:
        return labels.scheme_title(facet.scheme, language)
    return TITLES[facet.name](language) if facet.name in TITLES else facet.name


def _year(language: str) -> str:
    from django.utils.translation import gettext, override

    with override(language):
        return gettext("Year")


TITLES = {"year": _year}
