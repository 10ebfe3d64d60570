"""Bring the catalogues up to date, or exchange work with a translator."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.messages import catalogues, found


class Command(BaseCommand):
    help = "Find all messages in the sources and bring the 23 catalogues up to date (English is the source)."

    def add_arguments(self, parser):
        parser.add_argument("--todo", metavar="LANGUAGE", help="print as JSON what is not translated yet")
        parser.add_argument(
            "--fill", nargs=2, metavar=("LANGUAGE", "FILE"), help="take over {number: text} from a JSON file"
        )

    def handle(self, *args, todo, fill, **options):
        if todo:
            self.stdout.write(json.dumps(catalogues.todo(self._known(todo)), ensure_ascii=False, indent=0))
        elif fill:
            self._fill(self._known(fill[0]), Path(fill[1]))
        else:
            own = found.own()
            for language in catalogues.LANGUAGES:
                catalogue = catalogues.update(language, own)
                missing = sum(not entry.translated() for entry in catalogue)
                self.stdout.write(f"{language}: {len(catalogue)} messages, {missing} to translate")

    def _fill(self, language: str, file: Path) -> None:
        try:
            written = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        faults = catalogues.fill(language, written)
        for fault in faults:
            self.stderr.write(str(fault))
        self.stdout.write(
            f"{language}: {len(written) - len(faults)} taken over, {len(catalogues.todo(language))} to do"
        )

    @staticmethod
    def _known(language: str) -> str:
        if language not in catalogues.LANGUAGES:
            raise CommandError(f"{language}: not one of {', '.join(catalogues.LANGUAGES)}")
        return language
