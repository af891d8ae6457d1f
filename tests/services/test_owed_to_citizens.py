"""Automatic words to citizens: honest when it is late, asked twice whether it is solved, never at night."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, Role, Status
from domain.messages import Notice
from locales.translator import words_for
from services.letter_sheets import Letter
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views.letters import render
from views.taps import Verb


async def said(town: Town, clock: FakeClock, kind: Notice) -> list[Letter]:
    return [letter for letter in await town.owed(clock) if letter.kind is kind]


async def test_on_the_due_date_the_citizen_hears_that_it_is_late_who_holds_it_and_who_is_told_next(
    town: Town, clock: FakeClock
) -> None:
    await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    clock.set(jakarta("2026-04-14 16:00"))
    assert await town.timekeeping.tell_late(clock()) == 0
    clock.set(jakarta("2026-04-14 16:01"))
    assert await town.timekeeping.tell_late(clock()) == 1
    assert await town.timekeeping.tell_late(clock()) == 0
    [letter] = await said(town, clock, Notice.LATE)
    text = render(letter, words_for("id")).text
    assert letter.chat_id == 10
    assert "belum ditindaklanjuti" in text
    assert "Selasa, 14 April 2026 pukul 16.00 WIB" in text
    assert "Dinas Perumahan dan Kawasan Permukiman" in text
    assert "pada Rabu, 15 April 2026 kami memberi tahu: Kepala unit" in text


async def test_a_word_that_leaves_later_says_who_was_told_meanwhile(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    clock.set(jakarta("2026-04-15 08:00"))
    await town.timekeeping.escalate(clock())
    await town.timekeeping.tell_late(clock())
    [letter] = await said(town, clock, Notice.LATE)
    text = render(letter, words_for("id")).text
    assert "Sudah diberi tahu: Kepala unit, Rabu, 15 April 2026." in text
    assert "pada Jumat, 17 April 2026 kami memberi tahu: Admin koordinator" in text


async def test_nobody_is_announced_for_a_day_that_has_come(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    clock.set(jakarta("2026-04-15 08:00"))
    await town.timekeeping.tell_late(clock())
    [letter] = await said(town, clock, Notice.LATE)
    text = render(letter, words_for("id")).text
    assert "belum ditindaklanjuti" in text
    assert "kami memberi tahu" not in text


async def test_what_is_late_no_longer_is_not_said_to_be(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-14 17:00"))
    await town.timekeeping.tell_late(clock())
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas memeriksa tiang pada 14 April.")
    assert await said(town, clock, Notice.LATE) == []


async def test_nothing_is_said_by_itself_at_night(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    clock.set(jakarta("2026-04-14 20:00"))
    assert await town.timekeeping.tell_late(clock()) == 1
    assert await said(town, clock, Notice.LATE) == []
    clock.set(jakarta("2026-04-15 06:59"))
    assert await said(town, clock, Notice.LATE) == []
    clock.set(jakarta("2026-04-15 07:00"))
    assert len(await said(town, clock, Notice.LATE)) == 1


async def test_an_officer_who_answers_at_night_is_heard_at_once(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    clock.set(jakarta("2026-04-08 22:00"))
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas datang besok pagi, 9 April.")
    assert len(await said(town, clock, Notice.UPDATE)) == 1


async def test_closing_by_silence_is_told_in_the_morning(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu sudah menyala sejak 7 April.")
    await town.owed(clock)
    clock.set(jakarta("2026-04-21 23:00"))
    assert await town.timekeeping.close_silent(clock()) == 1
    assert await said(town, clock, Notice.UPDATE) == []
    clock.set(jakarta("2026-04-22 07:00"))
    [letter] = await said(town, clock, Notice.UPDATE)
    assert letter.event is not None
    assert letter.event.action is Action.CLOSE


# Done on Tuesday 7 April 2026: day 5 is Tuesday 14 April, day 9 Monday 20 April, the end Tuesday 21 April.
@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ("2026-04-13 16:00", 0),
        ("2026-04-14 07:29", 0),
        ("2026-04-14 07:30", 1),
        ("2026-04-17 12:00", 1),
        ("2026-04-20 07:30", 1),  # the fifth day was missed: one question, not two
        ("2026-04-21 16:01", 0),  # the window is over
    ],
)
async def test_sudah_beres_is_asked_on_the_fifth_and_ninth_day(
    town: Town, clock: FakeClock, at: str, asked: int
) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu sudah menyala sejak 7 April.")
    await town.owed(clock)
    clock.set(jakarta(at))
    assert await town.timekeeping.ask_outcome(clock()) == asked
    assert await town.timekeeping.ask_outcome(clock()) == 0


async def test_both_days_ask_and_yes_and_no_are_buttons(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu sudah menyala sejak 7 April.")
    await town.owed(clock)
    for day in ("2026-04-14", "2026-04-20"):
        clock.set(jakarta(f"{day} 08:00"))
        await town.timekeeping.ask_outcome(clock())
        [letter] = await said(town, clock, Notice.ASK_OUTCOME)
        screen = render(letter, words_for("id"))
        assert [button.label for button in screen.choices][:2] == ["Ya, sudah beres", "Belum beres"]
        assert [button.tap.verb for button in screen.choices][:2] == [Verb.CONFIRM, Verb.COMPOSE]
        assert "Selasa, 21 April 2026" in screen.text


async def test_who_has_answered_is_not_asked(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu sudah menyala sejak 7 April.")
    clock.set(jakarta("2026-04-14 08:00"))
    await town.timekeeping.ask_outcome(clock())
    closed = await town.tracking.confirm(case.citizen, case.number)
    assert closed.status is Status.CLOSED
    assert await said(town, clock, Notice.ASK_OUTCOME) == []


async def test_an_extension_that_runs_out_again_is_said_again(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas memeriksa tiang pada 7 April.")
    await town.owed(clock)
    due = await town.due(case.number, ClockKind.RESOLVE)
    clock.set(due)
    clock.advance(minutes=1)
    assert await town.timekeeping.tell_late(clock()) == 1
    asked = await town.requests.ask_extension(case.officer, case.number, 2, "Menunggu suku cadang dari pabrik")
    await town.requests.grant(case.coordinator, asked.id)
    assert await town.timekeeping.tell_late(clock()) == 0
    clock.set(await town.due(case.number, ClockKind.RESOLVE))
    clock.advance(minutes=1)
    assert await town.timekeeping.tell_late(clock()) == 1
