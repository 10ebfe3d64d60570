"""The operator's page."""

from itertools import chain, repeat

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import demand, indexer
from search.contract import Results
from search.models import DemandGap, IndexRun, MachineText, OutboxRow
from search.query import Query
from search.reconciling import Differences
from search.translations.building import Outcome
from search.upkeep import Upkeep
from tests.factories import a_case_study, a_member

ADDRESS = "/admin/search-upkeep/"


@pytest.fixture
def operator(client, db):
    person = a_member(is_superuser=True)
    client.force_login(person)
    return client


def test_it_tells_what_waits_and_what_nobody_found(operator):
    a_case_study("Lanterns")
    indexer.drain()
    a_case_study("Waits")
    IndexRun.objects.create(kind=IndexRun.Kind.RECONCILE, finished_at=timezone.now(), outcome={"compared": 1})
    DemandGap.objects.create(text="zebrafish", language="en", times=7)

    page = operator.get(ADDRESS)

    assert page.context["state"].waiting == OutboxRow.objects.count() > 0
    assert page.context["state"].ready
    assert dict(page.context["state"].expected)["Case studies"] == 2
    assert "zebrafish" in page.content.decode() and "Compared: 1" in page.content.decode()


def test_what_nobody_found_leads_to_its_search_and_names_its_filters(operator):
    kept = {"text": "zebrafish", "language": "fi", "times": 2}
    DemandGap.objects.create(**kept, filters="country=MT&level=isced-1&kind=group")
    DemandGap.objects.create(**kept | {"times": 1}, filters="country=nowhere")

    known, unknown = operator.get(ADDRESS).context["state"].gaps

    assert known.url == "/fi/search/?q=zebrafish&kind=group&level=isced-1&country=MT"
    assert {chip.label for chip in known.filters} == {"Malta", "Primary education (ISCED 1)"} and known.kind == "Groups"
    assert (unknown.url, unknown.filters) == ("/fi/search/?q=zebrafish", ())


def test_a_filter_of_any_letters_is_kept_as_it_was_asked(db):
    query = Query(text="zebrafish", selected=(("factor", ("connectivity:barrier",)), ("topic", ("R&D = 100 %",))))

    demand.note(Results(query, hits=(), total=0, facets={}))

    kept = DemandGap.objects.get().filters
    assert kept.startswith("factor=connectivity:barrier&")
    assert QueryDict(kept).dict() == {"factor": "connectivity:barrier", "topic": "R&D = 100 %"}


def test_every_figure_of_a_run_has_a_name():
    outcomes = [{"entries": 1}, Differences(1).figures(), Outcome(1, 2, 3, 4.0, 5.0, changed=True).figures()]

    assert {name for outcome in outcomes for name in outcome} == IndexRun.FIGURES.keys()


def test_it_takes_as_many_queries_for_one_gap_as_for_three(operator):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert operator.get(ADDRESS).status_code == 200
        return len(caught)

    DemandGap.objects.create(text="one", language="fi", filters="country=MT")
    queries()
    once = queries()
    for words in ("two", "three"):
        DemandGap.objects.create(text=words, language="de", filters="level=isced-1")

    assert queries() == once


def test_a_rebuild_asked_for_is_done_by_the_worker(operator):
    a_case_study("Lanterns")
    indexer.drain()
    runs = IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD)
    before = runs.filter(finished_at__isnull=False).count()

    for _ in range(2):
        operator.post(ADDRESS)
    assert runs.filter(finished_at=None).count() == 1
    assert 'http-equiv="refresh"' in operator.get(ADDRESS).content.decode()
    Upkeep()._build()

    assert runs.filter(finished_at=None).count() == 0
    assert runs.filter(finished_at__isnull=False).count() == before + 1
    assert runs.first().outcome == {"entries": 1}


def test_a_rebuild_asked_for_is_taken_up_again_after_the_worker_was_stopped_in_it(operator):
    for number in range(3):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    runs = IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD)
    operator.post(ADDRESS)

    answers = chain([False], repeat(True))  # stopped at the second entry
    Upkeep(stopping=lambda: next(answers)).turn()
    assert runs.exclude(finished_at=None).latest("started_at").error == "Stopped"
    assert operator.get(ADDRESS).context["state"].rebuild is not None
    Upkeep().turn()

    assert operator.get(ADDRESS).context["state"].rebuild is None
    assert runs.latest("started_at").outcome == {"entries": 3}


class Mute:
    name = "mute"

    def translate(self, texts, source, target):
        raise ConnectionError("no route")


@pytest.fixture
def three_that_failed(operator, settings):
    settings.TRANSLATOR = f"{__name__}.Mute"
    now = timezone.now()
    for number, error in enumerate(("no route", "no route", "too long")):
        MachineText.objects.create(key=f"case-study:{number}", language="fi", error=error, tried_at=now)
    MachineText.objects.create(key="case-study:0", language="mt")
    MachineText.objects.create(key="case-study:1", language="mt", made_at=now)


def test_it_tells_what_the_provider_failed_at(operator, three_that_failed):
    page = operator.get(ADDRESS)

    told = page.context["state"].translations
    assert (told.provider, told.made, told.waiting, told.failed) == ("mute", 1, 1, 3)
    assert [(fault["error"], fault["texts"]) for fault in told.faults] == [("no route", 2), ("too long", 1)]
    assert "too long" in page.content.decode()


def test_what_failed_is_tried_again_when_the_operator_says_so(operator, three_that_failed):
    answer = operator.post(f"{ADDRESS}translate-again/", follow=True)

    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert MachineText.objects.failed().count() == 0
    assert MachineText.objects.filter(made_at=None, tried_at=None).count() == 4


def test_without_a_provider_nothing_is_said_of_it(operator):
    page = operator.get(ADDRESS)

    assert page.context["state"].translations is None
    assert "translate-again" not in page.content.decode()


def test_a_provider_that_can_t_be_used_is_told(operator, settings):
    settings.TRANSLATOR = "nowhere.Translator"

    page = operator.get(ADDRESS)

    assert page.status_code == 200
    assert "can&#x27;t be imported" in page.content.decode()


def test_it_takes_the_right_to_it(client, three_that_failed):
    client.force_login(a_member())

    assert client.get(ADDRESS).status_code in (302, 403)
    assert client.post(f"{ADDRESS}translate-again/").status_code in (302, 403)
    assert MachineText.objects.failed().count() == 3
