"""Rude words are covered and flagged, threats and hatred flagged; complaints about dogs, waste and fires are none."""

import tomllib

import pytest

from routing.rudeness import Flag, flags, softened
from routing.words import DATA


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("dasar bangsat, jalan rusak", "dasar b******, jalan rusak"),
        ("B4NGS4T", "B******"),
        ("g0bl0k!", "g*****!"),
        ("bangsaaaat", "b*********"),
        ("b a n g s a t", "b************"),
        ("b-a-n-g-s-a-t", "b************"),
        ("b*ngsat dan anj*ng", "b****** dan a*****"),
        ("goblognya petugas", "g******** petugas"),
        ("jancuk, kehed, pantek, sundala, naskleng", "j*****, k****, p*****, s******, n*******"),
        ("dasar anjing kalian", "dasar a***** kalian"),
        ("petugas kayak babi", "petugas kayak b***"),
    ],
)
def test_rude_words_keep_their_first_letter(text: str, shown: str) -> None:
    assert softened(text) == shown
    assert Flag.ABUSE in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "anjing liar menggigit anak di pasar",
        "kandang babi bau, tikus got, sampah menumpuk",
        "orang gila tidur di halte",
        "asuransi, cokelat, kontolan, bertele-tele",
        "rumah sakit, Kampung Cina, gereja Kristen di Jawa Barat",
        "warga bakar sampah, jangan bakar sampah",
        "saya diancam bunuh, tetangga mengancam bakar rumah",
        "kami takut dia bakar rumah kami",
        "112 4455 0110",
    ],
)
def test_complaints_about_animals_waste_places_and_victims_are_not_flagged(text: str) -> None:
    assert softened(text) == text
    assert flags(text) == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("awas kalian kalau tidak diperbaiki", Flag.THREAT),
        ("akan kami bakar kantor itu", Flag.THREAT),
        ("saya bunuh petugasnya", Flag.THREAT),
        ("kubacok nanti", Flag.THREAT),
        ("usir cina dari sini", Flag.HATRED),
        ("dasar batak", Flag.HATRED),
        ("lurahnya kafir", Flag.HATRED),
    ],
)
def test_threats_and_hatred_are_flagged_and_left_as_they_are(text: str, flag: Flag) -> None:
    assert flag in flags(text)
    assert softened(text) == text


def test_there_are_stems_enough_and_none_twice() -> None:
    table = tomllib.loads((DATA / "rudeness.toml").read_text(encoding="utf-8"))
    stems = [*table["abuse"], *table["maybe"]]
    assert len(stems) >= 90
    assert len(set(stems)) == len(stems)
