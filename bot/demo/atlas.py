"""The map of the demo's phones: the outlines of kabupaten and kota with their names."""

from __future__ import annotations

from routing.areas import PROVINCE, Areas, read_lines
from routing.polygons import Shapes
from simulator.page import Area


def areas() -> list[Area]:
    """Every outline with the name of its area and province; land of other countries has none."""
    known = Areas.load()
    return [Area(_called(known, shape.code), shape.outline) for shape in Shapes.read(read_lines("areas_polygons.txt"))]


def _called(known: Areas, code: str) -> str:
    name = known.name(code)
    return f"{name}, {known.name(code[:PROVINCE])}" if name else ""
