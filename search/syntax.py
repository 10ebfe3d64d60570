"""What experts type besides words: "a phrase", -without, one OR other, title:word, country:pt. Whatever is typed means something.

Anything that isn't clearly an operator is a word: an unclosed quote, a dash between spaces, a field nobody knows.
"""

import re
from dataclasses import dataclass

PIECE = re.compile(
    r"""(?P<minus>(?<!\S)[-−](?=[\w"“„«]))?
        (?:(?P<field>[A-Za-z]{2,20}):(?=[\w"“„«]))?
        (?:["“„«](?P<quoted>[^"“”„«»]*[^\s"“”„«»][^"“”„«»]*)["“”»](?!\w)|(?P<word>\S+))""",
    re.VERBOSE,
)
EITHER = {"OR", "|"}


@dataclass(frozen=True)
class Piece:
    """A stretch of plain words, or one thing marked by an operator."""

    text: str
    quoted: bool = False
    excluded: bool = False
    field: str = ""  # as typed, lower case
    either: bool = False  # may stand instead of what comes before it

    @property
    def is_plain(self) -> bool:
        return not (self.quoted or self.excluded or self.field or self.either)


def pieces(text: str, fields: set[str]) -> list[Piece]:
    """In the order typed; plain words that follow each other are one piece, so that names of several words stay whole."""
    found: list[Piece] = []
    either = False
    for match in PIECE.finditer(text):
        word = match["word"]
        if word in EITHER and not match["minus"] and not match["field"]:
            either = bool(found)
            continue
        piece = _piece(match, fields, either)
        either = False
        if piece.is_plain and found and found[-1].is_plain:
            found[-1] = Piece(f"{found[-1].text} {piece.text}")
        else:
            found.append(piece)
    if text.endswith(" ") and found and found[-1].is_plain:
        found[-1] = Piece(found[-1].text + " ")
    return found


def _piece(match: re.Match, fields: set[str], either: bool) -> Piece:
    field, quoted = (match["field"] or "").lower(), match["quoted"]
    text = quoted if quoted is not None else match["word"]
    if field and field not in fields:
        field, text = "", f"{match['field']}:{text}"
    return Piece(text, quoted is not None, bool(match["minus"]) and not either, field, either)
