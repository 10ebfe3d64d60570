"""manage.py prepare, where the search is away."""

from io import StringIO

from django.core.management import call_command

from search import engines, indexer
from search.models import OutboxRow
from search.worker import Worker
from tests.factories import a_case_study

NOWHERE = "elasticsearch://127.0.0.1:9/praxis"  # the port "discard": nothing listens there


def prepare() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("prepare", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_portal_starts_while_the_search_is_away_and_the_search_follows(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    here, settings.SEARCH_URL = settings.SEARCH_URL, NOWHERE
    a_case_study("Lantern walk")

    _said, warned = prepare()

    assert warned.startswith("The search is not available now; it follows when the engine answers. ")
    assert OutboxRow.objects.count() == 1
    settings.SEARCH_URL = here
    Worker().turn()
    assert engines.engine().digests() == indexer.expected() != {}


def test_with_the_search_there_the_index_is_built(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    a_case_study("Lantern walk")

    said, warned = prepare()

    assert "Building the index of 1 case studies ..." in said and warned == ""
    assert engines.engine().digests() == indexer.expected() != {}
