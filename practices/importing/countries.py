"""Countries as files write them: ISO codes, the EU's EL and UK, names in any of the 24 languages."""

import re

from vocabularies.models import ConceptLabel

EU_CODES = {"EL": "GR", "UK": "GB"}
NOT_DEFINITIONS = ("pref", "alt", "hidden")

_names: dict[str, str] = {}


def country_of(value: str) -> str:
    """The notation of the country, "" where it isn't known."""
    if not value:
        return ""
    if not _names:
        _names.update(_read())
    code = value.upper()
    return _names.get(EU_CODES.get(code, code)) or _names.get(_folded(value), "")


def forget() -> None:
    """An import reads the vocabulary as it is when it starts."""
    _names.clear()


def _read() -> dict[str, str]:
    labels = ConceptLabel.objects.filter(concept__scheme__notation="country", kind__in=NOT_DEFINITIONS)
    names = {_folded(text): notation for notation, text in labels.values_list("concept__notation", "text")}
    return {**names, **{notation: notation for notation in set(names.values())}}


def _folded(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name).strip().casefold()
