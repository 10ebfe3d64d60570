"""Tables in place: quick, swapped whole, silent where there are none."""

import time

from search import analysis
from search.translations import storing, tables
from tests.factories.aligned import ROWS, learn

BICYCLE = analysis.key("polkupyörä", "fi")


def test_without_tables_there_are_no_translations():
    assert tables.ways(BICYCLE) == ()


def test_a_word_leads_to_keys_of_other_languages_with_weights_the_best_first():
    learn()

    ways = tables.ways(BICYCLE)
    best = {key.partition(":")[0]: key for key, _weight in reversed(ways)}

    assert best["pt"] == analysis.key("bicicleta", "pt")
    assert best["de"] == analysis.key("Fahrrad".lower(), "de")
    assert [weight for _key, weight in ways] == sorted((weight for _key, weight in ways), reverse=True)
    assert all(0 < weight <= 1 for _key, weight in ways)
    assert tables.ways("fi:nosuchword") == () == tables.ways("nolanguage") == tables.ways("")


def test_a_word_typed_without_its_diacritics_is_translated_too():
    rows = [{"en": "participation", "pt": "participação"}, {"en": "kitchen", "pt": "cozinha"}]
    learn(rows)

    assert analysis.plain_key("participação", "pt") != analysis.key("participação", "pt")
    assert (
        tables.ways(analysis.plain_key("participação", "pt")) == tables.ways(analysis.key("participação", "pt")) != ()
    )


def test_a_compound_nobody_translated_is_translated_by_its_parts():
    learn([{"de": "Fahrrad", "pt": "bicicleta"}, {"de": "Küche", "pt": "cozinha"}, {"de": "Garten", "pt": "jardim"}])

    assert dict(tables.ways(analysis.key("fahrradküche", "de"))).keys() == {
        analysis.key("bicicleta", "pt"),
        analysis.key("cozinha", "pt"),
    }


def test_a_new_version_is_noticed_and_the_one_before_the_last_removed(monkeypatch):
    oldest = learn(ROWS[:2])
    first = learn(ROWS[:3])
    assert tables.ways(BICYCLE) == ()

    before = tables._opened
    second = learn()
    monkeypatch.setattr(tables, "_opened", before)  # another process, which hasn't been told
    assert tables.ways(BICYCLE) == ()
    monkeypatch.setattr(tables, "_checked", time.monotonic() - tables.CHECK_EVERY)

    assert tables.ways(BICYCLE) != ()
    assert (oldest.exists(), first.exists()) == (False, True)
    assert storing.folder_in(tables.home()) == second


def test_who_has_not_noticed_a_new_version_still_divides_compounds(monkeypatch):
    learn()
    tables.ways(BICYCLE)
    before, checked = tables._opened, tables._checked
    learn(ROWS[:-1])
    monkeypatch.setattr(tables, "_opened", before)  # another process, which hasn't been told
    monkeypatch.setattr(tables, "_checked", checked)

    assert tables.parts(analysis.key("fahrradküche", "de")) == ("de:fahrrad", "de:kuch")


def test_a_version_that_was_not_finished_changes_nothing(monkeypatch):
    served = learn()
    monkeypatch.setattr(storing, "_write_known", lambda *_args: 1 / 0)
    try:
        learn(ROWS[:3])
    except ZeroDivisionError:
        pass
    tables.forget()

    assert storing.folder_in(tables.home()) == served
    assert tables.ways(BICYCLE) != ()


def test_a_damaged_or_foreign_version_is_as_none(monkeypatch):
    folder = learn()
    (folder / "keys.bin").write_bytes(b"")
    tables.forget()
    assert tables.ways(BICYCLE) == ()

    (tables.home() / storing.CURRENT).write_text("../../etc")
    tables.forget()
    assert tables.ways(BICYCLE) == ()


def test_a_word_looked_up_before_is_not_looked_up_again(monkeypatch):
    learn()
    before = tables.ways(BICYCLE)
    monkeypatch.setattr(tables.Tables, "_look_up", lambda *_args: 1 / 0)

    assert tables.ways(BICYCLE) == before != ()
