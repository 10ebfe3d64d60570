"""Learn translations of words from aligned texts: manage.py learn_translations [--aligned FILE ...]"""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import indexer
from search.contract import Busy, Unavailable
from search.engines import engine
from search.translations import aligned, building


class Command(BaseCommand):
    help = "Learn translations of words from the labels of all vocabularies and the portal's own translated texts."

    def add_arguments(self, parser):
        parser.add_argument(
            "--aligned",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help='further aligned texts, one object a line: {"en": "school", "fi": "koulu"}; a copy is kept for next time',
        )
        parser.add_argument(
            "--only-changes", action="store_true", help="learn only where texts have changed since the last time"
        )
        parser.add_argument("--gently", action="store_true", help="leave the machine to others where they need it")

    def handle(self, *args, aligned: list[Path], only_changes: bool, gently: bool, **options):
        if gently:
            os.nice(10)
        self._learn(aligned, only_changes)

    def _learn(self, files: list[Path], only_changes: bool) -> None:
        before = building.learned()
        try:
            building.keep(files)
            outcome = building.learn(self._bar, before if only_changes else "")
        except aligned.Faulty as error:
            raise CommandError(str(error)) from error
        except Busy as error:
            raise CommandError("Another process learns now. Try again when it has ended.") from error
        if not outcome.changed:
            self.stdout.write(f"{outcome.rows} aligned texts, the same as last time: nothing to learn.")
            return
        self.stdout.write(
            f"{outcome.rows} aligned texts, {outcome.pairs} pairs of languages, {outcome.links} translations: "
            f"{outcome.seconds:.1f} s, {outcome.megabytes:.1f} MB."
        )
        if before:
            self.stdout.write("What is indexed already keeps the parts of its compounds until: manage.py rebuild_index")
        elif engine().ready():
            self._index_parts()

    def _index_parts(self) -> None:
        """From now on an entry is indexed with the parts of its compounds; those indexed before have none yet."""
        try:
            count = indexer.rebuild(lambda items, _total: self._bar(items, "entry"))
        except (Busy, Unavailable) as error:
            self.stderr.write(f"The parts of compounds are not indexed yet: {error} Run: manage.py rebuild_index")
        else:
            self.stdout.write(f"{count} entries indexed with the parts of their compounds.")

    @staticmethod
    def _bar(items, unit):
        return tqdm(items, unit=unit, disable=None, leave=False)
