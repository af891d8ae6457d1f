"""The poster: its code leads where it should, its words fit, the page is A4."""

import re
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from locales.translator import words_for
from services.campaigns import PosterSheet
from views.poster import address, draw, headline

WORDS = words_for("id")
ROADS = PosterSheet(
    "k_jalan-rusak", "Ada jalan rusak?", "public_works", "Dinas PUPR", "Kota Serang", date(2026, 12, 31)
)
LONGEST = PosterSheet(
    "k_" + "a" * 40,
    "Bagaimana pelayanan administrasi kependudukan di kantor kecamatan Anda hari ini?",
    None,
    "Badan " * 15,
    None,
    None,
)


@pytest.mark.parametrize(("sheet", "username"), [(ROADS, "LaporSerangBot"), (LONGEST, "Lapor" + "a" * 24 + "Bot")])
def test_a_phone_reads_the_code_of_the_printed_page(sheet: PosterSheet, username: str) -> None:
    poster = draw(sheet, username, WORDS)
    picture = Image.open(BytesIO(poster.png))
    assert picture.size == (2480, 3508)
    # As a cheap camera sees it across the street.
    small = picture.resize((496, 702))
    assert [code.text for code in zxingcpp.read_barcodes(small)] == [address(username, sheet.payload)]
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", poster.pdf)
    assert box is not None
    assert (round(float(box[1])), round(float(box[2]))) == (595, 842)


def test_nothing_is_written_over_the_edge_of_the_sheet() -> None:
    picture = Image.open(BytesIO(draw(LONGEST, "Lapor" + "a" * 24 + "Bot", WORDS).png))
    for left in (0, picture.width - 60):
        strip = picture.crop((left, 0, left + 60, picture.height))
        assert len(strip.getcolors(1000) or ()) <= 4


def test_the_question_is_the_operators_or_that_of_the_subject_or_one_for_all() -> None:
    assert headline(ROADS, WORDS) == "Ada jalan rusak?"
    assert headline(PosterSheet("s_environment", None, "environment", None, None, None), WORDS) == "Sampah menumpuk?"
    assert (
        headline(PosterSheet("s_religion", None, "religion", None, None, None), WORDS) == "Ada masalah layanan publik?"
    )
