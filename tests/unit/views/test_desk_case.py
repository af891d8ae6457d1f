"""The card of a case: everything that the work needs, nothing that names the person, only what the rules allow."""

from datetime import date
from itertools import product

import pytest

from domain.drafting import TEXT_MAX, FileKind, FileState
from domain.lifecycle import DESK, HELPERS, WORKERS, Action, ClockKind, Role, Status
from domain.when import Occurred
from locales.translator import words_for
from services.case_sheets import FileSheet, PlaceSheet
from simulator.formatting import formatted, units
from tests.unit.views.desk_sheets import NUMBER, TUESDAY, a_candidate, a_case, a_due, an_event
from views import desk_case as cards
from views.screen import TEXT_LIMIT, Screen
from views.taps import Verb, tap

WORDS = words_for("id")


PHOTO = FileSheet(FileKind.PHOTO, FileState.OPEN, 1, "photo-1")


def labels(screen: Screen) -> list[str]:
    return [button.label for button in screen.choices]


def shown(screen: Screen) -> str:
    """The text as Telegram shows it; broken markup or too much of it fails here."""
    text = formatted(screen.text, "HTML").text
    assert units(text) <= TEXT_LIMIT
    return text


def test_the_card_tells_who_where_when_and_until_when() -> None:
    text = shown(cards.at_desk(a_case(files=(PHOTO,)), WORDS))
    for told in (
        NUMBER,
        "Lampu jalan di depan SD Negeri 2 mati.",
        "Pelapor: Ibu Sari",
        "depan SD Negeri 2; Cipocok Jaya, Kota Serang",
        "kemarin sore",
        "Tindak lanjut pertama: paling lambat Kamis, 9 April 2026 pukul 16.00 WIB",
        "Unit: Dinas Perumahan. Belum ada yang menangani.",
        "Lampiran: 1 foto",
    ):
        assert told in text


def test_the_point_comes_with_the_card_that_was_asked_for_and_not_with_one_that_is_redrawn() -> None:
    assert cards.at_desk(a_case(), WORDS).location == (-6.12, 106.17)
    assert cards.at_desk(a_case(), WORDS, placed=False).location is None


def test_files_stand_behind_one_button_that_counts_them() -> None:
    assert "Lampiran (1)" in labels(cards.at_desk(a_case(files=(PHOTO,)), WORDS))
    assert not [label for label in labels(cards.at_desk(a_case(), WORDS)) if "Lampiran" in label]


def test_a_file_that_waits_for_inspection_is_told_and_not_opened() -> None:
    files = (FileSheet(FileKind.DOCUMENT, FileState.WAITING), FileSheet(FileKind.VIDEO, FileState.WITHHELD))
    screen = cards.at_desk(a_case(files=files), WORDS)
    assert "1 lampiran masih kami ambil" in shown(screen)
    assert "1 lampiran ditahan" in shown(screen)


def test_an_anonymous_citizen_is_called_so_even_if_a_name_slipped_in() -> None:
    text = shown(cards.at_desk(a_case(anonymous=True, reporter="Sari Dewi"), WORDS))
    assert "Pelapor: anonim" in text
    assert "Sari" not in text


@pytest.mark.parametrize(("role", "status"), [*product((Role.OFFICER, Role.COORDINATOR, Role.INSPECTOR), Status)])
def test_every_button_of_the_card_is_an_action_that_the_rules_leave_open(role: Role, status: Status) -> None:
    case = a_case(role, status)
    offered = {button.tap for button in cards.at_desk(case, WORDS).choices}
    possible = {row[0].tap for action in case.actions for row in cards.case_buttons(case, WORDS, {action})}
    assert offered == possible
    assert len(offered) <= len(case.actions)


def test_an_officers_buttons_begin_with_the_daily_ones() -> None:
    assert labels(cards.at_desk(a_case(), WORDS)) == [
        "Tangani",
        "Tulis tanggapan",
        "Tanya pelapor",
        "Nyatakan selesai",
        "Bukan wewenang kami",
        "Ajukan permintaan",
        "Tulis catatan",
    ]


def test_a_case_in_my_hands_can_be_given_back_and_not_taken_again() -> None:
    mine = cards.at_desk(a_case(taken=True, taken_by_me=True), WORDS)
    assert "Tangani" not in labels(mine)
    assert "Lepas untuk rekan" in labels(mine)
    assert "Sedang Bapak/Ibu tangani." in shown(mine)


def test_a_case_in_a_colleagues_hands_can_be_neither() -> None:
    theirs = cards.at_desk(a_case(taken=True), WORDS)
    assert {"Tangani", "Lepas untuk rekan"}.isdisjoint(labels(theirs))
    assert "Sedang ditangani rekan Bapak/Ibu." in shown(theirs)


def test_a_coordinator_verifies_asks_passes_on_or_archives() -> None:
    screen = cards.at_desk(a_case(Role.COORDINATOR, Status.SUBMITTED), WORDS)
    assert labels(screen) == [
        *("Verifikasi", "Tunda dan tanya pelapor", "Bukan wewenang kami", "Arsipkan"),
        *("Buka identitas", "Teks untuk SP4N"),
    ]
    assert "Usulan: Dinas Perumahan, Pemerintah Kota Serang" in shown(screen)
    assert "Kata yang mendukung: lampu jalan" in shown(screen)


def test_the_desk_of_sp4n_copies_the_text_and_has_nobody_here_to_forward_to() -> None:
    case = a_case(Role.NATIONAL_ADMIN, Status.SUBMITTED, at_sp4n_desk=True, government=None)
    assert labels(cards.at_desk(case, WORDS)) == [
        "Teks untuk SP4N",
        "Tunda dan tanya pelapor",
        "Arsipkan",
        "Sudah masuk SP4N",
        "Buka identitas",
    ]


def test_an_accusation_is_marked_as_such() -> None:
    assert "tidak boleh mengetahuinya" in shown(cards.at_desk(a_case(Role.INSPECTOR, accuses=True), WORDS))
    assert "tidak boleh mengetahuinya" not in shown(cards.at_desk(a_case(), WORDS))


def test_who_filed_it_sees_it_as_a_citizen_and_asks_as_staff_to_see_it_as_staff() -> None:
    both = a_case(roles=frozenset({Role.CITIZEN, Role.OFFICER}))
    verbs = {button.tap.verb for button in cards.screen(both, WORDS).choices}
    assert Verb.TAKE not in verbs
    assert tap(Verb.TAKE, NUMBER) in {button.tap for button in cards.at_desk(both, WORDS).choices}


@pytest.mark.parametrize("role", sorted(set(Role) - WORKERS - DESK - HELPERS))
def test_hubs_and_observers_get_no_card(role: Role) -> None:
    assert "Pelapor:" not in shown(cards.at_desk(a_case(role, text=None, reporter=None, actions=()), WORDS))


def test_the_longest_complaint_stands_whole_on_the_most_crowded_card() -> None:
    told = "kalimat " * (TEXT_MAX // 8)
    case = a_case(
        text=told.strip(),
        accuses=True,
        secret=True,
        due=(a_due(), a_due(ClockKind.RESOLVE)),
        place=PlaceSheet("depan " * 100, "Cipocok " * 100),
        timeline=tuple(an_event(text="Sudah. " * 200) for _ in range(30)),
    )
    text = shown(cards.at_desk(case, WORDS, WORDS("desk.taken_now")))
    assert told.strip() in text
    assert "Tindak lanjut pertama" in text


@pytest.mark.parametrize(
    ("occurred", "read"),
    [
        (Occurred("seminggu lalu", date(2026, 3, 31)), "seminggu lalu (sekitar Selasa, 31 Maret 2026)"),
        (Occurred(None, date(2026, 4, 6)), "Senin, 6 April 2026"),
        (Occurred(), "sudah lama"),
    ],
)
def test_the_card_names_the_day_of_the_event(occurred: Occurred, read: str) -> None:
    text = shown(cards.at_desk(a_case(occurred=occurred), WORDS))
    assert f"Waktu kejadian: {read}\n" in text


def test_nothing_that_people_write_becomes_markup_or_breaks_the_card() -> None:
    nasty = "<b>&</i>😀" * 300
    case = a_case(
        Role.COORDINATOR,
        Status.SUBMITTED,
        text=nasty,
        reporter=nasty,
        place=PlaceSheet(nasty, nasty),
        occurred=Occurred(nasty, TUESDAY.date()),
        unit=nasty,
        candidates=(a_candidate(nasty, nasty),) * 3,
        timeline=tuple(an_event(text=nasty, unit=nasty) for _ in range(20)),
    )
    text = shown(cards.at_desk(case, WORDS))
    assert "<b>&</i>😀" in text


def test_the_newest_lines_of_a_long_history_stay_and_the_others_are_counted() -> None:
    events = tuple(an_event(text=f"Kabar ke-{place}. " + "x" * 200) for place in range(40))
    text = shown(cards.at_desk(a_case(timeline=events), WORDS))
    assert "Kabar ke-39." in text
    assert "Kabar ke-0." not in text
    assert "catatan sebelumnya)" in text


@pytest.mark.parametrize("action", [None, *Action])
def test_every_act_has_its_line_in_the_history(action: Action | None) -> None:
    for role in Role:
        assert "7 April 2026: " in shown(cards.at_desk(a_case(timeline=(an_event(action, role=role),)), WORDS))


def test_a_paused_deadline_says_that_it_waits() -> None:
    assert "tenggat berhenti sementara" in shown(cards.at_desk(a_case(due=(a_due(paused=True),)), WORDS))
