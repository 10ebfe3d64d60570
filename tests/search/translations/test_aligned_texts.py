"""What the benchmark asks for is in nothing it learns from."""

from benchmarks import aligned_texts
from search.translations import aligned


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def agreeing(items: list[dict], rows) -> list[tuple[dict, dict]]:
    """Items and rows that say the same, but for spaces and signs, in two languages or more."""
    place: dict[tuple[str, str], list[dict]] = {}
    for item in items:
        for code, text in item.items():
            place.setdefault((code, letters(text)), []).append(item)
    found = []
    for row in rows:
        shared = [
            item for code, texts in row.items() for text in texts for item in place.get((code, letters(text)), ())
        ]
        found += [(item, row) for item in shared if sum(other is item for other in shared) > 1]
    return found


def test_nothing_asked_for_is_learned_in_several_languages(db, shared_data):
    items = aligned_texts.asked_for()

    learned = list(aligned_texts.learned_from(items))

    assert len(items) > 150 and len(learned) > 8_000
    assert agreeing(items, learned) == []
    assert agreeing(items, aligned.labels()) == []


def test_eurovoc_is_loaded_without_what_is_asked_for(db, shared_data):
    whole = dict(aligned_texts.eurovoc_without([]))
    number, labels = next((number, labels) for number, labels in whole.items() if {"en", "fi", "pt"} <= labels.keys())
    asked = {"en": "What nobody calls so", "fi": labels["fi"].upper(), "pt": f"{labels['pt']}."}

    left = dict(aligned_texts.eurovoc_without([asked]))

    assert whole.keys() - left.keys() == {number}


def test_a_text_that_agrees_in_one_language_gives_nothing_away():
    asked = aligned_texts.Asked([{"en": "Café", "fi": "Kahvila", "pt": "Café"}])

    assert asked.given_away_by({"en": ["cafe"], "fi": ["koulu"]}) == set()
    assert asked.given_away_by({"en": ["bar", "cafe"], "pt": ["O café", "CAFÉ"]}) == {0}
