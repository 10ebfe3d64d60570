"""The portal a benchmark measures, in the data folder of its run."""

import django
from django.core.management import call_command

from benchmarks.measuring import step


def portal() -> None:
    """With its database, messages and vocabularies; nothing of Praxis may be imported before."""
    django.setup()
    with step("Preparing a database"), open("/dev/null", "w") as nobody:
        call_command("prepare", verbosity=0, stdout=nobody)


def portal_with(rows: int) -> None:
    """With so many case studies, indexed."""
    portal()
    from benchmarks import case_studies
    from search import indexer
    from search.models import OutboxRow

    with step(f"Making {rows} case studies"):
        case_studies.make(rows)
        OutboxRow.objects.all().delete()
    with step("Building the index"):
        indexer.rebuild()
