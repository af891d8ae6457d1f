"""Lateness climbs one level at a time, each tier on its own working day, and never the same tier twice."""

from datetime import UTC, datetime

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, Role
from domain.messages import Notice
from locales.translator import words_for
from services.caller import Caller
from services.clock_sheets import EscalatedLine
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views.letters import render


async def escalated(town: Town, clock: FakeClock) -> list[tuple[int, EscalatedLine]]:
    """Who is told of what, as it would leave now: the chat and the line."""
    letters = [letter for letter in await town.owed(clock) if letter.kind is Notice.ESCALATION]
    assert all(render(letter, words_for("id")).text for letter in letters)
    return [(letter.chat_id, line) for letter in letters for line in letter.escalated]


async def the_ladder(town: Town) -> dict[int, Caller]:
    """Somebody on every level, by chat."""
    return {
        40: await town.hires(40, Role.UNIT_HEAD, "dprkp"),
        50: await town.hires(50, Role.PROVINCE_HUB),
        60: await town.hires(60, Role.NATIONAL_ADMIN, government=None),
    }


# Forwarded on Tuesday 7 April 2026: the first follow-up is due on Tuesday 14 April at 16:00.
@pytest.mark.parametrize(
    ("morning", "tier", "chat"),
    [
        ("2026-04-15", Role.UNIT_HEAD, 40),  # Wednesday, one working day after
        ("2026-04-17", Role.COORDINATOR, 30),  # Friday, three
        ("2026-04-21", Role.PROVINCE_HUB, 50),  # Tuesday, five
        ("2026-04-28", Role.NATIONAL_ADMIN, 60),  # ten
    ],
)
async def test_each_tier_is_told_on_its_working_day_and_not_before(
    town: Town, clock: FakeClock, morning: str, tier: Role, chat: int
) -> None:
    case = await town.at_work(clock)
    await the_ladder(town)
    told: list[tuple[int, EscalatedLine]] = []
    for day in ("2026-04-15", "2026-04-16", "2026-04-17", "2026-04-20", "2026-04-21", "2026-04-24", "2026-04-28"):
        if day <= morning:
            assert tier not in {line.tier for _, line in told}
            clock.set(jakarta(f"{day} 07:29"))
            assert await town.timekeeping.escalate(clock()) == 0
            clock.set(jakarta(f"{day} 07:30"))
            await town.timekeeping.escalate(clock())
            told += [each for each in await escalated(town, clock) if each[1].clock is ClockKind.FIRST_FOLLOW_UP]
    assert [(to, line.tier, line.number) for to, line in told][-1] == (chat, tier, case.number)
    assert len(told) == len({line.tier for _, line in told})


async def test_a_report_one_hour_late_is_at_no_level(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await the_ladder(town)
    clock.set(jakarta("2026-04-14 16:00"))
    clock.advance(hours=1)
    assert await town.timekeeping.escalate(clock()) == 0


async def test_after_a_month_of_downtime_it_climbs_by_one_level_a_working_day(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await the_ladder(town)
    tiers = []
    for day in ("2026-05-18", "2026-05-19", "2026-05-20", "2026-05-21", "2026-05-22"):
        for hour in ("08:00", "09:00", "15:00"):
            clock.set(jakarta(f"{day} {hour}"))
            await town.timekeeping.escalate(clock())
        tiers.append([line.tier for _, line in await escalated(town, clock) if line.clock is ClockKind.RESOLVE])
    assert tiers == [[Role.UNIT_HEAD], [Role.COORDINATOR], [Role.PROVINCE_HUB], [Role.NATIONAL_ADMIN], []]


async def test_a_level_that_nobody_holds_is_passed_over_on_its_day(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    clock.set(jakarta("2026-04-15 08:00"))
    assert await town.timekeeping.escalate(clock()) == 0
    clock.set(jakarta("2026-04-17 08:00"))
    assert await town.timekeeping.escalate(clock()) == 1
    assert [(to, line.tier) for to, line in await escalated(town, clock)] == [(30, Role.COORDINATOR)]


async def test_what_nobody_has_verified_reminds_the_desk_and_then_climbs(town: Town, clock: FakeClock) -> None:
    await town.hires(30, Role.COORDINATOR)
    await town.hires(50, Role.PROVINCE_HUB)
    number = (await town.files(await town.meets(10))).number
    await town.owed(clock)
    # Verification is due on Friday 10 April.
    clock.set(jakarta("2026-04-09 08:00"))
    assert await town.timekeeping.remind(clock()) == 1
    [reminder] = [letter for letter in await town.owed(clock) if letter.kind is Notice.REMINDER]
    assert (reminder.chat_id, [line.number for line in reminder.reminders]) == (30, [number])
    clock.set(jakarta("2026-04-15 08:00"))
    await town.timekeeping.escalate(clock())
    assert [(to, line.clock) for to, line in await escalated(town, clock)] == [(30, ClockKind.VERIFY)]
    clock.set(jakarta("2026-04-17 08:00"))
    await town.timekeeping.escalate(clock())
    assert [(to, line.tier) for to, line in await escalated(town, clock)] == [(50, Role.PROVINCE_HUB)]


async def test_what_has_no_government_reminds_and_reaches_the_national_desk(town: Town, clock: FakeClock) -> None:
    await town.hires(60, Role.NATIONAL_ADMIN, government=None)
    number = (await town.files(await town.meets(10))).number
    await town.owed(clock)
    clock.set(jakarta("2026-04-13 08:00"))
    assert await town.timekeeping.remind(clock()) == 1
    assert [letter.chat_id for letter in await town.owed(clock) if letter.kind is Notice.REMINDER] == [60]
    clock.set(jakarta("2026-04-24 08:00"))
    await town.timekeeping.escalate(clock())
    assert [(to, line.number) for to, line in await escalated(town, clock)] == [(60, number)]


async def test_a_province_sees_the_number_and_the_office_but_no_word_of_the_text(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    await town.hires(50, Role.PROVINCE_HUB)
    for day in ("2026-04-20", "2026-04-21"):
        clock.set(jakarta(f"{day} 08:00"))
        await town.timekeeping.escalate(clock())
    lines = dict(await escalated(town, clock))
    assert lines[50].summary is None
    assert lines[50].office == "Dinas Perumahan dan Kawasan Permukiman, Pemerintah Kota Serang"
    assert lines[50].days_late == 5
    assert "Lampu" in str(lines[30].summary)


async def test_an_escalation_that_is_no_longer_true_does_not_leave(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await the_ladder(town)
    clock.set(jakarta("2026-04-15 08:00"))
    assert await town.timekeeping.escalate(clock()) == 1
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas sudah memeriksa tiang hari ini.")
    assert await escalated(town, clock) == []


async def test_a_paused_complaint_climbs_nowhere(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await the_ladder(town)
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Tiang nomor berapa yang mati?")
    clock.set(jakarta("2026-04-16 08:00"))
    assert await town.timekeeping.escalate(clock()) == 0


async def test_who_belongs_to_an_accused_unit_is_on_no_level(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    async with town.office.database.work() as work:
        complaint = await work.complaints.by_number(case.number)
        assert complaint is not None
        complaint.accused_unit_ids = [complaint.unit_id]
        await work.commit()
    clock.set(jakarta("2026-04-15 08:00"))
    assert await town.timekeeping.escalate(clock()) == 0


async def test_the_timeline_of_staff_keeps_the_level_and_the_citizen_does_not_see_it(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    await the_ladder(town)
    clock.set(datetime(2026, 4, 15, 1, 0, tzinfo=UTC))
    await town.timekeeping.escalate(clock())
    seen = await town.handling.look(case.coordinator, case.number)
    assert [(e.action, e.data["tier"]) for e in seen.timeline if e.action is Action.ESCALATE] == [
        (Action.ESCALATE, "unit_head")
    ]
    own = await town.tracking.look(case.citizen, case.number)
    assert Action.ESCALATE not in {event.action for event in own.timeline}
