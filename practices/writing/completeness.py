"""How complete a case study is, and which field would help its readers most next."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from practices.models import CaseStudy
from practices.models.case_study import SEVERAL

# Field, weight, why it helps; the most useful first.
ASKED = (
    ("results", 10, _("Figures before and after make the evidence stronger.")),
    ("topics", 9, _("Readers browse by topic.")),
    ("setting", 8, _("Readers look for places like their own.")),
    ("steps", 8, _("Steps let others repeat it.")),
    ("sustainability", 6, _("Ministries ask whether it lasts.")),
    ("target_groups", 6, _("It says whom it is for.")),
    ("staff_hours", 6, _("Time is what colleagues fear most.")),
    ("equity", 5, _("It shows who was left out.")),
    ("aims", 5, _("It is found by those who share the aim.")),
    ("organisations", 5, _("It shows who stands behind it.")),
    ("images", 5, _("A picture says what it looked like.")),
    ("year", 4, _("Readers judge how current it is.")),
    ("technologies", 4, _("Others ask what you used.")),
    ("participants", 4, _("Numbers show the size of it.")),
    ("connection", 3, _("Readers compare their own connection.")),
    ("device_ratio", 3, _("Readers compare their own devices.")),
    ("school_size", 3, _("Readers compare their own institution.")),
    ("duration_months", 3, _("It says how long it takes.")),
    ("scale", 3, _("It shows how widely it is used.")),
)
RELATED = {"organisations": "participations"}


@dataclass(frozen=True)
class Completeness:
    percent: int
    following: str = ""  # name of the most useful field still empty
    why: str = ""


def of(page: CaseStudy) -> Completeness:
    total = sum(weight for _name, weight, _why in ASKED)
    empty = [(name, weight, why) for name, weight, why in ASKED if not _is_filled(page, name)]
    percent = round(100 * (total - sum(weight for _name, weight, _why in empty)) / total)
    if not empty:
        return Completeness(100)
    name, _weight, why = empty[0]
    return Completeness(percent, name, str(why))


def _is_filled(page: CaseStudy, name: str) -> bool:
    value = getattr(page, RELATED.get(name, name))
    if name in SEVERAL or hasattr(value, "all"):
        return bool(value.all())
    return value not in (None, "") and (not hasattr(value, "__len__") or len(value) > 0)
