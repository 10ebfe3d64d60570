"""Build the index anew: manage.py rebuild_index."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search import indexer


class Command(BaseCommand):
    help = "Build the search index anew. The old one serves until the new one is complete."

    def handle(self, *args, **options):
        count = indexer.rebuild(lambda items, total: tqdm(items, total=total, unit="entry", disable=None, leave=False))
        done = indexer.drain()
        self.stdout.write(f"{count} entries indexed, {done} changes made meanwhile followed.")
