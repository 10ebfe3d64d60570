"""While the index is away or damaged, pages say so plainly; when it is back, what changed meanwhile is there."""

import shutil

import pytest

from search import engines, indexer
from search.models import DemandGap, OutboxRow
from search.upkeep import Upkeep
from tests.factories import a_case_study
from tests.factories.damage import folder_in, overwrite, part, remove, truncate

NOTICE = "The search is not available now. Try again in a minute."
DAMAGE = {
    "removed": remove,
    "emptied": lambda home: [overwrite(path, b"") for path in folder_in(home).iterdir()],
    "cut short": lambda home: truncate(part(home, "store")),
    "full of rubbish": lambda home: overwrite(part(home, "store"), b"\xff" * part(home, "store").stat().st_size),
    "without its words": lambda home: remove(part(home, "term")),
}


@pytest.fixture(params=DAMAGE)
def away(request, db, settings, tmp_path):
    """An index nobody has opened yet, damaged."""
    a_case_study("Lantern walk 1")
    indexer.drain()
    shutil.copytree(tmp_path / "index", tmp_path / "copy" / "index")
    settings.DATA_DIR = tmp_path / "copy"
    DAMAGE[request.param](settings.DATA_DIR / "index")
    a_case_study("Lantern walk 2")


def mend():
    Upkeep().turn()
    indexer.step()


@pytest.mark.parametrize(
    "address", ["/en/", "/en/search/?q=lantern", "/en/search/?country=PT", "/en/browse/level/isced-1/"]
)
def test_a_page_says_so_in_its_place_and_shows_what_is_new_when_it_is_back(client, away, address):
    during = client.get(address)
    mend()
    afterwards = client.get(address)

    assert during.status_code == 200
    assert during.content.decode().count(NOTICE) == 1
    assert "No case study yet" not in during.content.decode()
    assert NOTICE not in afterwards.content.decode()
    assert "walk 2" in afterwards.content.decode()


def test_a_live_update_says_so_in_its_place(client, away):
    during = client.get("/en/search/?q=lantern", headers={"HX-Request": "true"})
    mend()
    afterwards = client.get("/en/search/?q=lantern", headers={"HX-Request": "true"})

    assert (during.status_code, during.content.decode().count(NOTICE)) == (200, 1)
    assert "walk 2" in afterwards.content.decode()


@pytest.mark.parametrize("address", ["/api/practices/?q=lantern", "/en/search/feed.atom?q=lantern"])
def test_machines_are_told_to_come_back(client, away, address):
    during = client.get(address)
    mend()
    afterwards = client.get(address)

    assert (during.status_code, during["Retry-After"]) == (503, "60")
    assert NOTICE in during.content.decode()
    assert afterwards.status_code == 200
    assert "Lantern walk 2" in afterwards.content.decode()


def test_suggestions_go_on_with_what_needs_no_index(client, away):
    def kinds(words):
        return {row["kind"] for row in client.get(f"/en/search/suggest/?q={words}").json()["suggestions"]}

    assert (kinds("rural"), kinds("lantern")) == ({"concept"}, set())
    mend()
    assert kinds("lantern") == {"title"}


def test_a_question_nobody_could_answer_is_no_gap(client, away):
    client.get("/en/search/?q=quantum+knitting")

    assert not DemandGap.objects.exists()


def test_saving_goes_on_and_waits_its_turn(away):
    assert not engines.engine().ready() or engines.engine().doubts()

    waiting = OutboxRow.objects.count()
    mend()

    assert (waiting, OutboxRow.objects.count()) == (1, 0)
    assert engines.engine().digests() == indexer.expected()
