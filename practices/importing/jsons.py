"""Records of a JSON file one after the other: a list, JSON lines, one object, or a list inside an object."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from practices.importing.faults import Unreadable

CHUNK = 1 << 16
SPACE = " \t\r\n\ufeff"
REMEDY = "Check the file in an editor at this place, or fetch it again from its source."


class _Stream:
    """The text read so far and not yet used."""

    def __init__(self, path: Path, text: TextIO):
        self.path, self.text = path, text
        self.buffer, self.used = "", 0
        self.decoder = json.JSONDecoder()

    def more(self, size: int = CHUNK) -> bool:
        try:
            block = self.text.read(size)
        except (OSError, EOFError) as fault:
            raise Unreadable(f"{self.path} breaks off: {fault}", "Fetch it again from its source.") from fault
        self.buffer += block
        return bool(block)

    def peek(self, skip: str = SPACE) -> str:
        """The next character that isn't to be skipped, "" at the end."""
        while True:
            stripped = self.buffer.lstrip(skip)
            self.used += len(self.buffer) - len(stripped)
            self.buffer = stripped
            if self.buffer or not self.more():
                return self.buffer[:1]

    def value(self):
        """One whole JSON value, reading as much as it takes."""
        size = CHUNK
        while True:
            try:
                found, end = self.decoder.raw_decode(self.buffer)
                # a number at the end of the buffer may go on in the next block
                if end < len(self.buffer) or not self.more(size):
                    self.used += end
                    self.buffer = self.buffer[end:]
                    return found
            except (json.JSONDecodeError, RecursionError) as fault:
                if isinstance(fault, RecursionError) or not self.more(size):
                    raise self.fault(fault) from fault
            size *= 2

    def fault(self, fault: Exception) -> Unreadable:
        at = self.used + getattr(fault, "pos", 0)
        reason = getattr(fault, "msg", "it is nested too deep")
        return Unreadable(f"{self.path} is not valid JSON at character {at}: {reason}.", REMEDY)


def records(path: Path, text: TextIO) -> Iterator:
    stream = _Stream(path, text)
    if stream.peek() == "[":
        stream.buffer = stream.buffer[1:]
        stream.used += 1
        yield from _of_list(stream)
        return
    first = stream.value() if stream.peek() else None
    if not stream.peek():
        yield from _nested(first)
        return
    yield first
    while stream.peek():
        yield stream.value()


def _of_list(stream: _Stream) -> Iterator:
    while (sign := stream.peek(SPACE + ",")) != "]":
        if not sign:
            raise stream.fault(ValueError("the list is not closed"))
        yield stream.value()


def _nested(value) -> list:
    """The longest list of objects inside one object, or the object itself as the only record."""
    if not isinstance(value, dict):
        return [] if value is None else [value]
    lists = [one for one in value.values() if isinstance(one, list) and one and all(isinstance(x, dict) for x in one)]
    inner = [found for one in value.values() if isinstance(one, dict) and len(found := _nested(one)) > 1]
    return max([*lists, *inner], key=len, default=[value])
