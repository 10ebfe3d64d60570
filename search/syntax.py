"""What experts type besides words: "a phrase", -without, one OR other, title:word, country:pt. Whatever is typed means something.

Anything that isn't clearly an operator is a word: an unclosed quote, a dash between spaces, a field nobody knows.
"""

import re
from dataclasses import dataclass

from search.analysis import WORD

# Many languages close with what others open with: “ in German, ” on both sides in Finnish, »…« in Danish. Signs between spaces are no quotes,
# and the apostrophe opens none: it may be the beginning or end of a word.
MARKS, SINGLE = '"“”„«»‹›', "‘‚"
PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)[-−](?=[\w{MARKS}{SINGLE}]))?
        (?:(?P<field>[A-Za-z]{{2,20}}):(?=[\w{MARKS}{SINGLE}]))?
        (?:[(\[]*(?:
              (?:["“„«‹]|[”»›](?=\S)) (?P<quoted>[^{MARKS}]*[^\s{MARKS}][^{MARKS}]*) ["“”«»‹›](?!\w)
            | [{SINGLE}] (?P<single>(?:[^’{SINGLE}]|’(?=\w))*\w(?:[^’{SINGLE}]|’(?=\w))*) [’‘](?!\w)
           )(?:[)\].,;:!?]+(?!\S))?
         | (?P<word>\S+))""",
    re.VERBOSE,
)
EITHER = {"OR", "|"}
BOTH = "AND"  # said already by putting words beside each other


@dataclass(frozen=True)
class Piece:
    """A stretch of plain words, or one thing marked by an operator."""

    text: str
    quoted: bool = False
    excluded: bool = False
    field: str = ""  # as typed, lower case
    either: bool = False  # may stand instead of what comes before it
    joined: bool = False  # written as one word of several, and what comes after it may stand instead

    @property
    def is_plain(self) -> bool:
        return not (self.quoted or self.excluded or self.field or self.either or self.joined)


def pieces(text: str, fields: set[str]) -> list[Piece]:
    """In the order typed; plain words that follow each other are one piece, so that names of several words stay whole."""
    found: list[Piece] = []
    either = False
    for match in PIECE.finditer(text):
        word = match["word"]
        if word in {*EITHER, BOTH} and not match["minus"] and not match["field"]:
            if word in EITHER:
                either = bool(found)
                found[-1:] = [part for last in found[-1:] for part in _parted(last)]
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


def _parted(piece: Piece) -> list[Piece]:
    """The last word by itself where it is written of several ("e-mail"): an OR stands beside all of it."""
    before, _space, last = piece.text.rpartition(" ")
    if not piece.is_plain or len(WORD.findall(last)) < 2:
        return [piece]
    return [*([Piece(before)] if before else []), Piece(last, joined=True)]


def _piece(match: re.Match, fields: set[str], either: bool) -> Piece:
    field, quoted = (match["field"] or "").lower(), match["quoted"] or match["single"]
    text = quoted if quoted is not None else match["word"]
    if field and field not in fields:
        field, text = "", f"{match['field']}:{text}"
    return Piece(text, quoted is not None, bool(match["minus"]) and not either, field, either)
