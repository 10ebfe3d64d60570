"""Lists of projects as tests need them: rows, CSV, JSON, and the mapping that reads them."""

import csv
import gzip
import io
import json

MAPPING = """
title = "Test list"
key = ["Nr"]

[source]
name = "A list"
url = "https://example.org/list"
note = "CC BY 4.0"

[constants]
country = "AT"
language = "de"
programme = "European Social Fund"

[columns]
title = ["Projekt", "Project"]
summary = "Beschreibung"
organisation = "Träger"
start = "Beginn"
end = "Ende"
amount = "Förderung"
link = "Web"
"""
HEADER = ("Nr", "Projekt", "Beschreibung", "Träger", "Beginn", "Ende", "Förderung", "Web")
LONG = "In der Volksschule lernen die Kinder mit geliehenen Geräten, weil zu Hause keine vorhanden sind."


def a_row(number: int, **cells: str) -> dict:
    row = dict(zip(HEADER, (str(number), f"Tablets für alle, Teil {number}", LONG, "Volksschule Graz",
                            "01.09.2019", "31.12.2020", "1.234,50", "www.example.org/x"), strict=True))  # fmt: skip
    return {**row, **cells}


def as_csv(rows: list[dict], delimiter: str = ",", above: str = "") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return above + text.getvalue()


def compressed(text: str) -> bytes:
    return gzip.compress(text.encode())


def as_json(rows: list[dict]) -> str:
    return json.dumps(rows, ensure_ascii=False)
