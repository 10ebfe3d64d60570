"""Case studies from a table or an export: manage.py import_practices FORMAT FILE."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from people.models import User
from practices.importing import account, actions, mapping
from practices.importing.account import FAILED, SHOWN, SKIPPED, Account
from practices.importing.faults import Unreadable
from practices.importing.run import run

SOME_FAILED, UNREADABLE = 1, 2
STOPPED = "Stopped. What was finished is kept: run the same command again and it goes on."
HEADINGS = {FAILED: "Failed", SKIPPED: "Skipped", "noted": "Stored, with something left out"}


class Command(BaseCommand):
    help = "Make case studies of the rows of a file. Importing it again changes only what changed in it."

    def add_arguments(self, parser):
        formats = ", ".join(mapping.shipped())
        parser.add_argument("format", help=f"one of: {formats}; or the path of a mapping file (.toml)")
        parser.add_argument("file", type=Path, help="CSV, XLS, XLSX, ODS, JSON or JSON lines; may be compressed (.gz)")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only tell what would be done")
        parser.add_argument("--publish", action="store_true", help="publish new case studies instead of keeping drafts")
        parser.add_argument("--owner", metavar="EMAIL", help="the member the new case studies belong to")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write what became of each row to this CSV file"
        )

    def handle(self, *args, **options):
        owner = self._owner(options["owner"])
        report = self._report(options["report"])
        store = actions.store_published if options["publish"] else actions.store_as_drafts
        carry_out = actions.only_tell if options["dry_run"] else store(owner)
        result = Account(report=report)
        try:
            run(options["format"], options["file"], result, carry_out, progress=self._bar)
        except Unreadable as fault:
            self._tell(result, options)
            raise CommandError(str(fault), returncode=UNREADABLE) from fault
        except KeyboardInterrupt as stop:
            self._tell(result, options)
            raise CommandError(STOPPED, returncode=130) from stop
        finally:
            if report:
                report.close()
        self._tell(result, options)
        if result.counts[FAILED]:
            raise CommandError(f"{result.counts[FAILED]} rows could not be imported.", returncode=SOME_FAILED)

    @staticmethod
    def _owner(email: str | None) -> User | None:
        if not email:
            return None
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(
                f"There is no member with the address {email}. Let the member sign up first, or leave --owner out.",
                returncode=UNREADABLE,
            )
        return person

    @staticmethod
    def _report(path: Path | None):
        try:
            return account.opened(path) if path else None
        except OSError as fault:
            raise CommandError(
                f"The report {path} can't be written: {fault.strerror}.", returncode=UNREADABLE
            ) from fault

    def _tell(self, result: Account, options: dict) -> None:
        for kind, entries in result.shown.items():
            if entries:
                total = result.noted if kind == "noted" else result.counts[kind]
                more = f" (the first {SHOWN} of {total})" if total > len(entries) == SHOWN else ""
                self.stdout.write(f"{HEADINGS[kind]}{more}:")
                for entry in entries:
                    self.stdout.write(f"  {entry}")
        if result.read:
            self.stdout.write(("Dry run, nothing was written. " if options["dry_run"] else "") + str(result))
        if options["report"]:
            self.stdout.write(f"Every row is told in {options['report']}.")

    @staticmethod
    def _bar(rows):
        return tqdm(rows, unit=" rows", disable=None, leave=False)
