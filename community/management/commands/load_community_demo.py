"""Load or remove the demonstration of the community: manage.py load_community_demo [--remove]."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from community.demo import loader


class Command(BaseCommand):
    help = "Load demonstration groups, threads, events and partner offers; --remove takes them away again."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args, remove: bool, **options):
        if remove:
            self.stdout.write(f"{loader.remove()} {loader.WHAT} of the demonstration removed.")
        else:
            count = loader.load(
                lambda items: tqdm(items, desc="Demonstration", unit=" threads", disable=None, leave=False)
            )
            self.stdout.write(f"{count} demonstration {loader.WHAT} added.")
