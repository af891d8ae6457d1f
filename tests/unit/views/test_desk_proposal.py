"""The proposal: what would be forwarded, why, to whom else it could go, and whom it must never reach."""

import pytest

from domain.lifecycle import ComplaintClass, Role, Status
from locales.translator import words_for
from services.handling import PAGE
from simulator.formatting import formatted, units
from tests.unit.views.desk_sheets import NUMBER, a_case, a_proposal
from views import proposal
from views.screen import TEXT_LIMIT, Screen
from views.taps import Verb, tap

WORDS = words_for("id")
MANY = tuple(range(1, 31))


def shown(screen: Screen) -> str:
    text = formatted(screen.text, "HTML").text
    assert units(text) <= TEXT_LIMIT
    return text


def labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.choices]


def test_class_unit_and_the_citizens_own_words_for_it_stand_before_the_second_tap() -> None:
    text = shown(proposal.screen(a_proposal(), WORDS))
    assert "Golongan: Pengaduan tidak berkadar pengawasan" in text
    assert "Teruskan kepada: Dinas Perumahan" in text
    assert "Kata yang mendukung: lampu jalan" in text


def test_the_words_that_spoke_for_one_unit_are_not_shown_for_another() -> None:
    changed = a_proposal(unit_id=3, unit_name="Dinas Kesehatan")
    assert "Kata yang mendukung" not in shown(proposal.screen(changed, WORDS))


def test_confirming_is_the_first_button_and_what_else_can_be_done_follows() -> None:
    screen = proposal.screen(a_proposal(), WORDS)
    assert screen.choices[0].tap == tap(Verb.FORWARD, NUMBER, 77)
    assert labels(screen) == [
        "Ya, teruskan",
        "Ganti unit",
        "Ganti golongan",
        "Tunda dan tanya pelapor",
        "Bukan wewenang kami",
        "Arsipkan",
        "Lihat laporan",
    ]


def test_without_a_unit_nothing_can_be_confirmed_and_the_unit_is_asked_for() -> None:
    screen = proposal.screen(a_proposal(unit_id=None, unit_name=None), WORDS)
    assert "Mohon pilih unitnya" in shown(screen)
    assert labels(screen)[0] == "Pilih unit"
    assert Verb.FORWARD not in {button.tap.verb for button in screen.choices}


def test_a_unit_without_officers_is_named_as_such() -> None:
    assert "belum punya petugas yang aktif" in shown(proposal.screen(a_proposal(reachable=False), WORDS))


def test_an_accusation_warns_and_leaves_only_the_inspectorate() -> None:
    case = a_case(Role.COORDINATOR, Status.SUBMITTED, accuses=True)
    sheet = a_proposal(
        case,
        complaint_class=ComplaintClass.SUPERVISORY,
        unit_id=9,
        unit_name="Inspektorat",
        unit_ids=(9,),
        unit_names=("Inspektorat",),
    )
    screen = proposal.screen(sheet, WORDS)
    assert "tidak boleh mengetahuinya" in shown(screen)
    assert "hanya dapat diteruskan kepada Inspektorat" in shown(screen)
    assert Verb.UNITS not in {button.tap.verb for button in screen.choices}


def test_an_accusation_where_there_is_no_inspectorate_cannot_be_forwarded() -> None:
    case = a_case(Role.COORDINATOR, Status.SUBMITTED, accuses=True)
    screen = proposal.screen(a_proposal(case, unit_id=None, unit_name=None, unit_ids=(), unit_names=()), WORDS)
    assert "Belum ada Inspektorat" in shown(screen)
    assert {Verb.FORWARD, Verb.UNITS}.isdisjoint(button.tap.verb for button in screen.choices)


def test_the_desk_of_sp4n_is_given_the_text_to_copy() -> None:
    case = a_case(Role.NATIONAL_ADMIN, Status.SUBMITTED, at_sp4n_desk=True)
    screen = proposal.screen(a_proposal(case, unit_id=None, unit_name=None, unit_ids=(), unit_names=()), WORDS)
    assert labels(screen)[0] == "Teks untuk SP4N"


def test_units_are_paged_and_the_last_page_ends() -> None:
    sheet = a_proposal(unit_ids=MANY, unit_names=tuple(f"Dinas {place}" for place in MANY))
    first, last = proposal.units(sheet, 0, WORDS), proposal.units(sheet, 3, WORDS)
    assert labels(first)[:PAGE] == [f"Dinas {place}" for place in range(1, PAGE + 1)]
    assert first.choices[0].tap == tap(Verb.CHOOSE_UNIT, NUMBER, 77, 1)
    assert labels(first)[PAGE:] == ["Berikutnya", "Kembali"]
    assert labels(last) == [f"Dinas {place}" for place in range(25, 31)] + ["Sebelumnya", "Kembali"]


def test_a_page_that_does_not_exist_still_leads_back() -> None:
    assert labels(proposal.units(a_proposal(), 900, WORDS)) == ["Sebelumnya", "Kembali"]


def test_a_full_last_page_leads_no_further() -> None:
    sheet = a_proposal(unit_ids=MANY[:PAGE], unit_names=tuple(f"Dinas {place}" for place in MANY[:PAGE]))
    assert "Berikutnya" not in labels(proposal.units(sheet, 0, WORDS))


def test_the_four_classes_can_be_chosen() -> None:
    screen = proposal.classes(NUMBER, 77, WORDS)
    assert [button.tap for button in screen.choices] == [
        tap(Verb.CHOOSE_CLASS, NUMBER, 77, each) for each in ComplaintClass
    ]


def test_every_button_of_a_proposal_fits_the_payload_of_telegram() -> None:
    sheet = a_proposal(serial=2**31 - 1, unit_ids=(2**31 - 1, 2), unit_names=("A", "B"))
    screens = (proposal.screen(sheet, WORDS), proposal.units(sheet, 99, WORDS), proposal.units(sheet, 0, WORDS))
    assert all(button.tap.pack() for screen in screens for button in screen.choices)


@pytest.mark.parametrize("status", [Status.FORWARDED, Status.IN_PROGRESS, Status.DONE])
def test_what_was_forwarded_before_is_redirected_and_not_verified(status: Status) -> None:
    text = shown(proposal.screen(a_proposal(a_case(Role.COORDINATOR, status)), WORDS))
    assert text.startswith("Alihkan")


def test_after_the_second_tap_the_coordinator_reads_where_it_went_and_until_when() -> None:
    screen = proposal.forwarded(a_case(Role.COORDINATOR), WORDS)
    assert "sudah diteruskan kepada Dinas Perumahan" in shown(screen)
    assert "paling lambat Kamis, 9 April 2026" in shown(screen)


def test_long_words_of_people_and_names_of_units_are_cut_and_escaped() -> None:
    nasty = "<b>&</i>😀" * 400
    case = a_case(Role.COORDINATOR, Status.SUBMITTED, text=nasty, reporter=nasty)
    sheet = a_proposal(case, unit_name=nasty, unit_names=(nasty, "B", "C"))
    assert "<b>&</i>😀" in shown(proposal.screen(sheet, WORDS))
    assert all(len(label) <= 60 for label in labels(proposal.units(sheet, 0, WORDS)))
