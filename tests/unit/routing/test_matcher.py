"""The matcher suggests who should answer, says why in the citizen's own words, and knows when it does not know."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from routing.directory import Directory, Government, Unit
from routing.matcher import AgencyMatcher
from routing.places import Place

_TABLE = tomllib.loads(Path(__file__).with_name("everyday.toml").read_text(encoding="utf-8"))
EVERYDAY = [(sector, text) for sector, texts in _TABLE.items() for text in texts]
SERANG = Place(province="Banten", regency="Kota Serang", district="Cipocok Jaya")
SURABAYA = Place(province="Jawa Timur", regency="Kota Surabaya")
LAMPS = "Lampu jalan depan gang kami mati sudah dua minggu"


@pytest.fixture(scope="module")
def matcher() -> AgencyMatcher:
    return AgencyMatcher.load(Directory.seed())


@pytest.mark.parametrize(("sector", "text"), EVERYDAY)
def test_an_everyday_complaint_finds_its_sector_among_three(matcher: AgencyMatcher, sector: str, text: str) -> None:
    assert sector in [candidate.sector for candidate in matcher.suggest(text, SERANG).candidates]


@pytest.mark.parametrize("place", [None, SERANG], ids=["nowhere", "serang"])
def test_nineteen_of_twenty_everyday_complaints_are_right_at_once(matcher: AgencyMatcher, place: Place | None) -> None:
    right = [matcher.suggest(text, place).candidates[0].sector == sector for sector, text in EVERYDAY]
    assert sum(right) >= 0.95 * len(EVERYDAY)


@pytest.mark.parametrize("text", [text for _, text in EVERYDAY])
def test_reasons_are_the_citizens_own_words(matcher: AgencyMatcher, text: str) -> None:
    best, *others = matcher.suggest(text, SERANG).candidates
    assert best.because
    assert all(reason in text for candidate in (best, *others) for reason in candidate.because)


def test_reasons_never_join_the_title_to_the_text(matcher: AgencyMatcher) -> None:
    title, text = "Tolong lampu", "jalan kampung gelap, lampu penerangan mati"
    for candidate in matcher.suggest(text, SERANG, title).candidates:
        assert all(reason in title or reason in text for reason in candidate.because)


def test_misspelt_words_are_shown_as_they_were_written(matcher: AgencyMatcher) -> None:
    best = matcher.suggest("jln brlubang parah bgt", SERANG).candidates[0]
    assert best.sector == "public_works"
    assert any("brlubang" in reason for reason in best.because)


def test_the_name_of_a_place_is_no_reason(matcher: AgencyMatcher) -> None:
    best = matcher.suggest("Lampu jalan mati di kecamatan Cipocok Jaya", SERANG).candidates[0]
    assert not any("cipocok" in reason.lower() for reason in best.because)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "😀😀😀",
        "12345 67890",
        "halo min",
        "the weather is nice today and I love this city very much",
        "my street light is broken please fix it soon thank you",
        "anjing kau tolol semua goblok",
        "dasar pelayanan sampah bangsat goblok semua pegawai kelurahan",
        "asdf qwer zxcv hjkl uiop",
        "今日は天気がいいですね",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("place", [None, SERANG, SURABAYA], ids=["nowhere", "serang", "surabaya"])
def test_what_says_nothing_is_never_confident(matcher: AgencyMatcher, text: str, place: Place | None) -> None:
    answer = matcher.suggest(text, place)
    assert not answer.confident
    assert len(answer.candidates) <= 3


def test_an_empty_text_gets_no_candidates_and_no_question(matcher: AgencyMatcher) -> None:
    answer = matcher.suggest("", SERANG)
    assert answer.candidates == ()
    assert answer.question is None


def test_a_plain_complaint_is_confident_where_the_habits_are_known(matcher: AgencyMatcher) -> None:
    answer = matcher.suggest(LAMPS, SURABAYA)
    assert answer.confident
    assert not answer.accuses
    assert answer.candidates[0].agency == "Dinas Perhubungan Kota Surabaya"


def test_a_place_named_in_the_text_is_used_when_none_is_given(matcher: AgencyMatcher) -> None:
    answer = matcher.suggest("Lampu jalan mati di kecamatan Cipocok Jaya")
    assert answer.place is not None
    assert answer.place.regency == "Kota Serang"


def test_scores_fall_from_best_to_last_between_nought_and_one(matcher: AgencyMatcher) -> None:
    scores = [candidate.score for candidate in matcher.suggest(LAMPS, SERANG).candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Petugas kelurahan minta uang 50 ribu untuk urus KTP", "territorial"),
        ("Guru memukul anak saya di SMP sampai memar", "education"),
        ("ada pungli waktu uji KIR di dishub", "transport"),
        ("dana desa dikorupsi kepala desa", "village"),
        ("Pungutan liar di SMA negeri, tiap siswa wajib bayar", "education"),
        ("pegawai puskesmas melakukan pelecehan ke pasien", "health"),
    ],
)
def test_an_accusation_goes_to_the_inspectorate_and_not_to_the_accused(
    matcher: AgencyMatcher, text: str, accused: str
) -> None:
    answer = matcher.suggest(text, SERANG)
    assert answer.accuses
    assert not answer.confident
    assert answer.candidates[0].sector == "inspectorate"
    assert all(reason in text for reason in answer.candidates[0].because)
    assert accused not in [candidate.sector for candidate in answer.candidates]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Petugas DPRKP minta uang pelicin supaya lampunya diperbaiki", "36.73-dprkp"),
        ("Perkim minta uang pelicin buat ganti lampu", "36.73-dprkp"),
        ("Dinas Perumahan dan Permukiman pungli ke warga", "36.73-dprkp"),
        ("Oknum Satpol PP menerima setoran tiap malam dari PKL", "36.73-satpolpp"),
        ("pegawai sekretariat daerah disuap rekanan", "36.73-setda"),
    ],
)
def test_a_unit_is_accused_by_its_name_a_nickname_or_its_abbreviation(
    matcher: AgencyMatcher, text: str, named: str
) -> None:
    city = Government("36.73", "Pemerintah Kota Serang", "regency", "Asia/Jakarta", served=True)
    units = [
        Unit("36.73-dprkp", "36.73", "Dinas Perumahan dan Permukiman", ("housing",), aliases=("perkim",)),
        Unit("36.73-satpolpp", "36.73", "Satuan Polisi Pamong Praja", ("other",), aliases=("satpol pp",)),
        Unit("36.73-setda", "36.73", "Sekretariat Daerah", ()),
        Unit("36.73-inspektorat", "36.73", "Inspektorat", ("inspectorate",), kind="inspectorate"),
        Unit("36.73.01", "36.73", "Kecamatan Serang", ("territorial",), kind="territorial"),
    ]
    enrolled = matcher.over(Directory.from_parts([city], units))
    answer = enrolled.suggest(f"{text}, sudah saya sampaikan ke Inspektorat di Kecamatan Serang", SERANG)
    assert named in answer.accused
    assert not {"36.73-inspektorat", "36.73.01"} & set(answer.accused)
    assert {candidate.unit for candidate in answer.candidates} & set(answer.accused) == set()


def test_two_close_candidates_are_separated_by_one_question(matcher: AgencyMatcher) -> None:
    answer = matcher.suggest("tolong tiang lampu di depan rumah dicek", SERANG)
    assert answer.question is not None
    assert answer.question.sectors == tuple(candidate.sector for candidate in answer.candidates[:2])


def test_the_same_text_gets_the_same_answer_twice(matcher: AgencyMatcher) -> None:
    assert matcher.suggest(LAMPS, SERANG) == matcher.suggest(LAMPS, SERANG)


def test_the_same_model_serves_another_directory(matcher: AgencyMatcher) -> None:
    housing = Unit("36.73-dprkp", "36.73", "Dinas Perumahan", ("housing",), topics=("street_lamp",))
    city = Government("36.73", "Pemerintah Kota Serang", "regency", "Asia/Jakarta", served=True)
    enrolled = matcher.over(Directory.from_parts([city], [housing]))
    assert enrolled.suggest(LAMPS, SERANG).candidates[0].unit == housing.code
    assert matcher.suggest(LAMPS, SERANG).candidates[0].unit is None
