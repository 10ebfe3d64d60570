"""Build the index anew: manage.py rebuild_index."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from search import indexer, runs
from search.contract import Busy, Unavailable
from search.models import IndexRun


class Command(BaseCommand):
    help = "Build the search index anew. The old one serves until the new one is complete."

    def handle(self, *args, **options):
        if other := runs.under_way(IndexRun.Kind.REBUILD):
            began = f"{timezone.localtime(other.started_at):%H:%M}"
            self.stdout.write(
                f"Another rebuild began at {began} ({other.done} of {other.total} entries). This one begins when that has ended."
            )
        try:
            count = indexer.rebuild(self._bar)
            done = indexer.drain()
        except (Busy, Unavailable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} entries indexed, {done} changes made meanwhile followed.")

    @staticmethod
    def _bar(items, total):
        return tqdm(items, total=total, unit="entry", disable=None, leave=False)
