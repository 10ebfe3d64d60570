"""Real aligned labels: what is learned from most finds the rest in other languages."""

import json

from portal.languages import CODES
from search import engines
from search.contract import PUBLIC
from search.query import Query
from search.translations import tables
from tests.factories.aligned import learn
from tests.factories.entries import an_entry

LEARNED_IN = ("de", "en", "fi", "fr", "pt")
ASKED, WRITTEN = "fr", "pt"


def rows(folder, name):
    lines = (folder / "parallel" / name).read_text(encoding="utf-8").splitlines()
    return [{code: text for code, text in json.loads(line)["text"].items() if code in CODES} for line in lines]


def mean_reciprocal_rank(items) -> float:
    engine = engines.engine()
    found = 0.0
    for number, item in enumerate(items):
        hits = engine.find(Query(text=item[ASKED], language=ASKED), frozenset({PUBLIC})).hits[:10]
        keys = [hit.key for hit in hits]
        found += 1 / (keys.index(f"practice:{number}") + 1) if f"practice:{number}" in keys else 0
    return found / len(items)


def test_three_times_as_much_is_found_as_by_spelling_alone(db, shared_data):
    items = [row for row in rows(shared_data, "eval_core.dev.jsonl") if ASKED in row and WRITTEN in row][::2]
    asked = {text.casefold() for item in items for text in item.values()}
    files = ("eurovoc_domain32_labels.jsonl", "isced_f_2013_labels.jsonl", "esco_education_digital_skills.jsonl")
    learned = [
        {code: row[code] for code in LEARNED_IN if code in row}
        for file in files
        for row in rows(shared_data, file)
        if not asked & {text.casefold() for text in row.values()}
    ]
    engine = engines.engine()
    engine.replace(an_entry(str(number), item[WRITTEN], WRITTEN, text=[WRITTEN]) for number, item in enumerate(items))
    engine.refresh()
    assert tables.ways("fr:ecol") == ()
    plain = mean_reciprocal_rank(items)

    learn(learned)

    assert mean_reciprocal_rank(items) > 3 * plain
