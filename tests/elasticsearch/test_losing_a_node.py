"""A node is killed while the portal indexes and people search: nothing acknowledged is lost and no page is an error."""

import threading
import time

import pytest
from django.test import Client

from search import engines
from search.contract import Unavailable
from tests.factories.entries import an_entry

BATCHES, SIZE = 80, 50
AGAIN_WITHIN = 60  # seconds for the cluster to choose a new master and copies


@pytest.fixture
def spread(cluster, settings):
    """The portal's engine on three nodes. -> (copies) -> engine"""

    def make(copies: int):
        settings.SEARCH_URL = (
            f"elasticsearch://{','.join(host.partition('//')[2] for host in cluster.hosts)}/copies{copies}"
        )
        settings.SEARCH_REPLICAS, settings.SEARCH_SHARDS = copies, 3
        return engines.engine()

    yield make


def test_a_node_lost_under_way_loses_no_entry_and_gives_no_error_page(spread, cluster, db):
    engine = spread(copies=1)
    entries = [an_entry(f"{number:05}", f"Lantern number {number}") for number in range(BATCHES * SIZE)]
    engine.replace(entries[:SIZE])
    _wait_for_copies(engine)
    reader = Client()
    crash = threading.Timer(0.01, cluster.kill, [2])

    acknowledged, notices = set(), 0
    for at in range(0, len(entries), SIZE):
        if at == len(entries) // 4:
            crash.start()
        batch = entries[at : at + SIZE]
        _until_acknowledged(engine, batch)
        acknowledged |= {entry.key for entry in batch}
        answer = reader.get("/en/search/?q=lantern")
        assert answer.status_code == 200
        notices += "The search is not available now" in answer.content.decode()
    crash.join()
    engine.refresh()

    assert len(acknowledged) == BATCHES * SIZE
    assert acknowledged - engine.digests().keys() == set()
    assert notices < BATCHES / 2


def test_without_copies_the_loss_is_seen(spread, cluster, db):
    """The control: the question above can be answered with no."""
    engine = spread(copies=0)
    entries = [an_entry(f"{number:05}", f"Lantern number {number}") for number in range(300)]
    engine.replace(entries)
    engine.refresh()
    assert len(engine.digests()) == 300

    cluster.kill(2)

    with pytest.raises(Unavailable):
        assert len(engine.digests()) == 300


def _until_acknowledged(engine, batch) -> None:
    deadline = time.monotonic() + AGAIN_WITHIN
    while True:
        try:
            engine.put(batch)
            return
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _wait_for_copies(engine) -> None:
    engine.client.cluster.health(index=engine.indices.read, wait_for_status="green", timeout="60s")
