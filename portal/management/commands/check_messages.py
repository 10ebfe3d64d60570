"""Find what is missing or broken in the catalogues."""

import sys

from django.core.management.base import BaseCommand

from portal.messages import catalogues, found


class Command(BaseCommand):
    help = "Check the catalogues of all languages: missing, fuzzy, broken placeholders and plural forms."

    def handle(self, *args, **options):
        faults = catalogues.check(found.own())
        for fault in faults[:200]:
            self.stderr.write(str(fault))
        if faults:
            self.stderr.write(f"{len(faults)} faults.")
            sys.exit(1)
        self.stdout.write("All catalogues are complete.")
