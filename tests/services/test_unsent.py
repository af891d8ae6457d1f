"""Whoever began a complaint and fell silent is reminded once: never at night, never of what is sent or thrown away."""

import pytest

from domain.messages import Notice
from locales.translator import words_for
from scheduler.rehearsal import rehearse
from services.caller import Caller
from services.keeping import Keeping
from services.letter_sheets import Letter
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town, jakarta
from views.letters import render
from views.taps import Verb

THIRD_DAY = "2026-04-10 09:01"


@pytest.fixture
async def sari(town: Town) -> Caller:
    """Somebody who began on Tuesday 7 April 2026 at 09:00, and fell silent."""
    by = await town.meets(10)
    await town.intake.begin(by, LAMP)
    return by


async def reminders(town: Town, clock: FakeClock, at: str) -> list[Letter]:
    clock.set(jakarta(at))
    await town.timekeeping.remind_unsent(clock())
    return [letter for letter in await town.owed(clock) if letter.kind is Notice.UNSENT]


async def test_after_three_days_of_silence_one_word_says_that_it_waits_and_where_it_stopped(
    town: Town, clock: FakeClock, sari: Caller
) -> None:
    assert await reminders(town, clock, "2026-04-10 08:59") == []
    [letter] = await reminders(town, clock, THIRD_DAY)
    screen = render(letter, words_for("id"))
    assert "belum terkirim" in screen.text
    assert "jenis laporan" in screen.text
    assert "Selasa, 7 April 2026" in screen.text
    assert [button.tap.verb for button in screen.choices] == [Verb.RESUME]
    assert await reminders(town, clock, "2026-04-10 10:00") == []
    assert await reminders(town, clock, "2026-04-14 10:00") == []


async def test_it_repeats_no_word_of_the_story_since_others_may_see_the_telephone(
    town: Town, clock: FakeClock, sari: Caller
) -> None:
    [letter] = await reminders(town, clock, THIRD_DAY)
    for language in ("id", "en"):
        assert "ampu" not in render(letter, words_for(language)).text


async def test_at_night_it_waits_for_the_morning_where_it_happened(town: Town, clock: FakeClock, sari: Caller) -> None:
    await town.intake.locate(sari, -2.533, 140.718)
    assert await reminders(town, clock, "2026-04-10 19:00") == []
    assert await reminders(town, clock, "2026-04-11 04:59") == []
    assert len(await reminders(town, clock, "2026-04-11 05:00")) == 1


async def test_what_was_sent_or_thrown_away_is_not_spoken_of(town: Town, clock: FakeClock, sari: Caller) -> None:
    budi = await town.meets(11)
    await town.files(budi)
    await town.intake.discard(sari)
    await town.owed(clock)
    assert await reminders(town, clock, THIRD_DAY) == []


async def test_who_came_back_before_it_could_leave_is_not_reminded(town: Town, clock: FakeClock, sari: Caller) -> None:
    assert await reminders(town, clock, "2026-04-10 21:00") == []
    clock.set(jakarta("2026-04-10 22:00"))
    await town.meets(10)
    assert await reminders(town, clock, "2026-04-11 08:00") == []


async def test_of_several_drafts_the_latest_is_spoken_of_and_the_others_bring_no_second_word(
    town: Town, clock: FakeClock, sari: Caller
) -> None:
    clock.set(jakarta("2026-04-07 15:00"))
    await Keeping(town.office).begin_another(sari)
    latest = await town.intake.describe(sari, "Sampah di pasar menumpuk sejak minggu lalu")
    clock.set(jakarta("2026-04-07 15:01"))
    await town.meets(10)
    [letter] = await reminders(town, clock, "2026-04-10 15:02")
    assert letter.unsent is not None
    assert letter.unsent.id == latest.id
    assert await reminders(town, clock, "2026-04-11 09:00") == []


async def test_who_has_been_silent_for_weeks_or_cannot_be_reached_is_left_alone(
    town: Town, clock: FakeClock, sari: Caller
) -> None:
    async with town.office.database.work() as work:
        await work.people.mark_unreachable(sari.person_id, clock())
        await work.commit()
    assert await reminders(town, clock, THIRD_DAY) == []
    async with town.office.database.work() as work:
        await work.people.mark_reachable(sari.person_id)
        await work.commit()
    assert await reminders(town, clock, "2026-04-24 09:01") == []


async def test_a_dry_run_names_the_draft_and_no_person(town: Town, clock: FakeClock, sari: Caller) -> None:
    outlook = await rehearse(town.office, jakarta(THIRD_DAY))
    [would] = [each for each in outlook.sent if each.notice is Notice.UNSENT]
    assert (would.to, would.about) == ("citizen", "draft 1")
