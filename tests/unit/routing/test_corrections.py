"""Corrections move later suggestions of their own government, and keep nothing that points to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.corrections import FEWEST, Case, Handled, Lesson, fit, learn
from routing.directory import Directory, Government, Unit
from routing.matcher import AgencyMatcher
from routing.overlay import Overlay, Target
from routing.places import Place
from routing.words import read

CITY = "36.73"
SERANG = Place(province="Banten", regency="Kota Serang", code=CITY)
CILEGON = Place(province="Banten", regency="Kota Cilegon", code="36.72")
OFFICES = (
    Unit("36.73-dishub", CITY, "Dinas Perhubungan", ("transport",)),
    Unit("36.73-dprkp", CITY, "Dinas Perumahan", ("housing",)),
    Unit("36.73-dlh", CITY, "Dinas Lingkungan Hidup", ("environment",)),
    Unit("36.73-uptd", CITY, "UPTD Persampahan", ()),
    Unit("36.73.05", CITY, "Kecamatan Cipocok Jaya", ("territorial",), kind="territorial"),
)
LAMPS = (
    "lampu jalan di gang kami mati",
    "tolong lampu jalan dekat masjid mati terus",
    "lampu jalan padam gelap sekali kalau malam",
    "sudah lama lampu jalan mati di perempatan",
    "lampu jalan mati bahaya buat anak sekolah",
    "lampu penerangan jalan mati total",
)
LATER = "mohon dicek lampu jalan mati di depan rumah"


@pytest.fixture(scope="module")
def matcher() -> AgencyMatcher:
    city = Government(CITY, "Pemerintah Kota Serang", "regency", "Asia/Jakarta", served=True)
    return AgencyMatcher.load(Directory.from_parts([city], OFFICES))


def handled(texts: tuple[str, ...], unit: str, place: Place = SERANG) -> list[Handled]:
    return [Handled(text, place, unit, person) for person, text in enumerate(texts, start=1)]


def corrected(matcher: AgencyMatcher, lesson: Lesson) -> AgencyMatcher:
    return matcher.over(matcher.directory, {CITY: Overlay(lesson.weights)})


def first(matcher: AgencyMatcher, text: str = LATER, place: Place = SERANG) -> str | None:
    return matcher.suggest(text, place).candidates[0].unit


def test_corrections_move_a_later_suggestion(matcher: AgencyMatcher) -> None:
    assert first(matcher) == "36.73-dishub"
    lesson = learn(matcher, CITY, handled(LAMPS, "36.73-dprkp"))
    assert (lesson.complaints, lesson.corrections) == (6, 6)
    assert first(corrected(matcher, lesson)) == "36.73-dprkp"


def test_what_the_corrections_do_not_speak_of_stays_as_it_is(matcher: AgencyMatcher) -> None:
    after = corrected(matcher, learn(matcher, CITY, handled(LAMPS, "36.73-dprkp")))
    for text in ("sampah menumpuk di pasar", "ktp saya belum jadi", "bpjs saya nonaktif"):
        assert first(after, text) == first(matcher, text)


def test_corrections_of_one_government_move_nothing_elsewhere(matcher: AgencyMatcher) -> None:
    after = corrected(matcher, learn(matcher, CITY, handled(LAMPS, "36.73-dprkp")))
    assert after.suggest(LATER, CILEGON) == matcher.suggest(LATER, CILEGON)
    assert learn(matcher, CITY, handled(LAMPS, "36.73-dprkp", CILEGON)) == Lesson({}, 0, 0)


def test_a_unit_without_a_sector_can_be_learned(matcher: AgencyMatcher) -> None:
    texts = tuple(f"sampah menumpuk {more}" for more in ("di pasar", "lagi", "bau", "sejak lebaran", "tidak diangkut"))
    after = corrected(matcher, learn(matcher, CITY, handled(texts, "36.73-uptd")))
    best = after.suggest("sampah menumpuk tidak diangkut", SERANG).candidates[0]
    assert (best.unit, best.sector) == ("36.73-uptd", "environment")
    assert best.because


def test_a_unit_that_was_retired_since_falls_back_to_the_usual_office(matcher: AgencyMatcher) -> None:
    texts = tuple(f"sampah menumpuk {more}" for more in ("di pasar", "lagi", "bau", "sejak lebaran", "tidak diangkut"))
    lesson = learn(matcher, CITY, handled(texts, "36.73-uptd"))
    city = matcher.directory.governments[CITY]
    left = Directory.from_parts([city], [unit for unit in OFFICES if unit.code != "36.73-uptd"])
    after = matcher.over(left, {CITY: Overlay(lesson.weights)})
    assert first(after, "sampah menumpuk tidak diangkut") == "36.73-dlh"


def test_four_people_are_too_few(matcher: AgencyMatcher) -> None:
    lesson = learn(matcher, CITY, handled(LAMPS[: FEWEST - 1], "36.73-dprkp"))
    assert (lesson.weights, lesson.corrections) == ({}, FEWEST - 1)


def test_one_person_who_writes_often_counts_once(matcher: AgencyMatcher) -> None:
    same = [replace(each, person=1) for each in handled(LAMPS * 3, "36.73-dprkp")]
    assert learn(matcher, CITY, same).weights == {}


def test_what_was_right_already_teaches_nothing_new(matcher: AgencyMatcher) -> None:
    lesson = learn(matcher, CITY, handled(LAMPS, "36.73-dishub"))
    assert lesson == Lesson({}, 6, 0)


def test_many_confirmations_outweigh_a_few_corrections(matcher: AgencyMatcher) -> None:
    confirmed = [replace(each, person=100 + each.person) for each in handled(LAMPS * 10, "36.73-dishub")]
    lesson = learn(matcher, CITY, [*handled(LAMPS, "36.73-dprkp"), *confirmed])
    assert lesson.corrections == 6
    assert first(corrected(matcher, lesson)) == "36.73-dishub"


def test_a_moved_suggestion_is_not_called_confident(matcher: AgencyMatcher) -> None:
    surabaya = Place(province="Jawa Timur", regency="Kota Surabaya", code="35.78")
    text = "Lampu jalan depan gang kami mati sudah dua minggu"
    assert matcher.suggest(text, surabaya).confident
    away = Overlay({"lampu": {"housing": 400, "transport": -400}})
    moved = matcher.over(matcher.directory, {"35.78": away}).suggest(text, surabaya)
    assert (moved.candidates[0].sector, moved.confident) == ("housing", False)


def test_names_numbers_places_and_unknown_words_never_enter(matcher: AgencyMatcher) -> None:
    named = tuple(f"{text}, kata Pak Slamet dan bu zubaedah xuqimba di cipocok jaya nomor 17" for text in LAMPS)
    lesson = learn(matcher, CITY, handled(named, "36.73-dprkp"))
    kept = {word for feature in lesson.weights for word in feature.split()}
    assert {"lampu", "mati"} <= kept
    assert kept & {"slamet", "zubaedah", "xuqimba", "cipocok", "17"} == set()


def test_the_same_decisions_teach_the_same_weights(matcher: AgencyMatcher) -> None:
    decisions = handled(LAMPS, "36.73-dprkp")
    assert learn(matcher, CITY, decisions) == learn(matcher, CITY, decisions)


def test_weights_are_whole_numbers_by_feature_and_target() -> None:
    ranking = (("transport", 0.7), ("housing", 0.3))
    cases = [Case(frozenset({"lampu"}), 4, ranking, Target("housing", "36.73-x"), person) for person in range(6)]
    weights = fit(cases)
    assert set(weights) == {"lampu"}
    assert weights["lampu"]["housing 36.73-x"] > 0
    assert weights["lampu"]["transport"] < 0
    assert all(isinstance(weight, int) for weight in weights["lampu"].values())


def test_an_overlay_that_says_nothing_leaves_the_very_scores() -> None:
    ranking = (("transport", 0.7), ("housing", 0.3))
    assert Overlay({}).over(read("lampu mati"), ranking) == ((Target("transport"), 0.7), (Target("housing"), 0.3))
