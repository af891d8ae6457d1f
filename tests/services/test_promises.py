"""What a government promises: shorter limits hold, longer ones are refused, and its own hours are its own."""

import pytest

from domain.lifecycle import ClockKind, Role
from locales.translator import words_for
from routing.directory_source import DirectoryError
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views.explanation import why_text

SERANG = """
governments:
  - code: 36.73
    promise: [verify_days 2, first_follow_up_days 3, ordinary 10]
"""


async def test_an_agency_may_promise_less_and_the_answer_says_so(town: Town, clock: FakeClock) -> None:
    await town.directory.load(SERANG)
    case = await town.at_work(clock)
    assert await town.due(case.number, ClockKind.VERIFY) == jakarta("2026-04-09 16:00")
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-10 16:30")
    assert await town.due(case.number, ClockKind.RESOLVE) == jakarta("2026-04-21 16:00")
    text = why_text(await town.explaining.why(case.citizen, case.number), words_for("id"))
    assert "Batas: 10 hari kerja, janji instansi ini. Batas nasional 14 hari kerja" in text


async def test_a_promise_that_is_taken_back_leaves_what_was_stamped(town: Town, clock: FakeClock) -> None:
    await town.directory.load(SERANG)
    case = await town.at_work(clock)
    await town.directory.load('governments: [{code: "36.73"}]')
    assert await town.due(case.number, ClockKind.RESOLVE) == jakarta("2026-04-21 16:00")


@pytest.mark.parametrize(
    ("promise", "mend"),
    [
        ("[verify_days 4]", "line 1: .*verify_days = 4 is longer than the limit; use 3 or less"),
        ("[supervisory 61]", "line 1: .*resolve_days.supervisory = 61 is longer than the limit; use 60 or less"),
        ("[react_days 5]", "line 1: the promise `react_days 5` is not understood; write `verify_days 2`"),
        ("[verify_days soon]", "line 1: the promise `verify_days soon` is not understood"),
    ],
)
async def test_a_longer_promise_is_refused_with_its_mend(town: Town, promise: str, mend: str) -> None:
    with pytest.raises(DirectoryError, match=mend):
        await town.directory.load(f'governments: [{{code: "36.73", promise: {promise}}}]')


async def test_office_hours_are_the_governments_own(town: Town, clock: FakeClock) -> None:
    await town.directory.load(
        "governments:\n  - code: 36.73\n    hours: [monday 08:00-14:00, tuesday 08:00-14:00, saturday 08:00-12:00]\n"
    )
    await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await town.meets(10))).number
    # Tuesday 7 April + 3 open days: Saturday 11, Monday 13, Tuesday 14.
    assert await town.due(number, ClockKind.VERIFY) == jakarta("2026-04-14 14:00")


async def test_wrong_hours_are_refused_with_their_mend(town: Town) -> None:
    with pytest.raises(DirectoryError, match=r"line 1: .*swap the two times"):
        await town.directory.load('governments: [{code: "36.73", hours: [monday 16:00-07:30]}]')
