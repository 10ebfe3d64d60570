"""A few aligned texts, and tables learned from them."""

import json
from pathlib import Path

from search.translations import building, learning, storing, tables

# The borrowing of books is in no vocabulary that comes with Praxis.
ROWS = [
    {"en": "borrowing of books", "fi": "kirjojen lainaaminen", "pt": "empréstimo de livros", "de": "Bücherverleih"},
    {"en": "old books", "fi": "vanhat kirjat", "pt": "livros antigos", "de": "alte Bücher"},
    {"en": "books", "fi": "kirjat", "pt": "livros", "de": "Bücher"},
    {"en": "borrowing", "fi": "lainaaminen", "pt": "empréstimo", "de": "Verleih"},
    {"en": "borrowing of bicycles", "fi": "polkupyörien lainaaminen", "pt": "empréstimo de bicicletas", "de": "Fahrräder"},
    {"en": "bicycle", "fi": "polkupyörä", "pt": "bicicleta", "de": "Fahrrad"},
    {"en": "old bicycle", "fi": "vanha polkupyörä", "pt": "bicicleta antiga", "de": "altes Fahrrad"},
    {"en": "kitchen", "fi": "keittiö", "pt": "cozinha", "de": "Küche"},
]  # fmt: skip


def learn(rows=ROWS, home: Path | None = None) -> Path:
    """Tables of these texts and no others, in place; their folder."""
    corpus = building.read({code: [text] for code, text in row.items()} for row in rows)
    place = home or tables.home()
    place.mkdir(parents=True, exist_ok=True)
    folder = storing.write(place, corpus, learning.learn(corpus))
    tables.forget()
    return folder


def a_file(path: Path, rows=ROWS) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
