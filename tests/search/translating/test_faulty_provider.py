"""A translation provider that can't be made, or languages nobody knows: what people wrote is indexed, and the operator told."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import engines, indexer
from search.contract import PUBLIC
from search.models import MachineText, OutboxRow
from search.query import Query
from search.state import state
from search.translating import provider, texts, working
from tests.factories import a_case_study


class Whole:
    name = "whole"

    def translate(self, asked, source, target):
        return [f"{text} ({target})" for text in asked]


class Unmade(Whole):
    def __init__(self):
        raise RuntimeError("CUDA is out of memory")


class Odd(Whole):
    """Answers as models do that were cut off in the middle of a letter."""

    name = "a model of a very long name, with its version and where it came from"

    def translate(self, asked, source, target):
        return [f"{text}\x00 \ud83d({target})\nand more" for text in asked]


class Empty(Whole):
    def translate(self, asked, source, target):
        return ["\x00"] * len(asked)


class Loud(Whole):
    def translate(self, asked, source, target):
        raise ValueError(f"\x00\ud83d {asked[0]}")


class Nameless(Whole):
    @property
    def name(self):
        raise ConnectionError("no route")


FAULTS = {
    "nowhere.Translator": "can't be imported: No module named 'nowhere'",
    f"{__name__}.Unmade": "can't be made: RuntimeError: CUDA is out of memory",
    f"{__name__}.Nameless": "can't be made: ConnectionError: no route",
}


@pytest.fixture(autouse=True)
def whole(db, settings):
    settings.TRANSLATOR, settings.TRANSLATE_INTO = f"{__name__}.Whole", ["fi"]
    texts._complain.cache_clear()


def titles(text: str, language: str) -> list[str]:
    found = engines.engine().find(Query(text=text, language=language), frozenset({PUBLIC}))
    return [hit.title for hit in found.hits]


@pytest.mark.parametrize("named", FAULTS)
def test_what_is_published_is_indexed_and_waits_for_the_provider_to_be_mended(settings, named):
    whole, settings.TRANSLATOR = settings.TRANSLATOR, named
    a_case_study("Lantern walk")

    indexer.drain()

    assert not OutboxRow.objects.exists() and titles("lantern", "en") == ["Lantern walk"]
    settings.TRANSLATOR = whole
    working.work(working.waiting())
    indexer.drain()
    assert titles("lantern", "fi") == ["Lantern walk (fi)"]


@pytest.mark.parametrize("named", FAULTS)
def test_what_was_translated_before_is_still_found(settings, named):
    a_case_study("Lantern walk")
    indexer.drain()
    working.work(working.waiting())
    settings.TRANSLATOR = named

    indexer.rebuild()

    assert titles("lantern", "fi") == ["Lantern walk (fi)"]


@pytest.mark.parametrize("named", FAULTS)
def test_the_operator_is_told(settings, named):
    settings.TRANSLATOR = named

    told = state()

    assert told.translations is None
    assert [fault for fault in told.faults if "TRANSLATOR" in fault] == [f"TRANSLATOR={named!r} {FAULTS[named]}"]
    with pytest.raises(ImproperlyConfigured):
        provider.translator()


def test_languages_nobody_knows_stop_no_indexing_and_are_told_once(settings, caplog):
    settings.TRANSLATE_INTO = ["fi", "xx"]
    for number in range(2):
        a_case_study(f"Lantern walk {number}")
        indexer.drain()

    assert len(titles("lantern", "en")) == 2 and not MachineText.objects.exists()
    assert caplog.text.count("TRANSLATE_INTO: not known: xx.") == 1
    assert [fault for fault in state().faults if "TRANSLATE_INTO: not known: xx." in fault]


def test_letters_no_database_holds_are_left_out_and_long_names_cut_short(settings):
    settings.TRANSLATOR = f"{__name__}.Odd"
    a_case_study("Lantern walk")
    indexer.drain()

    assert working.work(working.waiting()) == (1, 0)

    made = MachineText.objects.get()
    assert made.title == "Lantern walk   (fi)\nand more"
    assert made.engine == Odd.name[:50]
    indexer.drain()
    assert len(titles("lantern", "fi")) == 1


def test_an_error_no_database_holds_is_kept_as_far_as_it_can_be(settings):
    settings.TRANSLATOR = f"{__name__}.Loud"
    a_case_study("Lantern walk")
    indexer.drain()

    assert working.work(working.waiting()) == (0, 1)

    assert MachineText.objects.get().error == "ValueError:    Lantern walk"


def test_an_answer_of_nothing_but_what_no_database_holds_is_a_failure(settings):
    settings.TRANSLATOR = f"{__name__}.Empty"
    a_case_study("Lantern walk")
    indexer.drain()

    assert working.work(working.waiting()) == (0, 1)
