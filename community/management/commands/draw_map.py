"""Draw the outline of Europe anew from a TopoJSON file of Natural Earth's countries (world-atlas: countries-50m.json)."""

from pathlib import Path

from django.core.management.base import BaseCommand

from community.events import drawing, making_map


class Command(BaseCommand):
    help = "Draw the map of Europe from Natural Earth's countries as TopoJSON (npm: world-atlas, countries-50m.json)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        text = making_map.drawn(file.read_text(encoding="utf-8"))
        drawing.OUTLINE.write_text(text, encoding="utf-8")
        self.stdout.write(f"{drawing.OUTLINE}: {len(text)} bytes")
