"""What the embedded engine remembers of a question is told to nobody else, and no longer than it is true."""

import pytest
from django.core.management import call_command

from search import engines, wording
from search.contract import PUBLIC
from search.engines.embedded import totals
from search.engines.embedded.reading import About, Reading
from search.engines.embedded.remembered import Latest
from search.query import Query
from tests.factories.entries import an_entry
from tests.factories.vocabularies import isced_f

EVERYBODY, MEMBERS = frozenset({PUBLIC}), frozenset({PUBLIC, "members"})


@pytest.fixture
def readings(monkeypatch):
    """The texts that were read, one for each time; the writer counts without any."""
    read, texts = wording.read, []
    monkeypatch.setattr(wording, "read", lambda text, language: (text and texts.append(text)) or read(text, language))
    return texts


def indexed(*entries):
    engines.engine().replace(entries)
    engines.engine().refresh()


def countries(audience=EVERYBODY, text="quokka", **params):
    results = engines.engine().find(Query.from_params({"q": [text], **params}), audience)
    return {bucket.value: bucket.count for bucket in results.facets["country"]}


def a_quokka(key, country, **values):
    return an_entry(key, "A quokka", country=(country,), **values)


def test_other_filters_and_other_pages_ask_what_was_read(db, readings):
    indexed(a_quokka("one", "PT", level=("isced-1",)), a_quokka("two", "FI"))

    counted = [countries(), countries(level=["isced-1"]), countries(page=["2"]), countries(country=["PT"])]

    assert counted == [{"PT": 1, "FI": 1}, {"PT": 1}, {"PT": 1, "FI": 1}, {"PT": 1, "FI": 1}]
    assert readings == ["quokka"]


def test_after_a_change_it_is_read_and_counted_anew(db, readings):
    indexed(a_quokka("one", "PT"))
    before = countries()

    engines.engine().put([a_quokka("two", "FI")])
    engines.engine().refresh()

    assert (before, countries(), readings) == ({"PT": 1}, {"PT": 1, "FI": 1}, ["quokka", "quokka"])


def test_what_one_may_see_is_not_told_to_another(db):
    indexed(a_quokka("one", "PT"), a_quokka("two", "FI", audience=("members",)))

    assert [countries(MEMBERS), countries(EVERYBODY), countries(MEMBERS)] == [
        {"PT": 1, "FI": 1},
        {"PT": 1},
        {"PT": 1, "FI": 1},
    ]


def test_a_vocabulary_loaded_meanwhile_is_understood(
    db, shared_data, tmp_path, readings, django_capture_on_commit_callbacks
):
    indexed(a_quokka("one", "PT"))
    countries()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_vocabulary", isced_f(shared_data / "vocabularies" / "vocab_isced", tmp_path / "isced-f.ttl"))
    countries()

    assert readings == ["quokka", "quokka"]


def test_only_what_was_asked_last_is_remembered():
    latest, answered = Latest(2), []

    for question in ("one", "two", "one", "three", "one", "two"):
        latest.once(question, lambda question=question: answered.append(question))

    assert answered == ["one", "two", "three", "two"]


@pytest.mark.parametrize("text", ["", "quokka"])
def test_who_began_before_a_change_is_answered_from_before_it(db, text):
    """A value that is new since has a number only the new index knows."""
    engine = engines.engine()
    indexed(a_quokka("one", "PT"))
    opened = engine._current()
    engine.put([a_quokka("two", "FI")])
    engine.refresh()
    assert countries(text=text) == {"PT": 1, "FI": 1}

    began = Reading(About(text, "en", EVERYBODY, ()), opened.index.schema, opened.remembered)

    assert began.counts(Query.from_params({"q": [text]}), ["country"]) == {"country": {"PT": 1}}


def told_totals():
    return engines.engine()._current().remembered.totals


def test_what_is_counted_without_words_is_told_by_the_writer_and_is_the_same_as_counted(db):
    indexed(*(a_quokka(str(number), country) for number, country in enumerate(("PT", "PT", "FI", "MT"))))
    engines.engine().put([a_quokka("1", "FI"), a_quokka("5", "EL", audience=("members",))])
    engines.engine().drop(["practice:3"])
    engines.engine().refresh()
    told = told_totals()

    asked = countries(text="")
    (engines.engine()._current().remembered.folder / totals.FILE).unlink()
    engines.engine()._opened = None

    assert told["country"] == asked == countries(text="") == {"PT": 1, "FI": 2}
    assert told_totals() is None
    assert countries(text="", audience=MEMBERS) == {"PT": 1, "FI": 2, "EL": 1}


@pytest.mark.parametrize(
    "damage", [lambda told: told.replace(b'"PT": 2', b'"PT": 9'), lambda told: told[:-9], lambda _: b""]
)
def test_totals_that_were_altered_are_counted_anew(db, damage):
    indexed(a_quokka("one", "PT"), a_quokka("two", "PT"))
    file = engines.engine()._current().remembered.folder / totals.FILE
    file.write_bytes(damage(file.read_bytes()))

    assert (countries(text=""), told_totals()) == ({"PT": 2}, None)


def test_totals_of_an_older_state_are_not_told(db):
    indexed(a_quokka("one", "PT"))
    file = engines.engine()._current().remembered.folder / totals.FILE
    older = file.read_bytes()
    engines.engine().put([a_quokka("two", "FI")])
    file.write_bytes(older)
    engines.engine().refresh()

    assert (countries(text=""), told_totals()) == ({"PT": 1, "FI": 1}, None)
