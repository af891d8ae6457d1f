"""Tells which area a shared location belongs to, from outlines, islands and known points."""

from __future__ import annotations

import math
from collections.abc import Iterable

from routing.areas import read_lines
from routing.polygons import Shapes

KM_PER_DEGREE = 111.195
COAST_KM = 3.0
ISLAND_KM = 5.0

Point = tuple[float, float]


class Positions:
    """The map: outlines of regencies, and the small islands that the outlines leave out."""

    def __init__(self, shapes: Shapes, islands: Iterable[str]) -> None:
        self._shapes = shapes
        self._islands: dict[tuple[int, int], list[tuple[Point, str]]] = {}
        for line in islands:
            code, *points = line.split(" ")
            for text in points:
                lat, lng = (int(number) / 1000 for number in text.split(","))
                self._islands.setdefault(_cell(lat, lng), []).append(((lat, lng), code))

    @classmethod
    def load(cls) -> Positions:
        """Reads the packaged map."""
        return cls(Shapes.read(read_lines("areas_polygons.txt")), read_lines("areas_islands.txt"))

    def regency(self, lat: float, lng: float) -> str | None:
        """Gives the code of the regency around a point; nothing abroad, at sea or for impossible numbers.

        The outlines are coarse: a point within 3 km of a coast or 5 km of a charted island still counts.
        """
        if not (math.isfinite(lat) and math.isfinite(lng)):
            return None
        code = self._shapes.covering(lat, lng)
        code = code or self._shapes.nearest(lat, lng, COAST_KM) or self._island(lat, lng)
        return None if code == Shapes.ABROAD else code

    def _island(self, lat: float, lng: float) -> str | None:
        y, x = _cell(lat, lng)
        near = [
            (_km((lat, lng), point), code)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for point, code in self._islands.get((y + i, x + j), ())
        ]
        distance, code = min(near, default=(math.inf, None))
        return code if distance <= ISLAND_KM else None


def _cell(lat: float, lng: float) -> tuple[int, int]:
    return math.floor(lat * 10), math.floor(lng * 10)


def _km(a: Point, b: Point) -> float:
    squeeze = math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(a[0] - b[0], (a[1] - b[1]) * squeeze) * KM_PER_DEGREE
