"""Names people give themselves: what can mislead others is refused with a reason."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


def clean(name: str) -> str:
    """Composed, trimmed, single spaces. Refuses invisible characters and words that mix alphabets."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"} for character in name):
        raise ValidationError(_("The name holds invisible characters. Type it anew."))
    if any(len(_alphabets(word)) > 1 for word in name.split()):
        raise ValidationError(_("A word of the name mixes alphabets. Write each word in one alphabet."))
    return name


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(character, "") for character in word if character.isalpha())
    return {script for name in names for script in SCRIPTS if name.startswith(script)}
