"""Holds the register of areas: complete, named, findable in spite of spelling."""

import pytest

from routing.areas import DISTRICT, PROVINCE, REGENCY, VILLAGE, Areas, bare, time_zone_of


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load()


@pytest.mark.parametrize(("level", "count"), [(PROVINCE, 38), (REGENCY, 514), (DISTRICT, 7285), (VILLAGE, 83762)])
def test_every_area_of_the_country_is_registered(areas: Areas, level: int, count: int) -> None:
    codes = list(areas.below("", level))
    assert len(set(codes)) == len(codes) == count
    assert all(areas.name(code) for code in codes[:: max(1, count // 500)])


def test_a_village_is_known_by_its_code(areas: Areas) -> None:
    assert areas.name("36.73.05.1001") == "Cipocok Jaya"
    assert areas.name("36.73.05.9999") is None
    assert areas.name("99") is None


def test_twenty_six_names_are_shared_by_a_kabupaten_and_a_kota(areas: Areas) -> None:
    names: dict[str, set[str]] = {}
    for code in areas.below("", REGENCY):
        name = areas.name(code) or ""
        names.setdefault(bare(name), set()).add(name.split()[0])
    shared = [name for name, kinds in names.items() if kinds == {"Kabupaten", "Kota"}]
    assert len(shared) == 26
    for name in shared:
        assert len([code for code in areas.called(name) if len(code) == REGENCY]) == 2


def test_spaces_and_capitals_do_not_count_in_a_name(areas: Areas) -> None:
    assert "51.07" in areas.called("karang ASEM")
    assert areas.called("karangasem") == areas.called("Karang Asem")


def test_a_misspelt_name_finds_the_area_it_resembles(areas: Areas) -> None:
    found = areas.resembling("cipocok jya", DISTRICT)
    assert found[0][0] == "36.73.05"
    assert areas.resembling("qqqqqqqq", REGENCY) == []


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("36.73", "Asia/Jakarta"),
        ("62", "Asia/Jakarta"),
        ("63.71", "Asia/Makassar"),
        ("51", "Asia/Makassar"),
        ("82", "Asia/Jayapura"),
        ("96.71", "Asia/Jayapura"),
    ],
)
def test_every_area_has_the_time_zone_of_its_province(code: str, zone: str) -> None:
    assert time_zone_of(code) == zone


def test_every_province_has_a_time_zone(areas: Areas) -> None:
    assert {time_zone_of(code) for code in areas.children()} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}
