"""The figures as a table for spreadsheets."""

import csv
import io
from datetime import timedelta

from django.utils.translation import gettext as _

from community.answering.figures import Figures, Line

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(figures: Figures) -> str:
    """With a byte order mark: else spreadsheets guess the letters wrong."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(_header())
    for kind, lines in ((_("All"), [figures.whole]), (_("Language"), figures.languages), (_("Group"), figures.groups)):
        rows.writerows([kind, *_cells(line)] for line in lines)
    return "\ufeff" + file.getvalue()


def _header() -> list[str]:
    return ["", "", _("Questions"), _("Answered"), _("Hours to the first answer (median)"), _("Within 24 hours"),
            _("Within 72 hours"), _("Unanswered after 14 days")]  # fmt: skip


def _cells(line: Line) -> list:
    hours = round(line.median / timedelta(hours=1), 1) if line.median is not None else ""
    return [safe(line.key), line.asked, line.answered, hours, _share(line.in_a_day), _share(line.in_three_days), line.unanswered]  # fmt: skip


def _share(share: float | None) -> float | str:
    return "" if share is None else round(share, 3)


def safe(text: str) -> str:
    """Spreadsheets take a cell that begins like a formula for one, also behind spaces."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
