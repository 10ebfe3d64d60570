"""Ask the translation provider for what nobody has translated: manage.py translate_missing"""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import indexer
from search.contract import Busy
from search.models import MachineText
from search.translating import provider, texts, working


class Command(BaseCommand):
    help = "Translate what everybody may read into the languages it lacks, with the provider named by TRANSLATOR."

    def add_arguments(self, parser):
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="only what waits since it was published, and what failed long enough ago",
        )

    def handle(self, *args, waiting: bool, **options):
        if provider.translator() is None:
            raise CommandError("No translation provider. Set TRANSLATOR; docs/interfaces.md tells what it must do.")
        provider.targets()  # or it raises, before anything is asked
        if not waiting:
            texts.note_missing(indexer.all_entries())
        rows = working.waiting() if waiting else MachineText.objects.unmade()
        try:
            done, failed = working.work(rows, self._bar)
        except Busy as busy:
            raise CommandError("Another process is translating now.") from busy
        except working.Away as error:
            raise CommandError(f"The provider seems to be away, the rest goes on waiting. It said: {error}") from error
        self.stdout.write(f"{done} texts translated, {failed} failed, {MachineText.objects.unmade().count()} wait.")

    @staticmethod
    def _bar(items, total):
        return tqdm(items, total=total, unit="text", disable=None, leave=False)
