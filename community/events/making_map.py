"""Making the outline of Europe: Natural Earth's borders, on an equal-area projection, simplified arc by arc so that neighbours still meet."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from math import cos, radians, sin, sqrt

Point = tuple[float, float]
CENTRE = 53.0, 13.0  # latitude, longitude
WIDTH, HEIGHT = 6000, 5600
SCALE = 8300.0  # units of the drawing for the radius of the earth
OFFSET = 0.0, 220.0
FEWEST_AREA = 60.0  # square units a corner must be worth
SMALLEST = 120.0  # square units of an island that is drawn
CODES = {
    "008": "AL", "020": "AD", "040": "AT", "056": "BE", "070": "BA", "100": "BG", "112": "BY", "191": "HR",
    "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "276": "DE", "300": "GR",
    "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV", "438": "LI", "440": "LT", "442": "LU",
    "470": "MT", "498": "MD", "499": "ME", "528": "NL", "578": "NO", "616": "PL", "620": "PT", "642": "RO",
    "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "756": "CH", "792": "TR", "804": "UA",
    "807": "MK", "826": "GB",
}  # fmt: skip
AROUND = {"643", "268", "051", "031", "012", "504", "788", "434", "818", "760", "422", "376", "275", "400", "368", "682", "364", "674", "492", "336", "833", "831", "832", "248", "234"}  # fmt: skip
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY"}
LAND, UKRAINE = "land", "UA"
CRIMEA = (32.0, 44.2), (36.8, 46.4)  # longitude and latitude of its corners; the source counts it to who occupies it
MARKERS = {"MT": (35.9, 14.4), "LU": (49.8, 6.1), "CY": (35.05, 33.2)}  # too small to be hit or seen


def drawn(topojson: str) -> str:
    """{"size": [w, h], "shapes": {country: path}, "land": path, "markers": {country: [x, y]}} as JSON."""
    world = json.loads(topojson)
    arcs = [_simplified([_projected(*at) for at in _unpacked(arc, world["transform"])]) for arc in world["arcs"]]
    shapes: dict[str, str] = defaultdict(str)
    for geometry in world["objects"]["countries"]["geometries"]:
        if code := _code(geometry):
            for ring in _rings(geometry, arcs):
                shapes[UKRAINE if code == LAND and _is_in(ring, CRIMEA) else code] += _path(ring)
    land = shapes.pop(LAND)
    markers = {code: [round(number) for number in _projected(*at[::-1])] for code, at in MARKERS.items()}
    made = {"size": [WIDTH, HEIGHT], "shapes": dict(sorted(shapes.items())), "land": land, "markers": markers}
    return json.dumps(made, indent=0, separators=(",", ":")) + "\n"


def _code(geometry: dict) -> str:
    """Of the country it belongs to under international law; empty for what lies far away."""
    number = geometry.get("id", "")
    return CODES.get(number) or BY_NAME.get(geometry["properties"]["name"], "") or (LAND if number in AROUND else "")


def _is_in(ring: list[Point], frame: tuple[Point, Point]) -> bool:
    (west, south), (east, north) = frame
    corners = [_projected(*at) for at in ((west, south), (west, north), (east, south), (east, north))]
    (left, top), (right, bottom) = (tuple(pick(side) for side in zip(*corners, strict=True)) for pick in (min, max))
    return all(left <= x <= right and top <= y <= bottom for x, y in ring)


def _unpacked(arc: list, transform: dict) -> Iterable[Point]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + move_x, y * scale_y + move_y


def _projected(longitude: float, latitude: float) -> Point:
    """Lambert's azimuthal equal-area projection."""
    phi, away, centre = radians(latitude), radians(longitude - CENTRE[1]), radians(CENTRE[0])
    nearness = sin(centre) * sin(phi) + cos(centre) * cos(phi) * cos(away)
    stretch = SCALE * sqrt(2 / max(1 + nearness, 1e-3))
    x = stretch * cos(phi) * sin(away)
    y = stretch * (cos(centre) * sin(phi) - sin(centre) * cos(phi) * cos(away))
    return WIDTH / 2 + x + OFFSET[0], HEIGHT / 2 - y + OFFSET[1]


def _simplified(points: list[Point]) -> list[Point]:
    """After Visvalingam: the corner that matters least goes first; the ends stay, so that borders still meet."""
    points = list(points)
    while len(points) > (4 if points[0] == points[-1] else 2):
        areas = [_area(points[at - 1 : at + 2]) for at in range(1, len(points) - 1)]
        least = min(range(len(areas)), key=areas.__getitem__)
        if areas[least] >= FEWEST_AREA:
            break
        del points[least + 1]
    return points


def _rings(geometry: dict, arcs: list[list[Point]]) -> Iterable[list[Point]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            yield [at for number in ring for at in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _path(ring: list[Point]) -> str:
    ring = _clipped(ring)
    if len(ring) < 3 or _area(ring) < SMALLEST:
        return ""
    corners = [(round(x), round(y)) for x, y in ring]
    steps = [(x - u, y - v) for (u, v), (x, y) in pairwise(corners) if (x, y) != (u, v)]
    return f"M{corners[0][0]},{corners[0][1]}l" + " ".join(f"{x},{y}" for x, y in steps) + "z"


def _clipped(ring: list[Point]) -> list[Point]:
    """To a frame a little larger than the drawing, side by side (Sutherland and Hodgman)."""
    sides = ((0, -8.0, 1), (0, WIDTH + 8.0, -1), (1, -8.0, 1), (1, HEIGHT + 8.0, -1))
    for axis, limit, sign in sides:
        kept: list[Point] = []
        for before, at in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            is_in, was_in = (at[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if is_in != was_in:
                share = (limit - before[axis]) / (at[axis] - before[axis])
                kept.append(tuple(a + (b - a) * share for a, b in zip(before, at, strict=True)))
            if is_in:
                kept.append(at)
        ring = kept
    return ring


def _area(points: list[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
