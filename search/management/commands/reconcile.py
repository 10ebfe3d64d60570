"""Compare the index with the database: manage.py reconcile [--dry-run]."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import reconciling
from search.contract import Unavailable


class Command(BaseCommand):
    help = "Compare every entry of the search index with the database and have indexed anew what differs."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what differs")

    def handle(self, *args, dry_run: bool, **options):
        compare = reconciling.differences if dry_run else reconciling.reconcile
        try:
            found = compare(lambda items, total: tqdm(items, total=total, unit="entry", disable=None, leave=False))
        except Unavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "{compared} entries: {missing} missing, {stale} stale, {surplus} surplus.".format(**found.figures())
        )
        if options["verbosity"] > 1:
            self.stdout.writelines(f"{key}\n" for key in found.keys)
        if found.keys and dry_run:
            self.stdout.write("Nothing was changed.")
        elif found.keys:
            self.stdout.write("They are in the outbox; the worker indexes them.")
