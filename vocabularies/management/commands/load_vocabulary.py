"""Load SKOS files: manage.py load_vocabulary [--dry-run] FILE ..."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from vocabularies import actions, skos

SHOWN = 50  # faults
AFTERWARDS = (
    "So that search finds by it what is indexed already, run: manage.py learn_translations; manage.py rebuild_index"
)


class Command(BaseCommand):
    help = "Load concept schemes from SKOS files (Turtle, RDF/XML or JSON-LD). Loading again changes only what changed."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")

    def handle(self, *args, files: list[Path], dry_run: bool, **options):
        act = actions.try_files if dry_run else actions.load_files
        try:
            reports = act(files, progress=self._bar)
        except skos.Faulty as faulty:
            more = [f"And {len(faulty.faults) - SHOWN} more."] if len(faulty.faults) > SHOWN else []
            raise CommandError("\n".join(["Nothing was loaded.", *faulty.faults[:SHOWN], *more])) from faulty
        for report in reports:
            self.stdout.write(str(report))
        if dry_run:
            self.stdout.write("Nothing was kept: this was a dry run.")
        elif any(report.changes for report in reports):
            self.stdout.write(AFTERWARDS)

    @staticmethod
    def _bar(items):
        return tqdm(items, unit="concept", disable=None, leave=False)
