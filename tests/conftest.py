"""What every test may ask for: the site's fixed pages, the shipped vocabularies, members, an empty index."""

import hashlib
import math
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
STARTING_POINT = (
    "*/migrations/*.py",
    "vocabularies/*.py",
    "vocabularies/data/*.ttl",
    "practices/site_tree.py",
    "requirements.lock",
)


def pytest_make_parametrize_id(val, argname):
    """Bytes lend a test no name: an archive holds the time it was made at, and each process would make another."""
    if isinstance(val, bytes):
        return argname
    if isinstance(val, str) and len(val) > 60:
        return f"{val[:60]}…"
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """What has to run in one process begins first, the browser before all: at the end it would keep one processor waiting."""
    items.sort(key=lambda item: ("tests/browser" not in str(item.path), not item.get_closest_marker("xdist_group")))
    grouped = [item for item in items if item.get_closest_marker("xdist_group")]
    if getattr(config.option, "loadgroup", False) and not all("@" in item.nodeid for item in grouped):
        raise pytest.UsageError(
            "pytest-xdist has lost the groups of tests: see pyproject.toml about the version of pytest."
        )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The data every installation starts with is there for every test, and no test can change it for another.

    On SQLite it is made once for each state of the sources and copied from a file afterwards: migrations take 15 seconds.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            yield from _copied()
        else:
            made = setup_databases(verbosity=0, interactive=False)
            _prepare()
            yield
            teardown_databases(made, verbosity=0)


def _copied():
    template = Path(tempfile.gettempdir()) / f"praxis-tests-{os.getuid()}-{_state()}.sqlite3"
    if not template.exists():
        made = setup_databases(verbosity=0, interactive=False)
        _prepare()
        unfinished = template.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(unfinished) as target:
            connection.connection.backup(target)
        target.close()
        unfinished.replace(template)
        yield
        teardown_databases(made, verbosity=0)
        return
    name = connection.creation._get_test_db_name()
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with sqlite3.connect(f"file:{template}?mode=ro", uri=True) as source:
        source.backup(connection.connection)
    source.close()
    yield


def _state() -> str:
    digest = hashlib.sha256()
    for pattern in STARTING_POINT:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _prepare() -> None:
    from practices.site_tree import ensure_site
    from vocabularies.actions import load_shipped

    load_shipped()
    ensure_site(name="Praxis")


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    # Else the last request of another test says which language messages have.
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _looked_up(monkeypatch):
    """Every few seconds it is looked up whether another process loaded a vocabulary.

    When a test begins, for another may have loaded one that was rolled back; not while queries are counted.
    """
    from search import concepts
    from vocabularies import labels

    for held in (concepts._held, labels._held):
        if held is not None:
            held.checked = -math.inf

    def enter(context, begin=CaptureQueriesContext.__enter__):
        for module in (concepts, labels):
            monkeypatch.setattr(module, "CHECK_EVERY", math.inf)
        return begin(context)

    monkeypatch.setattr(CaptureQueriesContext, "__enter__", enter)


@pytest.fixture
def shared_data() -> Path:
    if not SHARED_DATA.is_dir():
        pytest.skip("the real input files (../shared/data) are not on this machine")
    return SHARED_DATA
