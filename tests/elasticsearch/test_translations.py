"""What was learned means the same to both engines."""

import pytest

from search import engines
from search.contract import PUBLIC
from search.query import Query
from tests.factories.aligned import learn
from tests.factories.entries import an_entry

TITLES = [
    ("pt", "Empréstimo de bicicletas"), ("pt", "Livros antigos"), ("de", "Fahrradküche für alle"), ("de", "Alte Bücher"),
    ("fi", "Polkupyörä"), ("fi", "Kirjojen lainaaminen"), ("en", "Borrowing of bicycles and books"), ("en", "Kitchen"),
]  # fmt: skip
QUESTIONS = [
    ("fi", "polkupyörä"), ("fi", "vanhat kirjat"), ("pt", "cozinha"), ("de", "Fahrrad -alte"), ("en", "old bicycle kitchen"),
    ("fi", "title:keittiö"), ("pt", "livros OR bicicleta"), ("et", "polkupyörä"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
def test_both_engines_find_translations_alike(db, settings, elasticsearch, prefix, language, text):
    learn()
    entries = [an_entry(str(number), title, code, text=[code]) for number, (code, title) in enumerate(TITLES)]
    settings.SEARCH_REPLICAS = 0
    found = []
    for url in ("embedded://", f"{elasticsearch.url}/{prefix.rstrip('-')}"):
        settings.SEARCH_URL = url
        engine = engines.engine()
        engine.replace(entries)
        engine.refresh()
        results = engine.find(Query(text=text, language=language), frozenset({PUBLIC}))
        found.append((results.total, sorted((hit.key, hit.matched, hit.title_html) for hit in results.hits)))

    assert found[0] == found[1]
    assert found[0][0] > 0 or language == "et"
