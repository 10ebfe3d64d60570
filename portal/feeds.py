"""Atom feeds of the site: whatever people paste, a feed stays well-formed, and each entry says its language."""

import re

from django.utils.feedgenerator import Atom1Feed

# What XML can't hold, however it is written: word processors leave some of it in what is pasted.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class AtomFeed(Atom1Feed):
    """`language` among the extra arguments of an entry is the language of its words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*map(_writable, args), **_all_writable(kwargs))

    def add_item(self, *args, **kwargs):
        super().add_item(*map(_writable, args), **_all_writable(kwargs))

    def item_attributes(self, item: dict) -> dict:
        language = item.get("language")
        return super().item_attributes(item) | ({"xml:lang": language} if language else {})


def _writable(value):
    return UNWRITABLE.sub(" ", value) if isinstance(value, str) else value


def _all_writable(values: dict) -> dict:
    return {name: _writable(value) for name, value in values.items()}
