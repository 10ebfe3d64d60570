"""Real aligned texts for the benchmark: what is asked for, and what may be learned from, with nothing in both."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from portal.languages import CODES
from search import analysis

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = DATA / "parallel"
EUROVOC = DATA / "vocabularies" / "vocab_eurovoc" / "label_mappings_tc"
ASKED = "eval_core.dev.jsonl"

SEVERAL = 2  # languages in which two texts agree that say the same: in one they may do so by chance

Item = dict[str, str]
Row = dict[str, list[str]]


class Asked:
    """What is asked for, text by text: to tell which of it other aligned texts give away."""

    def __init__(self, items: list[Item]):
        self._items = defaultdict(set)
        for number, item in enumerate(items):
            for code, text in item.items():
                self._items[code, _same(text)].add(number)

    def given_away_by(self, row: Row) -> set[int]:
        """The numbers of the items that say the same as the row in several languages."""
        shared = Counter()
        for code, texts in row.items():
            shared.update(set().union(*(self._items.get((code, _same(text)), ()) for text in texts)))
        return {number for number, languages in shared.items() if languages >= SEVERAL}


def asked_for() -> list[Item]:
    """All there is but labels of the portal's own vocabularies, which every portal learns from."""
    from search.translations import aligned

    items = [_known(row["text"]) for row in _lines(FOLDER / ASKED)]
    asked = Asked(items)
    known = set().union(*map(asked.given_away_by, aligned.labels()))
    return [item for number, item in enumerate(items) if number not in known]


def learned_from(items: list[Item]) -> Iterator[Row]:
    """All there is but the texts asked for, whichever file they are in."""
    asked, taken = Asked(items), {_same(text) for item in items for text in item.values()}
    for row in _everything():
        usual = [texts[0] for texts in row.values()]
        if sum(_same(text) in taken for text in usual) * 2 < len(usual) and not asked.given_away_by(row):
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

    base = "http://eurovoc.europa.eu/"
    concepts = [
        ConceptData(base + number, number, labels={(code, "pref", text) for code, text in labels.items()})
        for number, labels in eurovoc_without(items)
    ]
    actions.load(SchemeData(base + "100141", "eurovoc", "", {"en": "EuroVoc"}, {}, concepts))


def eurovoc_without(items: list[Item]) -> Iterator[tuple[str, Item]]:
    """Numbers and labels of its concepts."""
    asked, taken = Asked(items), {_same(item.get("en", "")) for item in items}
    for number, labels in _eurovoc().items():
        if _same(labels.get("en", "")) not in taken and not asked.given_away_by(_row(labels)):
            yield number, labels


def _everything() -> Iterator[Row]:
    yield from map(_row, _eurovoc().values())
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


def _row(item: Item) -> Row:
    return {code: [text] for code, text in item.items()}


def _known(texts: Item) -> Item:
    return {code: texts[code] for code in CODES if texts.get(code)}


def _same(text: str) -> str:
    """Letters and digits alone make a text another one: neither case nor accents nor punctuation."""
    return " ".join(analysis.fold(analysis.normalise(word)) for word in analysis.WORD.findall(text))


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
