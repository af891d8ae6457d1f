"""Tells which area a point lies in, from outlines kept as short text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Ring = tuple[tuple[int, int], ...]

SCALE = 10_000
KM_PER_UNIT = 111.195 / SCALE


@dataclass(frozen=True)
class Shape:
    """The outline of one area: rings of (latitude, longitude) in ten-thousandths of a degree, read when needed."""

    code: str
    south: int
    west: int
    north: int
    east: int
    outline: str

    @classmethod
    def of(cls, code: str, rings: Iterable[Ring]) -> Shape:
        """Makes the shape of closed rings; an inner ring is a hole."""
        rings = tuple(rings)
        lats = [lat for ring in rings for lat, _ in ring]
        lngs = [lng for ring in rings for _, lng in ring]
        outline = " ".join(_encode_ring(ring) for ring in rings)
        return cls(code, min(lats), min(lngs), max(lats), max(lngs), outline)

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """The rings of the outline, decoded at the first question."""
        return tuple(_decode_ring(text) for text in self.outline.split(" "))

    def near(self, lat: int, lng: int, margin: int = 0) -> bool:
        """Says whether the point lies in the bounding box, widened by a margin on every side."""
        return self.south - margin <= lat <= self.north + margin and self.west - margin <= lng <= self.east + margin

    def covers(self, lat: int, lng: int) -> bool:
        """Says whether the point lies inside, by the even-odd rule over all rings."""
        inside = False
        for ring in self.rings:
            lat_a, lng_a = ring[-1]
            for lat_b, lng_b in ring:
                if (lat_a > lat) != (lat_b > lat) and lng < lng_a + (lat - lat_a) * (lng_b - lng_a) / (lat_b - lat_a):
                    inside = not inside
                lat_a, lng_a = lat_b, lng_b
        return inside

    def distance(self, lat: int, lng: int) -> float:
        """Gives the kilometres from a point outside to the nearest edge."""
        squeeze = math.cos(math.radians(lat / SCALE))
        edges = (_to_edge(lat, lng, a, b, squeeze) for ring in self.rings for a, b in pairwise(ring))
        return math.sqrt(min(edges)) * KM_PER_UNIT


class Shapes:
    """The outlines of many areas; the code `-` stands for land of another country."""

    ABROAD = "-"

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._shapes = tuple(shapes)

    @classmethod
    def read(cls, lines: Iterable[str]) -> Shapes:
        """Reads what `encode_shape` wrote, without decoding the outlines."""
        return cls(decode_shape(line) for line in lines)

    def __iter__(self) -> Iterator[Shape]:
        return iter(self._shapes)

    def covering(self, lat: float, lng: float) -> str | None:
        """Gives the code of the area around a point; where outlines overlap, of the smaller one."""
        y, x = round(lat * SCALE), round(lng * SCALE)
        hits = [shape for shape in self._shapes if shape.near(y, x) and shape.covers(y, x)]
        return min(hits, key=_extent).code if hits else None

    def nearest(self, lat: float, lng: float, within_km: float) -> str | None:
        """Gives the code of the closest area to a point that no outline covers, or nothing beyond the reach."""
        y, x = round(lat * SCALE), round(lng * SCALE)
        margin = math.ceil(within_km / KM_PER_UNIT)
        found = [(shape.distance(y, x), shape.code) for shape in self._shapes if shape.near(y, x, margin)]
        distance, code = min(found, default=(math.inf, None))
        return code if distance <= within_km else None


def encode_shape(shape: Shape) -> str:
    """Writes a shape as one line: code, bounding box, rings."""
    return f"{shape.code} {shape.south} {shape.west} {shape.north} {shape.east} {shape.outline}"


def decode_shape(line: str) -> Shape:
    """Reads one line of `encode_shape`."""
    code, south, west, north, east, outline = line.split(" ", 5)
    return Shape(code, int(south), int(west), int(north), int(east), outline.strip())


def _extent(shape: Shape) -> int:
    return (shape.north - shape.south) * (shape.east - shape.west)


def _to_edge(lat: int, lng: int, a: tuple[int, int], b: tuple[int, int], squeeze: float) -> float:
    ay, ax = a[0] - lat, (a[1] - lng) * squeeze
    dy, dx = b[0] - a[0], (b[1] - a[1]) * squeeze
    length = dy * dy + dx * dx
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ay * dy + ax * dx) / length))
    return (ay + along * dy) ** 2 + (ax + along * dx) ** 2


def _encode_ring(ring: Ring) -> str:
    """Writes steps between points as letters, five bits each (Google's encoded polyline format, at 1e-4)."""
    letters: list[str] = []
    lat = lng = 0
    for next_lat, next_lng in ring:
        letters += _letters(next_lat - lat), _letters(next_lng - lng)
        lat, lng = next_lat, next_lng
    return "".join(letters)


def _letters(step: int) -> str:
    value = ~(step << 1) if step < 0 else step << 1
    text = ""
    while value >= 32:
        text += chr((value & 31 | 32) + 63)
        value >>= 5
    return text + chr(value + 63)


def _decode_ring(text: str) -> Ring:
    steps: list[int] = []
    value = shift = 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            steps.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, lat, lng = [], 0, 0
    for i in range(0, len(steps), 2):
        lat += steps[i]
        lng += steps[i + 1]
        points.append((lat, lng))
    return tuple(points)
