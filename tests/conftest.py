"""What every test may ask for: the site's fixed pages, the shipped vocabularies, members, an empty index."""

from pathlib import Path

import pytest
from django.core.cache import cache

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The data every installation starts with is there for every test, and no test can change it for another."""
    from practices.site_tree import ensure_site
    from vocabularies.actions import load_shipped

    with django_db_blocker.unblock():
        load_shipped()
        ensure_site(name="Praxis")


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def shared_data() -> Path:
    if not SHARED_DATA.is_dir():
        pytest.skip("the real input files (../shared/data) are not on this machine")
    return SHARED_DATA
