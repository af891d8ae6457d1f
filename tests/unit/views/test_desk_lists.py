"""The lists of the desks: in one word who should act, until when, and one button per line."""

from collections.abc import Sequence

import pytest

from domain.lifecycle import Status
from domain.queues import Tab
from locales.translator import Words, words_for
from services.case_sheets import CaseLine
from services.desk_sheets import QueueSheet
from services.handling import PAGE
from simulator.formatting import formatted
from tests.unit.views.desk_sheets import NUMBER, a_line
from views import queue
from views.screen import Screen, utf16_length
from views.spoken import choice
from views.taps import Verb, tap

WORDS = words_for("id")
FULL = tuple(a_line(f"7KM-3QX-PW{place}", summary="😀 jalan <b>rusak</b> " * 20) for place in range(PAGE))


def queued(found: Sequence[CaseLine], page: int, words: Words, tab: Tab = Tab.ALL, **counts: int) -> Screen:
    return queue.queue(
        QueueSheet(tuple(found), tab, page, tuple((Tab(name), count) for name, count in counts.items())), words
    )


def shown(screen: Screen) -> str:
    return formatted(screen.text, "HTML").text


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (a_line(), "baru"),
        (a_line(taken=True, taken_by_me=True), "Bapak/Ibu tangani"),
        (a_line(taken=True), "ditangani rekan"),
        (a_line(status=Status.IN_PROGRESS), "belum ada yang menangani"),
        (a_line(status=Status.ON_HOLD, taken=True), "menunggu jawaban pelapor"),
        (a_line(status=Status.SUBMITTED), "belum diverifikasi"),
    ],
)
def test_a_line_says_in_one_word_who_should_act(line, state: str) -> None:  # type: ignore[no-untyped-def]
    assert f"1. {NUMBER} ({state})" in shown(queued((line,), 0, WORDS))


def test_a_deadline_stands_in_the_line_and_a_missed_one_says_so() -> None:
    assert "Tenggat Kamis, 9 April 2026" in shown(queued((a_line(),), 0, WORDS))
    assert "Terlambat, tenggat Kamis, 9 April 2026" in shown(queued((a_line(overdue=True),), 0, WORDS))


def test_what_waits_for_the_citizen_shows_no_deadline_of_the_unit() -> None:
    assert "enggat" not in shown(queued((a_line(status=Status.ON_HOLD),), 0, WORDS))


def test_a_line_of_the_queue_opens_the_case_and_one_of_the_desk_its_proposal() -> None:
    assert queued((a_line(),), 0, WORDS).choices[0].tap == tap(Verb.SHOW, NUMBER)
    assert queue.unverified((a_line(),), 0, WORDS).choices[0].tap == tap(Verb.VERIFY, NUMBER)
    assert queue.unrouted((a_line(),), 0, WORDS).choices[0].tap == tap(Verb.VERIFY, NUMBER)


def test_a_full_page_leads_on_and_a_later_one_back_and_the_typed_numbers_are_those_of_the_text() -> None:
    screen = queued(FULL, 1, WORDS)
    assert "(halaman 2)" in shown(screen)
    assert f"{PAGE + 1}. Berikutnya" in shown(screen)
    assert choice(screen, WORDS, str(PAGE + 1)) == tap(Verb.QUEUE, 2)
    assert choice(screen, WORDS, str(PAGE + 2)) == tap(Verb.QUEUE, 0)
    assert choice(screen, WORDS, "1") == tap(Verb.SHOW, FULL[0].number)


def test_a_short_first_page_has_nowhere_to_turn() -> None:
    assert len(queued((a_line(),), 0, WORDS).choices) == 1


def test_a_full_page_of_long_lines_fits_one_message() -> None:
    assert utf16_length(queue.unverified(FULL, 3, WORDS).text) < 4096


@pytest.mark.parametrize("listing", [queued, queue.unverified, queue.unrouted])
def test_an_empty_list_says_so_kindly(listing) -> None:  # type: ignore[no-untyped-def]
    assert shown(listing((), 0, WORDS))
    assert [button.label for button in listing((), 0, WORDS).choices] == ["Periksa lagi"]
    assert [button.label for button in listing((), 2, WORDS).choices] == ["Sebelumnya"]


def test_who_has_no_office_is_shown_how_to_complain() -> None:
    screen = queue.no_office(WORDS)
    assert "/lapor" in shown(screen)
    assert screen.choices[0].tap == tap(Verb.START_REPORT)


def test_an_officer_is_shown_the_way_from_the_coordinators_command_to_the_own_queue() -> None:
    assert queue.no_desk(WORDS).choices[0].tap == tap(Verb.QUEUE, 0)


@pytest.mark.parametrize("command", ["lihat", "balas", "selesai"])
def test_a_command_without_its_number_shows_an_example(command: str) -> None:
    assert f"/{command} {NUMBER}" in shown(queue.ask_number(WORDS, command))


def test_tabs_with_something_behind_them_say_how_many_and_can_be_typed() -> None:
    screen = queued((a_line(),), 0, WORDS, Tab.NEW, all=12, due=3, mine=0, new=1, waiting=2)
    assert [button.label for button in screen.choices[1:]] == ["Semua (12)", "Jatuh tempo (3)", "Menunggu pelapor (2)"]
    assert "3. Jatuh tempo (3)" in shown(screen)
    assert choice(screen, WORDS, "3") == tap(Verb.QUEUE, 0, Tab.DUE)


def test_a_tab_keeps_to_itself_when_its_pages_are_turned() -> None:
    screen = queued(FULL, 1, WORDS, Tab.DUE, all=30, due=20)
    assert choice(screen, WORDS, str(PAGE + 1)) == tap(Verb.QUEUE, 2, Tab.DUE)
    assert choice(screen, WORDS, str(PAGE + 2)) == tap(Verb.QUEUE, 0, Tab.DUE)


def test_an_empty_tab_leads_to_the_others() -> None:
    assert [button.label for button in queued((), 0, WORDS, Tab.MINE, all=2, mine=0).choices] == ["Semua (2)"]
