"""What somebody wrote herself: without the mail she answers, without her signature."""

from itertools import pairwise

from community.attention.replying import phrases

LINES = 4  # an announcement may be broken into so many


def written(text: str) -> str:
    """Above what is quoted; below it, or between, where she wrote there."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    begin, end = _quoted_from(lines)
    above = _unsigned(lines[:begin])
    return "\n".join(above or _unsigned(_below(lines[end:]))).strip()


def _quoted_from(lines: list[str]) -> tuple[int, int]:
    """(first line that is not hers, first line of what is quoted)."""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if begin := _announced(lines, number):
            return begin - 1, number + 1
        if phrases.BETWEEN_DASHES.match(line):
            return _without_colon(lines, number), number + 1
        if _is_header_block(lines, number):
            return number, number + 1
    quotes_end = len(lines)
    while quotes_end and (not lines[quotes_end - 1].strip() or _is_quote(lines[quotes_end - 1])):
        quotes_end -= 1
    return (quotes_end, quotes_end) if quotes_end else (0, 0)


def _announced(lines: list[str], last: int) -> int:
    """1 + the first line of "On … wrote:", which ends in line `last`; 0 where there is none."""
    if not lines[last].endswith((":", ">", ")")) or _is_quote(lines[last]):
        return 0
    for first in range(last, max(last - LINES, -1), -1):
        if not lines[first].strip() or _is_quote(lines[first]):
            return 0
        said = " ".join(line.strip() for line in lines[first : last + 1])
        if _is_announcement(said) and ((said.endswith(":") and "@" in said) or _is_quoted_next(lines, last)):
            return first + 1 - _begins_with_address(lines, first)
    return 0


def _begins_with_address(lines: list[str], first: int) -> bool:
    """Then the name before it stands in the line above."""
    return first > 0 and lines[first].lstrip().startswith("<") and bool(lines[first - 1].strip())


def _is_announcement(said: str) -> bool:
    return len(said) < 400 and bool(phrases.WROTE.search(said)) and bool(phrases.DATE.search(said))


def _is_quoted_next(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return _is_quote(following)


def _is_header_block(lines: list[str], number: int) -> bool:
    """From: …, Sent: …, To: …, Subject: … as Outlook puts it above the mail."""
    if not phrases.FROM.match(lines[number]):
        return False
    block = lines[number : number + 6]
    fields = sum(bool(phrases.FIELD.match(line)) for line in block)
    return fields >= 3 and any("@" in line or phrases.DATE.search(line) for line in block)


def _without_colon(lines: list[str], number: int) -> int:
    """An announcement in words nobody thought of stands right above the quoted line and ends with a colon."""
    before = number
    while before and not lines[before - 1].strip():
        before -= 1
    is_announced = _is_quote(lines[number]) and before and lines[before - 1].endswith(":")
    return before - 1 if is_announced else number


def _below(lines: list[str]) -> list[str]:
    """After one block of quotes her words; after several, answers between them, which keep what they answer."""
    if not any(_is_quote(line) for line in lines):
        return []
    starts = [n for n, line in enumerate(lines) if _is_quote(line) and (n == 0 or not _is_quote(lines[n - 1]))]
    kept = lines if len(_apart(lines, starts)) > 1 else [line for line in lines if not _is_quote(line)]
    return kept if any(line.strip() and not _is_quote(line) for line in kept) else []


def _apart(lines: list[str], starts: list[int]) -> list[int]:
    """Blocks of quotes with words of hers before them; an empty line alone does not part two."""
    return starts[:1] + [
        start
        for before, start in pairwise(starts)
        if any(line.strip() and not _is_quote(line) for line in lines[before:start])
    ]


def _unsigned(lines: list[str]) -> list[str]:
    end = next((number for number, line in enumerate(lines) if line == "--"), len(lines))
    while end and _is_tail(lines[end - 1]):
        end -= 1
    return lines[:end]


def _is_tail(line: str) -> bool:
    return not line.strip() or bool(phrases.UNDERLINE.match(line)) or bool(phrases.SENT_WITH.match(line))


def _is_quote(line: str) -> bool:
    return line.lstrip().startswith(">")
