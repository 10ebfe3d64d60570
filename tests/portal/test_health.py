"""What a monitor is told."""

from search import indexer


def test_it_lives_without_asking_anything(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"live": True}


def test_it_is_ready_when_database_and_index_answer(client, db):
    without = client.get("/health/ready")
    indexer.rebuild()
    complete = client.get("/health/ready")

    assert (without.status_code, without.json()) == (503, {"ready": False, "database": True, "index": False})
    assert (complete.status_code, complete.json()) == (200, {"ready": True, "database": True, "index": True})
