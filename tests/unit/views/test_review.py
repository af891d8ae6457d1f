"""The review: every field, who will see what, and a way to mend each part."""

from datetime import date

import pytest

from domain.drafting import TEXT_MAX, UNDECIDED, Step
from locales.translator import words_for
from services.sheets import CandidateSheet, PlaceSheet
from tests.unit.views.told import PHOTO, a_draft, labels, read
from views import review
from views.taps import Verb, tap

WORDS = words_for("id")


def shown(**fields) -> str:
    return read(review.screen(a_draft(**fields), WORDS))


def test_every_field_is_shown_before_it_leaves() -> None:
    text = shown(files=(PHOTO,))
    for line in (
        "Isi: Jalan berlubang di depan Pasar Gede",
        "Jenis: Pengaduan",
        "Tempat: depan Pasar Gede; Sudiroprajan, Jebres, Kota Surakarta",
        "Waktu: kemarin sore (Minggu, 5 Januari 2025)",
        "Berkas: 1 foto",
        "Tujuan: Dinas Pekerjaan Umum, Kota Surakarta",
    ):
        assert line in text


def test_every_field_can_be_mended() -> None:
    taps = {button.tap for button in review.screen(a_draft(), WORDS).choices}
    fields = set(Step) - {Step.PLACE_CHOICE, Step.REVIEW}
    assert taps == {tap(Verb.SUBMIT, 7), tap(Verb.DISCARD, 7)} | {tap(Verb.EDIT, 7, step) for step in fields}


def test_sending_is_the_first_choice() -> None:
    assert labels(review.screen(a_draft(), WORDS))[0] == "Kirim laporan"


def test_an_anonymous_complaint_offers_no_name_to_mend() -> None:
    assert "Ubah nama" not in labels(review.screen(a_draft(anonymous=True, shown_name=None), WORDS))


@pytest.mark.parametrize(
    ("fields", "officer"),
    [
        ({"shown_name": "Sari"}, "dengan nama “Sari”"),
        ({"shown_name": None}, "tanpa nama Anda"),
        ({"anonymous": True, "shown_name": None}, "dengan keterangan “anonim”"),
    ],
)
def test_it_says_what_the_officer_will_see(fields: dict, officer: str) -> None:
    assert f"Yang dilihat petugas: semua di atas, {officer}." in shown(**fields)


@pytest.mark.parametrize(
    ("anonymous", "secret", "public"),
    [
        (False, False, "isi dan keadaan laporan"),
        (True, False, "keadaan laporan saja"),
        (False, True, "keadaan laporan saja"),
        (True, True, "keadaan laporan saja"),
    ],
)
def test_it_says_what_the_public_will_see(anonymous: bool, secret: bool, public: str) -> None:
    assert f"Yang dilihat masyarakat: {public}" in shown(anonymous=anonymous, secret=secret)


def test_it_says_that_numbers_that_name_people_are_covered_only_where_there_are_any() -> None:
    assert "kami tutup" in shown(text="Petugas minta ditelepon di 0812 3456 7890 dan meminta uang.")
    assert "kami tutup" not in shown()


def test_an_accused_office_is_said_not_to_receive_it() -> None:
    assert "tidak akan menerimanya" in shown(accuses=True)
    assert "tidak akan menerimanya" not in shown()


@pytest.mark.parametrize("chosen", [None, UNDECIDED, 9])
def test_without_a_choice_of_agency_we_look_for_it(chosen: int | None) -> None:
    assert "Tujuan: dicarikan oleh petugas kami" in shown(chosen=chosen)


def test_a_long_description_is_cut_here_and_said_to_leave_whole() -> None:
    text = shown(text="Jalan rusak. " * (TEXT_MAX // 13))
    assert "Yang dikirim tetap lengkap" in text
    assert "Yang dikirim tetap lengkap" not in shown()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"occurred": None, "occurred_on": date(2025, 1, 5)}, "Waktu: Minggu, 5 Januari 2025\n"),
        ({"occurred": "tiap malam", "occurred_on": None}, "Waktu: tiap malam\n"),
        ({"occurred": None, "occurred_on": None}, "Waktu: sudah lama\n"),
        ({"place": PlaceSheet(None, None, point=(-7.5, 110.8))}, "Tempat: lokasi yang Anda kirim\n"),
        ({"place": PlaceSheet("Jebres", "Jebres")}, "Tempat: Jebres\n"),
        ({"place": None}, "Tempat: tidak disebutkan\n"),
        ({"files": ()}, "Berkas: tidak ada\n"),
    ],
)
def test_what_was_told_in_part_reads_well(fields: dict, line: str) -> None:
    assert line in shown(**fields)


@pytest.mark.parametrize(
    ("agency", "unit", "said"),
    [
        ("Kota Surakarta", "Dinas Pekerjaan Umum", "Dinas Pekerjaan Umum, Kota Surakarta"),
        ("Dinas Pekerjaan Umum Kota Surakarta", "Dinas Pekerjaan Umum", "Dinas Pekerjaan Umum Kota Surakarta"),
        ("PT PLN", None, "PT PLN"),
    ],
    ids=["unit and government", "the name holds both", "no unit"],
)
def test_an_office_is_named_without_saying_anything_twice(agency: str, unit: str | None, said: str) -> None:
    assert review.office_text(CandidateSheet("x", agency, unit, ()), 200) == said
