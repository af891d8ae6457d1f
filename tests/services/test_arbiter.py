"""Units that hand a complaint to and fro: the second return goes to the arbiter, who decides for good."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, Role, Status
from domain.messages import Notice
from domain.refusals import ArbiterDecided, AtArbiter
from domain.requests import RequestKind
from locales.translator import words_for
from services.caller import Caller
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town
from tests.services.test_request_kinds import asks, unit_id
from views.letters import render

FIRST = "Tiang ini berdiri di jalan milik Dishub."
SECOND = "Lampu ini lampu lingkungan, bukan lampu jalan."


async def handed_to_and_fro(town: Town, clock: FakeClock) -> tuple[AtWork, Caller, Caller]:
    """The first unit has proposed the second, which now says that it is the first one's after all."""
    case = await town.at_work(clock)
    second = await town.hires(21, Role.OFFICER, "dishub")
    arbiter = await town.hires(50, Role.NATIONAL_ADMIN, government=None)
    dishub = await unit_id(town, "dishub")
    request = await asks(town, case.officer, case.number, RequestKind.RETURN, FIRST, unit_id=dishub)
    await town.requests.grant(case.coordinator, request)
    await town.owed(clock)
    await asks(town, second, case.number, RequestKind.RETURN, SECOND, unit_id=await unit_id(town, "dprkp"))
    return case, second, arbiter


async def test_the_arbiter_gets_a_card_with_both_reasons_and_the_coordinator_a_word(
    town: Town, clock: FakeClock
) -> None:
    await handed_to_and_fro(town, clock)
    letters = {letter.chat_id: letter for letter in await town.owed(clock)}
    assert {chat: letter.kind for chat, letter in letters.items()} == {50: Notice.DESK_CARD, 30: Notice.DESK_UPDATE}
    card = render(letters[50], words_for("id")).text
    assert card.index(FIRST) < card.index(SECOND)
    assert "Keputusan Bapak/Ibu berlaku tetap" in card


async def test_the_arbiter_decides_and_it_is_returned_no_more(town: Town, clock: FakeClock) -> None:
    case, _, arbiter = await handed_to_and_fro(town, clock)
    assert [line.number for line in await town.oversight.unverified(arbiter)] == [case.number]
    with pytest.raises(AtArbiter):
        await town.oversight.propose(case.coordinator, case.number)
    proposal = await town.oversight.propose(arbiter, case.number)
    assert proposal.unit_name == "Dinas Perumahan dan Kawasan Permukiman"
    await town.oversight.forward(arbiter, proposal.serial)
    assert await town.oversight.unverified(arbiter) == ()
    look = await town.handling.look(case.officer, case.number)
    assert look.status is Status.FORWARDED
    assert Action.RETURN not in look.actions
    with pytest.raises(ArbiterDecided):
        await town.correspondence.begin(case.officer, case.number, Purpose.RETURN)
    assert RequestKind.RETURN not in (await town.requests.choices(case.officer, case.number)).kinds
    with pytest.raises(ArbiterDecided):
        await asks(town, case.officer, case.number, RequestKind.RETURN, FIRST, unit_id=await unit_id(town, "dlh"))


async def test_a_return_after_a_refused_one_is_the_second(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(50, Role.NATIONAL_ADMIN, government=None)
    dishub = await unit_id(town, "dishub")
    request = await asks(town, case.officer, case.number, RequestKind.RETURN, FIRST, unit_id=dishub)
    await town.does(
        case.coordinator, case.number, Purpose.REFUSE, "Lampu lingkungan memang milik Perkim.", request_id=request
    )
    await town.does(case.officer, case.number, Purpose.RETURN, SECOND)
    look = await town.oversight.look(case.coordinator, case.number)
    assert look.at_arbiter
    assert [each.reason for each in look.handed_back] == [FIRST, SECOND]


async def test_where_nobody_is_arbiter_the_coordinator_stays_the_judge(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    for _ in range(2):
        await town.does(case.officer, case.number, Purpose.RETURN, FIRST)
        proposal = await town.oversight.propose(case.coordinator, case.number)
        sheet = await town.oversight.choose_unit(case.coordinator, proposal.serial, await unit_id(town, "dprkp"))
        assert (await town.oversight.forward(case.coordinator, sheet.serial)).status is Status.FORWARDED
