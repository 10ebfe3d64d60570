"""An operator adds a facet without code, just as docs/concepts.md says."""

import re
from pathlib import Path

from search import indexer
from tests.factories import a_case_study, concept
from vocabularies import actions

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""


def test_a_loaded_scheme_becomes_a_facet(db, client, tmp_path, settings):
    documented = re.search(r"(<urn:example:subject> a .*?@fi \.)\n\n", _page(), re.DOTALL).group(1)
    vocabulary = tmp_path / "subjects.ttl"
    vocabulary.write_text(PREFIXES + documented, encoding="utf-8")
    actions.load_file(vocabulary)
    settings.PRAXIS_FACETS = [
        *settings.PRAXIS_FACETS,
        {"name": "subject", "scheme": "subject", "field": "concepts", "length": "long"},
    ]
    page = a_case_study("A choir online")
    page.concepts = [concept("subject/music")]
    page.save()
    a_case_study("No choir")
    indexer.drain()

    answer = client.get("/api/practices/?subject=music&language=fi").json()
    shown = client.get("/fi/search/?subject=music").content.decode()

    assert [row["title"] for row in answer["results"]] == ["A choir online"]
    assert answer["facets"]["subject"] == [{"value": "music", "label": "Musiikki", "count": 1, "selected": True}]
    assert "Oppiaineet" in shown


def _page() -> str:
    return (ROOT / "docs/concepts.md").read_text(encoding="utf-8")
