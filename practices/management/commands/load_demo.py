"""Load or remove the demonstration of every package: manage.py load_demo [--remove]."""

from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand
from tqdm import tqdm


class Command(BaseCommand):
    help = "Load demonstration content and its sign-ins; --remove takes both away again."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args, remove: bool, **options):
        loaders = [import_module(path) for path in settings.PRAXIS_DEMO]
        if remove:
            for loader in reversed(loaders):  # what builds on others goes first
                self.stdout.write(f"{loader.remove()} {loader.WHAT} of the demonstration removed.")
            return
        flag = settings.DATA_DIR / "demo.loading"  # until all is there: prepare goes on where it broke off
        flag.touch()
        for loader in loaders:
            self.stdout.write(f"{loader.load(self._bar)} demonstration {loader.WHAT} added.")
        flag.unlink()

    @staticmethod
    def _bar(items):
        return tqdm(items, desc="Demonstration", unit=" pieces", disable=None, leave=False)
