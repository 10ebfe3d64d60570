"""The rosette: a case study's success factors and their roles as one small figure.

Eighteen fixed places around a ring, in four groups. Inside the ring a notch is a barrier; on it a filled segment is addressed, an outlined one
a precondition; outside it a petal is an outcome. Shape alone tells the role, so it reads in one colour, at 48 px and in forced colours.
"""

from collections.abc import Iterable
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from vocabularies import labels

GROUPS = {
    "access": ("connectivity", "infrastructure", "digital-equipment", "investment"),
    "people": ("digital-pedagogy", "teacher-digital-skills", "learner-digital-skills", "teacher-partnerships"),
    "values": ("privacy", "data-protection", "ethics", "technological-sovereignty", "interoperability-data-standards"),
    "system": (
        "coherent-strategy",
        "institutional-capacity",
        "stakeholder-cooperation",
        "whole-of-government",
        "monitoring-evaluation",
    ),
}
PLACES = [factor for group in GROUPS.values() for factor in group]
ROLES = ("addressed", "precondition", "barrier", "outcome")
STEP = 2 * pi / len(PLACES)
HALF = STEP * 0.40  # of the angle of a place, the rest is gap
CENTRE, NOTCH, INNER, OUTER, TIP = 50, 9, 23, 36, 49


def svg(statements: Iterable[tuple[str, str]], language: str | None, css_class: str = "rosette") -> SafeString:
    """The figure with a sentence that says the same. `statements` are (factor, role) notations; unknown ones are left out."""
    known = _known(statements)
    sentence = in_words(known, language)
    if not sentence:
        return picture(known, css_class)
    return format_html(
        '<svg class="{}" viewBox="0 0 100 100" role="img" aria-label="{}">{}</svg>', css_class, sentence, _paths(known)
    )


def picture(statements: Iterable[tuple[str, str]], css_class: str = "rosette") -> SafeString:
    """The figure alone, where the words stand beside it."""
    paths = _paths(_known(statements))
    return format_html('<svg class="{}" viewBox="0 0 100 100" aria-hidden="true">{}</svg>', css_class, paths)


def place(factor: str) -> SafeString:
    """Where one factor has its place: a ray across the ring, for legends and lists that name it beside."""
    ray = _segment(PLACES.index(factor), 0, TIP) if factor in PLACES else ""
    return format_html(
        '<svg class="rosette rosette--place" viewBox="0 0 100 100" aria-hidden="true">'
        '<path class="r-ring" d="{}"/><path class="r-addressed" d="{}"/></svg>',
        RING,
        ray,
    )


def shape(role: str) -> SafeString:
    """The shape of a role, drawn large on a piece of the ring."""
    drawn = _SHAPES[role](0) if role in _SHAPES else ""
    return format_html(
        '<svg class="rosette rosette--role" viewBox="41 0 28 44" aria-hidden="true">'
        '<path class="r-ring" d="{}"/><path class="r-{}" d="{}"/></svg>',
        RING,
        role,
        drawn,
    )


def _known(statements: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted({(factor, role) for factor, role in statements if factor in PLACES and role in ROLES})


def _paths(statements: list[tuple[str, str]]) -> SafeString:
    shapes = [("r-ring", RING)]
    shapes += [(f"r-{role}", _SHAPES[role](PLACES.index(factor))) for factor, role in statements]
    return format_html_join("", '<path class="{}" d="{}"/>', shapes)


def in_words(statements: Iterable[tuple[str, str]], language: str | None) -> str:
    """For example "Addressed: Connectivity, Privacy. Barrier: Ethics" in the reader's language."""
    factors, roles = labels.values("factor", language), labels.values("role", language)
    parts = []
    for role in ROLES:
        names = [factors[factor].label for factor, of in sorted(set(statements)) if of == role and factor in factors]
        if names and role in roles:
            parts.append(f"{roles[role].label}: {', '.join(names)}")
    return ". ".join(parts)


def _point(radius: float, angle: float) -> str:
    return f"{CENTRE + radius * sin(angle):.1f} {CENTRE - radius * cos(angle):.1f}"


def _angles(index: int) -> tuple[float, float, float]:
    middle = index * STEP + STEP / 2
    return middle - HALF, middle, middle + HALF


def _segment(index: int, inner: float, outer: float) -> str:
    start, _middle, end = _angles(index)
    return (
        f"M{_point(inner, start)}L{_point(outer, start)}A{outer} {outer} 0 0 1 {_point(outer, end)}"
        f"L{_point(inner, end)}A{inner} {inner} 0 0 0 {_point(inner, start)}Z"
    )


def _inset(index: int) -> str:
    """A segment drawn a little smaller, so that its outline stays inside its place."""
    return _segment(index, INNER + 1.4, OUTER - 1.4)


def _filled(index: int) -> str:
    return _segment(index, INNER, OUTER)


def _notch(index: int) -> str:
    start, middle, end = _angles(index)
    return f"M{_point(INNER - 2, start)}L{_point(NOTCH, middle)}L{_point(INNER - 2, end)}Z"


def _petal(index: int) -> str:
    start, middle, end = _angles(index)
    base = OUTER + 2
    return (
        f"M{_point(base, start)}Q{_point(TIP - 1, start)} {_point(TIP, middle)}"
        f"Q{_point(TIP - 1, end)} {_point(base, end)}Z"
    )


_SHAPES = {"addressed": _filled, "precondition": _inset, "barrier": _notch, "outcome": _petal}
RING = "".join(_segment(index, INNER, OUTER) for index in range(len(PLACES)))
