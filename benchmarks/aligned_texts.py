"""Real aligned texts for the benchmark: what is asked for, and what may be learned from, with nothing in both."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from portal.languages import CODES

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = DATA / "parallel"
EUROVOC = DATA / "vocabularies" / "vocab_eurovoc" / "label_mappings_tc"
ASKED = "eval_core.dev.jsonl"

Item = dict[str, str]


def asked_for() -> list[Item]:
    return [_known(row["text"]) for row in _lines(FOLDER / ASKED)]


def learned_from(items: list[Item]) -> Iterator[dict[str, list[str]]]:
    """All there is but the texts asked for, whichever file they are in."""
    taken = {_same(text) for item in items for text in item.values()}
    for row in _everything():
        usual = {code: texts[0] for code, texts in row.items()}
        if sum(_same(text) in taken for text in usual.values()) * 2 < len(usual):
            yield row


def write(folder: Path, items: list[Item]) -> Path:
    path = folder / "benchmark.jsonl"
    with open(path, "w", encoding="utf-8") as handle:
        for row in learned_from(items):
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def load_eurovoc(items: list[Item]) -> None:
    """As an operator would, without the concepts asked for."""
    from vocabularies import actions
    from vocabularies.skos import ConceptData, SchemeData

    taken = {_same(item.get("en", "")) for item in items}
    base = "http://eurovoc.europa.eu/"
    concepts = [
        ConceptData(base + number, number, labels={(code, "pref", text) for code, text in labels.items()})
        for number, labels in _eurovoc().items()
        if _same(labels.get("en", "")) not in taken
    ]
    actions.load(SchemeData(base + "100141", "eurovoc", "", {"en": "EuroVoc"}, {}, concepts))


def _everything() -> Iterator[dict[str, list[str]]]:
    for labels in _eurovoc().values():
        yield {code: [text] for code, text in labels.items()}
    for file in sorted(FOLDER.glob("*.jsonl")):
        if not file.name.startswith("eval_"):
            for row in _lines(file):
                further = row.get("alt") or {}
                yield {code: [text, *further.get(code, ())] for code, text in _known(row["text"]).items()}


def _eurovoc() -> dict[str, Item]:
    concepts: dict[str, Item] = defaultdict(dict)
    for code in CODES:
        with gzip.open(EUROVOC / f"{code}.json.gz") as handle:
            for number, text in json.load(handle).items():
                concepts[number][code] = text
    return concepts


def _known(texts: Item) -> Item:
    return {code: texts[code] for code in CODES if texts.get(code)}


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
