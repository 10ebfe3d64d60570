"""Load or remove the demonstration: manage.py load_demo [--remove]."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from practices.demo import loader


class Command(BaseCommand):
    help = "Load demonstration content and its sign-ins; --remove takes both away again."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args, remove: bool, **options):
        if remove:
            self.stdout.write(f"{loader.remove()} pages of the demonstration removed.")
        else:
            count = loader.load(
                lambda items: tqdm(items, desc="Demonstration", unit="case study", disable=None, leave=False)
            )
            self.stdout.write(f"{count} demonstration case studies added.")
