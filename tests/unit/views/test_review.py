"""The review: every field, who will see what, and a way to mend each part."""

from datetime import date

import pytest

from domain.drafting import NAME_MAX, STORY_MAX, TEXT_MAX, UNDECIDED, Step
from domain.when import Occurred
from locales.translator import words_for
from services.case_sheets import CandidateSheet, PlaceSheet
from tests.unit.views.told import PHOTO, VIDEO, a_draft, labels, read
from views import review
from views.screen import TEXT_LIMIT
from views.taps import Verb, tap

WORDS = words_for("id")


def shown(**fields) -> str:
    return read(review.screen(a_draft(**fields), WORDS))


def test_every_field_is_shown_before_it_leaves() -> None:
    text = shown(files=(PHOTO,))
    for line in (
        "Jenis: Pengaduan",
        "Waktu: kemarin sore (Minggu, 5 Januari 2025)",
        "Tujuan: Dinas Pekerjaan Umum, Kota Surakarta",
        "Jalan berlubang di depan Pasar Gede",
        "Lokasi: depan Pasar Gede; Sudiroprajan, Jebres, Kota Surakarta",
        "Waktu kejadian: kemarin sore",
        "Pelapor: Sari",
        "Lampiran: 1 foto",
    ):
        assert line in text


def test_every_field_can_be_mended() -> None:
    taps = {button.tap for button in review.screen(a_draft(), WORDS).choices}
    fields = set(Step) - {Step.PLACE_CHOICE, Step.REGENCY, Step.REVIEW, Step.SIMILAR}
    assert taps == {tap(Verb.SUBMIT, 7), tap(Verb.DISCARD, 7)} | {tap(Verb.EDIT, 7, step) for step in fields}


def test_sending_is_the_first_choice() -> None:
    assert labels(review.screen(a_draft(), WORDS))[0] == "Kirim laporan"


def test_an_anonymous_complaint_offers_no_name_to_mend() -> None:
    assert "Ubah nama" not in labels(review.screen(a_draft(anonymous=True, shown_name=None), WORDS))


@pytest.mark.parametrize(
    ("fields", "officer"),
    [
        ({"shown_name": "Sari"}, "Pelapor: Sari"),
        ({"shown_name": None}, "Pelapor: tidak menyebutkan nama"),
        ({"anonymous": True, "shown_name": None}, "Pelapor: anonim"),
    ],
)
def test_it_shows_what_the_officer_will_see_of_the_person(fields: dict, officer: str) -> None:
    seen = shown(**fields)
    assert officer in seen[seen.index("petugas akan melihatnya") : seen.index("masyarakat akan melihatnya")]


@pytest.mark.parametrize(
    ("anonymous", "secret", "public"),
    [
        (False, False, "Isi: Jalan berlubang"),
        (True, False, "Isi laporan ini tidak dibuka untuk umum."),
        (False, True, "Isi laporan ini tidak dibuka untuk umum."),
        (True, True, "Isi laporan ini tidak dibuka untuk umum."),
    ],
)
def test_it_shows_what_the_public_will_see(anonymous: bool, secret: bool, public: str) -> None:
    seen = shown(anonymous=anonymous, secret=secret, shown_name=None)
    assert seen[seen.index("masyarakat akan melihatnya, jika tahu nomornya:") :].split("\n")[1].startswith(public)


def test_it_says_that_numbers_that_name_people_are_covered_only_where_there_are_any() -> None:
    assert "Tanda [***] menutup" in shown(text="Petugas minta ditelepon di 0812 3456 7890 dan meminta uang.")
    assert "Tanda [***] menutup" not in shown()


def test_words_that_tell_who_wrote_it_are_quoted_as_a_warning() -> None:
    told = {"telling": ("saya, guru di SD 3", "rumah saya di Jalan Mawar")}
    assert "masyarakat siapa Anda: “saya, guru di SD 3”; “rumah saya di Jalan Mawar”" in shown(**told)
    assert "Anda memilih anonim, tetapi" in shown(**told, anonymous=True, shown_name=None)
    assert "Perhatian:" not in shown()


def test_the_longest_that_can_be_told_fits_one_message() -> None:
    screen = review.screen(
        a_draft(
            text="🙂" * STORY_MAX,
            place=PlaceSheet("🙂" * 300, "🙂" * 300, point=(-6.0, 106.0)),
            occurred=Occurred("🙂" * 300, date(2025, 1, 5)),
            shown_name="🙂" * NAME_MAX,
            files=(PHOTO, VIDEO),
            telling=("🙂" * 80,) * 9,
            accuses=False,
        ),
        WORDS,
    )
    assert len(read(screen).encode("utf-16-le")) // 2 <= TEXT_LIMIT


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
        ({"occurred": Occurred(None, date(2025, 1, 5))}, "Waktu: Minggu, 5 Januari 2025\n"),
        ({"occurred": Occurred("tiap malam")}, "Waktu: tiap malam\n"),
        ({"occurred": Occurred()}, "Waktu: sudah lama\n"),
        ({"place": PlaceSheet(None, None, point=(-7.5, 110.8))}, "Lokasi: lokasi yang Anda kirim\n"),
        ({"place": PlaceSheet("Jebres", "Jebres")}, "Lokasi: Jebres\n"),
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
