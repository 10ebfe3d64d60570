"""The portal a benchmark measures, in the data folder of its run."""

import subprocess
import sys

import django

from benchmarks.measuring import step


def portal() -> None:
    """With its messages, database and vocabularies, made by other processes: nothing here remembers that they weren't there."""
    with step("Preparing a database"):
        for command in ("compile_messages", "prepare"):
            subprocess.run([sys.executable, "manage.py", command], check=True, stdout=subprocess.DEVNULL)
    django.setup()


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
