"""The encoding of a text file, recognised and checked."""

import codecs
from collections.abc import Callable, Iterable
from typing import BinaryIO

from charset_normalizer import from_bytes

SAMPLE = 256 * 1024
BLOCK = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# In the order of likelihood where nothing else decides: Windows writes most lists.
BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), ("cp1250", "iso8859_2")),
    **dict.fromkeys(("et", "lt", "lv"), ("cp1257", "iso8859_13")),
    "bg": ("cp1251", "iso8859_5"),
    "el": ("cp1253", "iso8859_7"),
    "mt": ("iso8859_3", "cp1252"),
}
WESTERN = ("cp1252", "iso8859_15")
OTHERS = ("cp1250", "cp1253", "cp1251", "cp1257", "cp1254", "iso8859_2", "iso8859_7", "iso8859_5", "mac_roman", "cp850")


def encoding_of(file: BinaryIO, language: str, fits: Callable[[str], int]) -> str:
    """The encoding in which most of the expected headers are found; the file is left at its beginning.

    `fits` tells how many headers of the mapping a decoded sample holds.
    """
    sample = file.read(SAMPLE)
    file.seek(0)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if _is_utf8(file):
        return "utf-8"
    candidates = _candidates(sample, language)
    return max(candidates, key=lambda name: (fits(sample.decode(name)), -candidates.index(name)))


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
        return True
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)


def _candidates(sample: bytes, language: str) -> list[str]:
    usual = BY_LANGUAGE.get(language, WESTERN)
    pool = list(dict.fromkeys((*usual, *WESTERN, *OTHERS)))
    guess = from_bytes(sample, cp_isolation=list(usual if language else pool)).best()
    first = [guess.encoding] if guess else []
    whole = [name for name in dict.fromkeys((*first, *pool)) if _decodes(sample, name)]
    return whole or ["iso8859_1"]


def _decodes(sample: bytes, name: str) -> bool:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return False
    return not _control(text)


def _control(text: Iterable[str]) -> bool:
    return any("\x80" <= sign <= "\x9f" for sign in text)
