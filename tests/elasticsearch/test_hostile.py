"""Whatever is typed, the cluster answers."""

from search import engines
from tests.factories.entries import an_entry
from tests.search.hostile import generated
from tests.search.test_hostile import answered


def test_hostile_questions_are_answered(db, elasticsearch, settings, prefix):
    settings.SEARCH_URL = f"{elasticsearch.url}/{prefix.rstrip('-')}"
    settings.SEARCH_REPLICAS = 0
    engines.engine().replace([an_entry("1", "Lantern walk in the school"), an_entry("2", "Escola do farol", "pt")])

    count, slowest = answered(generated(1500, seed=7))  # the corpus is asked by test_contract.py

    assert count == 1500
    print(f"\nslowest of {count}: {slowest:.3f} s")
    engines.engine().client.close()
