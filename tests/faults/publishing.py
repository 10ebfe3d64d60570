"""Workers to kill: reads commands, forks a worker for each as gunicorn does with --preload, says when each began and ended.

Run as `python -m tests.faults.publishing [torn]` on a prepared PRAXIS_DATA. With "torn" the outbox is written after the
commit instead of with it: the control that must go red.
"""

import json
import sys
import time

from tests.faults import forking
from tests.faults.forking import say

PAUSE = 0.03  # seconds between the commit and the outbox row of the control
WORDS = "Two schools tried it for a year and wrote down what happened."


def draft(count: str) -> None:
    """Case studies an editor may publish, every other one submitted; none of them waits to be indexed."""
    from django.db import transaction

    from people.models import User
    from practices import actions
    from practices.models import CaseStudy, FactorStatement
    from practices.site_tree import EDITORS, index_in
    from search import indexer
    from vocabularies.models import Concept

    author = User.objects.create_user("author@example.org")
    editor = User.objects.create_user("editor@example.org")
    factor = Concept.objects.get(scheme__notation="factor", notation="connectivity")
    role = Concept.objects.get(scheme__notation="role", notation="barrier")
    with transaction.atomic():
        editor.groups.add(editor.groups.model.objects.get(name=EDITORS))
        locale = index_in("en").locale
        for number in range(int(count)):
            page = CaseStudy(title=f"Lantern walk {number}", locale=locale, source_language="en", summary=WORDS)
            page.factor_statements = [FactorStatement(factor=factor, role=role, sentence=WORDS, locale=locale)]
            actions.save_draft(page, by=author)
            if number % 2:
                actions.submit(page, by=author)
    indexer.drain()


def publish() -> None:
    """As an editor does it, one after the other; each is acknowledged when the action has returned."""
    from django.db import transaction

    from people.models import User
    from practices import actions
    from practices.models import CaseStudy

    editor = User.objects.get(email="editor@example.org")
    pages = list(CaseStudy.objects.order_by("live", "pk"))  # drafts first; then what is public once more
    with transaction.atomic():  # what a process does only once should not fill its short life
        actions.publish(pages[0], by=editor)
        transaction.set_rollback(True)
    say("began")
    for pk in [page.pk for page in pages]:
        page = CaseStudy.objects.get(pk=pk)
        revision = page.latest_revision_id
        actions.publish(page, by=editor)
        say("acknowledged", pk, revision)


def index() -> None:
    from search import indexer

    say("began")
    indexer.drain()


def report() -> None:
    """What the database and the index hold, for the test to judge."""
    from wagtail.models import PageLogEntry

    from practices.models import CaseStudy
    from search import indexer
    from search.engines import engine
    from search.models import OutboxRow

    waiting = set(OutboxRow.objects.values_list("key", flat=True))
    expected, held = indexer.expected(), engine().digests()
    logged = set(PageLogEntry.objects.filter(action="wagtail.publish").values_list("page_id", "revision_id"))
    live = list(CaseStudy.objects.filter(live=True))
    answer = {
        "live": {page.pk: page.live_revision_id for page in live},
        "half": [
            page.pk for page in live if (page.pk, page.live_revision_id) not in logged or page.workflow_in_progress
        ],
        "unannounced": [
            page.pk
            for page in live
            if page.search_key not in waiting and held.get(page.search_key) != expected[page.search_key]
        ],
        "only in the index": sorted(held.keys() - expected.keys()),
        "waiting": len(waiting),
    }
    say("report", json.dumps(answer))


def tear() -> None:
    """The mistake the outbox is there to exclude: first the commit, a moment later the note for the search."""
    from django.db import transaction

    from search import outbox

    together = outbox.touch

    def afterwards(*keys: str) -> None:
        transaction.on_commit(lambda: (time.sleep(PAUSE), together(*keys)))

    outbox.touch = afterwards


def main() -> None:
    forking.set_up()
    if "torn" in sys.argv[1:]:
        tear()
    forking.serve({"draft": draft, "publish": publish, "index": index, "report": report})


if __name__ == "__main__":
    main()
