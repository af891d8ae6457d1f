"""Everyday spellings become known words, and each keeps its place in the text."""

import pytest

from routing.words import normal, read


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("jln", "jalan"),
        ("yg", "yang"),
        ("dgn", "dengan"),
        ("sdh", "sudah"),
        ("brlubang", "berlubang"),
        ("PARAHHHH", "parah"),
        ("gorong2", "gorong gorong"),
        ("𝐥𝐚𝐦𝐩𝐮", "lampu"),
        ("gg", "gang"),
        ("tdk", "tidak"),
    ],
)
def test_everyday_spelling_becomes_the_common_one(written: str, form: str) -> None:
    assert normal(written) == form


def test_every_word_knows_where_it_stood() -> None:
    text = "Jln  dpn rmh 😀 sy brlubang!"
    assert [text[word.start : word.end] for word in read(text)] == ["Jln", "dpn", "rmh", "sy", "brlubang"]


def test_masks_links_and_addresses_are_not_words() -> None:
    assert [word.form for word in read("hubungi [TEL] atau nama@surat.id lihat https://contoh.id/a")] == [
        "hubungi",
        "atau",
        "lihat",
    ]


def test_junior_high_school_is_not_until() -> None:
    assert normal("SMP") == "smp"
