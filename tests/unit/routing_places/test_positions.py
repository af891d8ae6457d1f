"""Holds the map: a shared location belongs to the right regency, or to none."""

import csv
from pathlib import Path

import pytest

from routing.places import Gazetteer
from routing.polygons import Shape, Shapes, decode_shape, encode_shape

POINTS = Path(__file__).parents[4] / "shared" / "data" / "areas" / "reference_points.csv"
SQUARE = ((0, 0), (0, 100), (100, 100), (100, 0), (0, 0))
HOLE = ((40, 40), (40, 60), (60, 60), (60, 40), (40, 40))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("lat", "lng", "regency"),
    [
        (-6.1754, 106.8272, "Kota Administrasi Jakarta Pusat"),
        (-0.3051, 100.3692, "Kota Bukittinggi"),
        (-7.6079, 110.2038, "Kabupaten Magelang"),
        (-6.9025, 107.6188, "Kota Bandung"),
        (-7.2459, 112.7378, "Kota Surabaya"),
        (5.906, 95.216, "Kota Sabang"),
        (-8.4991, 140.4018, "Kabupaten Merauke"),
        (-5.745, 106.613, "Kabupaten Administrasi Kepulauan Seribu"),
        (-8.06, 127.18, "Kabupaten Maluku Barat Daya"),
        (4.136, 117.667, "Kabupaten Nunukan"),
        (2.55, 98.85, "Kabupaten Samosir"),
    ],
)
def test_well_known_points_belong_to_their_regency(gazetteer: Gazetteer, lat: float, lng: float, regency: str) -> None:
    place = gazetteer.locate(lat, lng)
    assert place is not None
    assert (place.regency, place.lat, place.lng) == (regency, lat, lng)


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        (1.2903, 103.852),  # Singapore
        (1.4927, 103.7414),  # Johor Bahru
        (-8.5569, 125.5603),  # Dili
        (-9.2, 124.36),  # Oecusse, inside the western half of Timor
        (-2.6847, 141.3026),  # Vanimo
        (4.245, 117.89),  # Tawau
        (-10.48, 105.63),  # Christmas Island
        (-5.0, 110.0),  # Java Sea
        (0.0, 0.0),
        (float("nan"), 110.0),
        (1e9, -1e9),
    ],
)
def test_a_point_abroad_or_at_sea_belongs_nowhere(gazetteer: Gazetteer, lat: float, lng: float) -> None:
    assert gazetteer.locate(lat, lng) is None


def test_97_of_100_reference_points_belong_to_their_regency(gazetteer: Gazetteer) -> None:
    if not POINTS.exists():
        pytest.skip(f"the reference points are not on this machine: {POINTS}")
    with POINTS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    right = 0
    for row in rows:
        place = gazetteer.locate(float(row["lat"]), float(row["lng"]))
        right += place is not None and place.code == row["code"][:5]
    assert right / len(rows) >= 0.97


def test_a_hole_is_not_inside() -> None:
    shape = Shape.of("a", [SQUARE, HOLE])
    assert shape.covers(20, 20)
    assert not shape.covers(50, 50)
    assert not shape.covers(120, 20)


def test_a_shape_survives_being_written_and_read() -> None:
    shape = Shape.of("36.73", [SQUARE, ((-61_754, 1_068_272), (-61_755, 1_068_270), (-61_754, 1_068_272))])
    again = decode_shape(encode_shape(shape))
    assert again == shape
    assert again.rings == shape.rings == (SQUARE, ((-61_754, 1_068_272), (-61_755, 1_068_270), (-61_754, 1_068_272)))


def test_of_overlapping_outlines_the_smaller_counts() -> None:
    shapes = Shapes([Shape.of("large", [SQUARE]), Shape.of("small", [HOLE])])
    assert shapes.covering(0.005, 0.005) == "small"
    assert shapes.covering(0.002, 0.002) == "large"


def test_a_point_just_outside_belongs_to_the_nearest_outline() -> None:
    shapes = Shapes([Shape.of("a", [SQUARE])])
    assert shapes.covering(0.02, 0.005) is None
    assert shapes.nearest(0.02, 0.005, within_km=2) == "a"
    assert shapes.nearest(0.02, 0.005, within_km=1) is None
