"""The meter of depth: full when nothing is left to ask, and always naming what helps most."""

import pytest

from practices.writing import completeness, wording
from tests.factories import a_case_study, concept

pytestmark = pytest.mark.django_db


def test_an_empty_case_study_is_asked_for_what_weighs_most():
    page = a_case_study(topics=[])

    assert completeness.of(page) == completeness.Completeness(
        0, "results", "Figures before and after make the evidence stronger."
    )


def test_what_is_filled_in_counts_by_its_weight_and_is_not_asked_again():
    page = a_case_study(topics=["rural-education"], results=[("result", {"indicator": "Marks"})])
    total = sum(weight for _name, weight, _why in completeness.ASKED)

    meter = completeness.of(page)

    assert (meter.percent, meter.following) == (round(100 * 19 / total), "setting")


def test_nothing_is_asked_where_nothing_is_left(monkeypatch):
    monkeypatch.setattr(completeness, "ASKED", (("year", 4, ""), ("setting", 8, "")))

    assert completeness.of(a_case_study(year=2024, setting=concept("setting/rural"))).percent == 100


def test_none_of_a_thing_is_an_answer():
    assert completeness._is_filled(a_case_study(staff_hours=0), "staff_hours")


def test_every_field_asked_for_has_a_name():
    assert all(wording.label(name)[:1].isupper() for name, _weight, _why in completeness.ASKED)
