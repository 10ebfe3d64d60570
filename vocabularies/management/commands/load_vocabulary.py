"""Load a SKOS file: manage.py load_vocabulary FILE."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from vocabularies import actions, skos


class Command(BaseCommand):
    help = (
        "Load concept schemes from a SKOS file (Turtle, RDF/XML or JSON-LD). Loading again changes only what changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args, files: list[Path], **options):
        for path in files:
            try:
                reports = actions.load_file(path, progress=self._bar)
            except skos.Faulty as faulty:
                raise CommandError("Nothing was loaded.\n" + "\n".join(faulty.faults)) from faulty
            for report in reports:
                self.stdout.write(str(report))

    @staticmethod
    def _bar(items):
        return tqdm(items, unit="concept", disable=None, leave=False)
