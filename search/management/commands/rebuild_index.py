"""Build the index anew: manage.py rebuild_index."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from search import indexer, runs
from search.models import IndexRun


class Command(BaseCommand):
    help = "Build the search index anew. The old one serves until the new one is complete."

    def handle(self, *args, **options):
        if other := runs.under_way(IndexRun.Kind.REBUILD):
            began = f"{timezone.localtime(other.started_at):%H:%M}"
            self.stdout.write(
                f"Another rebuild began at {began} ({other.done} of {other.total} entries). This one begins when that has ended."
            )
        count = indexer.rebuild(lambda items, total: tqdm(items, total=total, unit="entry", disable=None, leave=False))
        done = indexer.drain()
        self.stdout.write(f"{count} entries indexed, {done} changes made meanwhile followed.")
