"""A vector model that fails takes nothing from the words."""

import math

import pytest

from search import vectors
from tests.factories.entries import an_entry

NUMBERS: dict[str, list[float]] = {
    "Rowing": [0.0, 1.0, 2.5],
    "Too few": [1.0],
    "Nothing": [0.0, 0.0, 0.0],
    "No number": [1.0, 2.0, math.nan],
}


class Model:
    name, dimensions, nearest, least = "numbers", 3, 10, 0.9

    def embed(self, texts, language):
        return [NUMBERS[text.strip()] for text in texts]


@pytest.fixture(autouse=True)
def a_model(settings):
    settings.SEARCH_VECTORS = f"{__name__}.Model"


def test_an_entry_and_a_question_have_the_vector_the_model_gives():
    assert vectors.of_entry(an_entry("1", "Rowing")) == vectors.of_question("Rowing", "en") == [0.0, 1.0, 2.5]


@pytest.mark.parametrize("title", ["Too few", "Nothing", "No number", "It fails on this"])
def test_what_the_model_fails_at_has_none(title, caplog):
    assert vectors.of_entry(an_entry("1", title)) is None
    assert vectors.of_question(title, "en") is None
    assert "The vector model numbers failed on practice:1." in caplog.text
