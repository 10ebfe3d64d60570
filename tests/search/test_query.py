"""One grammar for every way of asking."""

import pytest
from django.http import QueryDict

from search.query import BadQuery, Query
from tests.factories.kinds import registered


def test_the_same_question_has_one_address(db):
    one = Query.from_params(QueryDict("country=PT&q=rural++schools&level=isced-2&country=FI&level=isced-1"))
    other = Query.from_params(QueryDict("level=isced-1&level=isced-2&q=rural schools&country=FI&country=PT"))

    assert one == other
    assert one.to_querystring() == "q=rural+schools&level=isced-1&level=isced-2&country=FI&country=PT"


def test_an_address_read_again_asks_the_same(db):
    query = Query.from_params(QueryDict("q=a&factor=connectivity:barrier&year=2024&sort=newest&page=3"))

    assert Query.from_params(QueryDict(query.to_querystring())) == query


def test_each_fault_names_its_parameter_and_the_rest_stands(db):
    params = QueryDict("q=x&level=isced-99&country=PT&page=0&sort=best&colour=red&language=xx")
    with pytest.raises(BadQuery) as caught:
        Query.from_params(params)
    query, faults = Query.read(params)

    assert faults == caught.value.faults
    assert sorted(fault.parameter for fault in faults) == ["colour", "language", "level", "page", "sort"]
    assert query == Query(text="x", selected=(("country", ("PT",)),))


@pytest.mark.parametrize("page", ["-1", "0", "501", "1e9", "9" * 50, "٣", "x", "00000000199999", "1" + "0" * 5000])
def test_a_page_out_of_bounds_is_told_where_the_bounds_are(db, page):
    with pytest.raises(BadQuery) as caught:
        Query.from_params({"page": [page]})

    assert [fault.message for fault in caught.value.faults] == [
        "Use a whole number from 1 to 500. Filters lead further."
    ]


def test_zeros_before_a_number_say_nothing(db):
    assert Query.from_params({"page": ["000000000007"]}).page == 7


def test_a_value_is_turned_on_and_off_again(db):
    query = Query(text="x", page=4)

    on = query.toggled("country", "PT")

    assert on.values("country") == ("PT",)
    assert on.page == 1
    assert on.toggled("country", "PT").selected == ()


def test_the_usual_kind_stands_in_no_address(db, monkeypatch):
    registered(monkeypatch)

    usual, other = Query.from_params(QueryDict("kind=practice&q=x")), Query.from_params(QueryDict("q=x&kind=thread"))

    assert (usual, usual.kinds, usual.to_querystring()) == (Query(text="x"), ("practice",), "q=x")
    assert (other.kinds, other.to_querystring()) == (("thread",), "q=x&kind=thread")
    assert other.of_kind("practice") == usual
    assert Query.from_params(QueryDict("kind=thread&kind=practice")).kinds == ("practice", "thread")


def test_the_kind_stays_when_filters_change(db, monkeypatch):
    registered(monkeypatch)
    query = Query.from_params(QueryDict("q=x&kind=thread&country=PT&page=3"))

    assert query.toggled("country", "PT").to_querystring() == "q=x&kind=thread"
    assert query.without_facets().kinds == ("thread",)


def test_a_kind_nobody_offers_is_a_fault_that_names_those_there_are(db, monkeypatch):
    registered(monkeypatch)

    with pytest.raises(BadQuery) as caught:
        Query.from_params(QueryDict("kind=zebra"))

    (fault,) = caught.value.faults
    assert (fault.parameter, fault.message.partition(": ")[2].partition(". ")[0]) == ("kind", "zebra")
    assert {"practice", "thread"} <= set(fault.message.rstrip(".").rpartition(" of ")[2].split(", "))
    assert Query.read(QueryDict("kind=zebra"))[0].kinds == ("practice",)
