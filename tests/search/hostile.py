"""Questions nobody should be able to break anything with."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

SIGNS = ['"', "„", "“", "«", "-", "−", "|", " OR ", " AND ", "NOT ", "title:", "country:", "a:b:", "(", ")", "[", "]", "{", "}", "*", "?", "~", "^",
         "\\", "/", "+", "!", ":", "'", "’", "·", "%", "\x00", "\x1b", "\u200b", "\u202e", "\ufeff", "<b>", "&amp;", "\n", "\t", " "]  # fmt: skip
WORDS = [
    "lantern",
    "koulu",
    "escola",
    "Schule",
    "σχολείο",
    "школа",
    "scoil",
    "țară",
    "ħobż",
    "x" * 70,
    "1" * 40,
    "é" * 30,
    "ﷺ",
    "👩‍🏫",
    "İstanbul",
    "ß",
    "ſ",
]
LONGEST = 500


def corpus(data: Path) -> list[str]:
    return json.loads((data / "hostile" / "blns.json").read_text(encoding="utf-8"))


def generated(count: int, seed: int = 5) -> Iterator[str]:
    chance = random.Random(seed)
    for number in range(count):
        if number % 4 == 0:
            yield "".join(
                chr(chance.choice((chance.randrange(32, 0x250), chance.randrange(0x300, 0xD7FF))))
                for _ in range(chance.randrange(1, 60))
            )
        elif number % 97 == 0:
            yield (chance.choice(SIGNS) + chance.choice(WORDS)) * LONGEST
        else:
            yield "".join(chance.choice(chance.choice((SIGNS, WORDS))) for _ in range(chance.randrange(1, 25)))
