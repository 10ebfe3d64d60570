"""Who saves, who indexes and who works, each to be killed. `python -m tests.faults.indexing [forgetful]` on a prepared PRAXIS_DATA.

"forgetful" clears the outbox before the index holds what it stood for: the control that must go red.
"""

import json
import sys
import time

from tests.faults import forking
from tests.faults.forking import say

PAUSE = 0.05  # seconds between the forgetting of the control and its writing
EDITORS_TURN = 41  # every so many saves a case study is saved whole and withdrawn or restored


def fill(count: str) -> None:
    """Published case studies, indexed, and compared with the database once."""
    from django.db import transaction

    from search import indexer, reconciling
    from tests.factories import a_case_study, an_editor

    with transaction.atomic():
        an_editor(email="editor@example.org")
        for number in range(int(count)):
            a_case_study(f"Lantern walk {number}", slug=f"lantern-walk-{number}", year=0)
    indexer.drain()
    reconciling.reconcile()


def save(count: str) -> None:
    """One small edit after the other, each with its place in the outbox; acknowledged when it is committed."""
    from django.db import transaction

    from people.models import User
    from practices import actions
    from practices.models import CaseStudy
    from search import outbox

    editor = User.objects.get(email="editor@example.org")
    pages = list(CaseStudy.objects.order_by("pk"))
    say("began")
    for number in range(1, int(count) + 1):
        page = pages[number % len(pages)]
        page.year = (page.year or 0) + 1
        if number % EDITORS_TURN == 0:
            page.save()
            (actions.restore if page.withdrawn_at else actions.withdraw)(page, by=editor)
        else:  # what a save does, without the time Wagtail takes over it
            with transaction.atomic():
                CaseStudy.objects.filter(pk=page.pk).update(year=page.year)
                outbox.touch(page.search_key)
        say("acknowledged", page.pk, page.year)


def index() -> None:
    from search import indexer

    say("began")
    while True:
        indexer.drain()
        time.sleep(0.01)


def work() -> None:
    from django.core.management import call_command

    say("began")
    call_command("run_worker")


def rebuild() -> None:
    from search import indexer

    say("began")
    indexer.rebuild()


def reconcile() -> None:
    from search import indexer, reconciling

    say("found", json.dumps(reconciling.reconcile().figures()))
    indexer.drain()


def report() -> None:
    """What the database and the index hold, for the test to judge."""
    from django.conf import settings

    from people.access import audience_of
    from practices.models import CaseStudy
    from search import indexer
    from search.contract import Busy, Unavailable
    from search.engines import engine
    from search.models import IndexRun, OutboxRow
    from search.query import Query

    waiting = set(OutboxRow.objects.values_list("key", flat=True))
    expected, held = indexer.expected(), engine().digests()
    differ = sorted(key for key in expected.keys() | held.keys() if expected.get(key) != held.get(key))
    try:
        faults = engine().faults()
    except Busy as error:
        faults = [str(error)]
    try:
        found = engine().find(Query.from_params({"q": ["lantern"]}), audience_of(None)).total
    except Unavailable as error:
        found = str(error)
    answer = {
        "years": dict(CaseStudy.objects.values_list("pk", "year")),
        "waiting": len(waiting),
        "differ": differ,
        "forgotten": [key for key in differ if key not in waiting],
        "entries": len(held),
        "found": found,
        "faults": faults,
        "rebuilds": IndexRun.objects.filter(kind=IndexRun.Kind.REBUILD, outcome__has_key="entries").count(),
        "folders": sum(path.is_dir() for path in (settings.DATA_DIR / "index").iterdir()),
    }
    say("report", json.dumps(answer))


def forget() -> None:
    """The mistake the order of the indexer excludes: first the outbox, a moment later the index."""
    from search.engines.embedded import EmbeddedEngine
    from search.models import OutboxRow

    write = EmbeddedEngine.put

    def afterwards(engine, entries, *rest):
        OutboxRow.objects.filter(key__in=[entry.key for entry in entries]).delete()
        time.sleep(PAUSE)
        write(engine, entries, *rest)

    EmbeddedEngine.put = afterwards


def main() -> None:
    forking.set_up()
    import practices.actions  # noqa: F401
    import search.reconciling
    import search.upkeep  # noqa: F401

    if "forgetful" in sys.argv[1:]:
        forget()
    verbs = (fill, save, index, work, rebuild, reconcile, report)
    forking.serve({verb.__name__: verb for verb in verbs})


if __name__ == "__main__":
    main()
