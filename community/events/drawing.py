"""The map of Europe as SVG: countries as shapes, the more events the stronger; its list beside it says the same in words."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

OUTLINE = (
    Path(__file__).parent / "data" / "europe.json"
)  # drawn by the command draw_map from Natural Earth (public domain)
STEPS = (1, 3, 8)  # from so many events on, a stronger tone


@cache
def outline() -> dict:
    return json.loads(OUTLINE.read_text(encoding="utf-8"))


def svg(counts: dict[str, tuple[str, int]], chosen: str = "") -> SafeString:
    """`counts`: {country: (its name, events)}. Hidden from screen readers: the list of countries stands beside it."""
    made = outline()
    shapes = format_html_join("", '<path class="{}" d="{}">{}</path>', _shapes(made, counts, chosen))
    markers = format_html_join(
        "", '<circle class="{}" cx="{}" cy="{}" r="70">{}</circle>', _markers(made, counts, chosen)
    )
    width, height = made["size"]
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path class="map__land" d="{}"/>{}{}</svg>',
        width, height, made["land"], shapes, markers,
    )  # fmt: skip


def _shapes(made: dict, counts: dict, chosen: str):
    for code, path in made["shapes"].items():
        yield _classes(code, counts, chosen), path, _title(code, counts)


def _markers(made: dict, counts: dict, chosen: str):
    for code, (x, y) in made["markers"].items():
        yield _classes(code, counts, chosen), x, y, _title(code, counts)


def _classes(code: str, counts: dict, chosen: str) -> str:
    count = counts[code][1] if code in counts else 0
    tone = sum(count >= step for step in STEPS)
    return f"map__country map__country--{tone}" + (" map__country--chosen" if code == chosen else "")


def _title(code: str, counts: dict) -> SafeString:
    if code not in counts:
        return mark_safe("")
    return format_html("<title>{}: {}</title>", *counts[code])
