"""Whether the index is asked each time, or what it found once is filtered, sorted and counted, nobody can tell."""

from dataclasses import replace

import pytest

from search import engines
from search.contract import PUBLIC
from search.engines.embedded import finding, reading
from search.query import Query
from tests.factories.entries import an_entry, real_entries
from tests.factories.questions import questions_about

QUESTIONS = 150
EVERYBODY = frozenset({PUBLIC})
YEARS = ("2021", "2022")  # of a facet with one place


@pytest.fixture
def engine(db):
    return engines.engine()


@pytest.fixture
def few(monkeypatch):
    """How often an answer was made of what was found once."""
    made = []
    for name in ("page", "count", "counts"):
        honest = getattr(finding.Few, name)
        monkeypatch.setattr(finding.Few, name, lambda *args, honest=honest: made.append(1) or honest(*args))
    return made


def test_the_same_is_found_sorted_and_counted(engine, shared_data, monkeypatch, few):
    """Some entries of another kind, some with more values than there are places for, some gone and not yet merged away."""
    entries = [
        replace(
            entry,
            kind="thread" if number % 5 == 4 else entry.kind,
            facets=entry.facets | ({"year": YEARS} if number % 7 == 3 else {}),
        )
        for number, entry in enumerate(real_entries(shared_data, 300))
    ]
    engine.replace(entries)
    engine.drop([entry.key for entry in entries[::20]])
    engine.put(entries[5::20])
    engine.refresh()
    asked = [(query.on_page(page), eyes) for query, eyes in questions_about(entries, QUESTIONS) for page in (1, 2)]

    answers, made = {}, {}
    for most in (-1, 20, 10**9):
        monkeypatch.setattr(reading, "FEW", most)
        engine._current().remembered.forget_questions()
        few.clear()
        answers[most] = [_told(engine.find(query, eyes)) for query, eyes in asked]
        made[most] = len(few)

    for question, plain, *others in zip(asked, *answers.values(), strict=True):
        assert others == [plain, plain], question
    assert sum(total > 0 for total, *_others in answers[-1]) > QUESTIONS / 2
    assert made[-1] == 0 and made[10**9] > made[20] > QUESTIONS / 2


def _told(results):
    return (
        results.total,
        results.facets,
        [(hit.key, round(hit.score, 4)) for hit in results.hits],
        results.relaxations,
        [hit.key for hit in results.nearest],
    )


def test_numbers_of_values_outlive_the_process_that_gave_them(engine):
    engine.replace([an_entry("one", "A quokka", country=("PT",)), an_entry("two", "A quokka", country=("FI", "PT"))])
    engine.put([an_entry("three", "A quokka", country=("EL", "FI"))])
    engine.drop(["practice:one"])
    engine.put([an_entry("four", "A quokka", country=("MT",))])
    engine.refresh()

    for text in ("quokka", ""):
        results = engine.find(Query.from_params({"q": [text], "country": ["FI"]}), EVERYBODY)
        counts = {bucket.value: bucket.count for bucket in results.facets["country"]}
        assert (results.total, counts) == (2, {"PT": 1, "FI": 2, "EL": 1, "MT": 1})


def test_a_value_with_any_characters_is_counted_under_its_name(engine):
    odd = ("a\tb", "1", "-", "ž ß\n", "facet\t7\tx")
    engine.replace([an_entry(str(number), "A quokka", topic=(value,)) for number, value in enumerate(odd)])
    engine.refresh()

    results = engine.find(Query(), EVERYBODY)

    assert {bucket.value: bucket.count for bucket in results.facets["topic"]} == dict.fromkeys(odd, 1)
