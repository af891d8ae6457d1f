"""Each of the ten requests: what it must name, what granting it does at once, and who hears of it."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Action, ClockKind, ComplaintClass, Role, Status
from domain.messages import Notice
from domain.refusals import NotAllowed, NotNow, NotUnderstood, OwnWork, StaleStep
from domain.requests import NEEDS, RequestKind
from services.caller import Caller
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from tests.services.test_requests import kinds

WHY = "Tiang ini berdiri di jalan milik unit lain"
AGAIN = "PJU di depan SD Negeri 2 padam sudah seminggu, gelap sekali kalau malam"


async def unit_id(town: Town, code: str) -> int:
    async with town.office.database.reading() as work:
        government = await work.directory.government_by_code("36.73")
        assert government is not None
        units = await work.directory.units(government.id)
        return next(unit.id for unit in units if unit.code == f"36.73-{code}")


async def asks(town: Town, by: Caller, number: str, kind: RequestKind, why: str = WHY, **named: object) -> int:
    """Writes a request as its dialogue does, and sends it; returns it as the desk finds it."""
    data = {"kind": kind.value, **named}
    sheet = await town.correspondence.at_once(by, number, Purpose.REQUEST, why, data)
    await town.correspondence.send(by, sheet.serial)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(number)
        assert complaint is not None
        request = await work.requests.open_of(complaint, kind)
        return request.id if request else 0


async def particulars(town: Town, kind: RequestKind) -> dict[str, object]:
    """What a request of a kind could name."""
    named = {
        "unit_id": await unit_id(town, "dishub"),
        "days": 5,
        "class": "information",
        "reason": "already_handled",
    }
    need = NEEDS.get(kind)
    if need == "main":
        return {"main": (await town.files(await town.meets(11), AGAIN)).number}
    return {need.value: named[need]} if need else {}


@pytest.mark.parametrize(
    ("kind", "effect", "told"),
    [
        (RequestKind.RETURN, Action.REFORWARD, {(10, Notice.UPDATE), (21, Notice.CARD), (20, Notice.DESK_UPDATE)}),
        (RequestKind.REFORWARD, Action.REFORWARD, {(10, Notice.UPDATE), (21, Notice.CARD), (20, Notice.DESK_UPDATE)}),
        (RequestKind.ADD_UNIT, Action.ADD_UNIT, {(21, Notice.CARD), (20, Notice.DESK_UPDATE)}),
        (RequestKind.EXTENSION, Action.EXTEND, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
        (RequestKind.ASK_CITIZEN, Action.HOLD, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
        (RequestKind.CHANGE_CLASS, Action.CHANGE_CLASS, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
        (RequestKind.MAKE_SECRET, Action.MAKE_SECRET, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
        (RequestKind.MERGE, Action.MERGE, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
        (RequestKind.ARCHIVE, Action.ARCHIVE, {(10, Notice.UPDATE), (20, Notice.DESK_UPDATE)}),
    ],
)
async def test_what_is_granted_is_done_and_told_in_one_go(
    town: Town, clock: FakeClock, kind: RequestKind, effect: Action, told: set[tuple[int, Notice]]
) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    named = await particulars(town, kind)
    await town.owed(clock)
    request = await asks(town, case.officer, case.number, kind, **named)
    (letter,) = await town.owed(clock)
    assert (letter.chat_id, letter.kind) == (30, Notice.REQUEST)
    granted = await town.requests.grant(case.coordinator, request)
    assert granted.due_at == jakarta("2026-04-08 16:00")
    look = await town.oversight.look(case.coordinator, case.number)
    assert [event.action for event in look.timeline][-3:] == [Action.REQUEST, Action.DECIDE_REQUEST, effect]
    letters = await town.owed(clock)
    assert {(letter.chat_id, letter.kind) for letter in letters} == told
    assert len(letters) == len(told)


async def test_granted_requests_leave_the_complaint_as_asked(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(21, Role.OFFICER, "dishub")
    officer, number, desk = case.officer, case.number, case.coordinator

    async def granted(kind: RequestKind, why: str = WHY) -> None:
        named = await particulars(town, kind)
        await town.requests.grant(desk, await asks(town, officer, number, kind, why, **named))

    await granted(RequestKind.CHANGE_CLASS)
    await granted(RequestKind.MAKE_SECRET)
    await granted(RequestKind.ADD_UNIT)
    look = await town.oversight.look(desk, number)
    assert (look.complaint_class, look.secret) == (ComplaintClass.INFORMATION, True)
    assert look.helping == ("Dinas Perhubungan",)
    await granted(RequestKind.ASK_CITIZEN, "Tiang nomor berapa yang mati?")
    held = await town.tracking.look(case.citizen, number)
    assert (held.status, held.timeline[-1].text) == (Status.ON_HOLD, "Tiang nomor berapa yang mati?")
    await town.does(case.citizen, number, Purpose.ANSWER, "Tiang nomor 17")
    await granted(RequestKind.ARCHIVE)
    archived = await town.tracking.look(case.citizen, number)
    assert (archived.status, archived.archive_reason) == (Status.ARCHIVED, "already_handled")


async def test_what_a_unit_says_is_finished_is_opened_again_with_new_clocks(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.DONE, "Lampu diganti Rabu 8 April oleh regu kami.")
    with pytest.raises(NotNow):
        await asks(town, case.officer, case.number, RequestKind.EXTENSION, days=5)
    clock.set(jakarta("2026-04-09 10:00"))
    request = await asks(town, case.officer, case.number, RequestKind.REOPEN, "Lampunya ternyata padam lagi semalam")
    await town.requests.grant(case.coordinator, request)
    look = await town.handling.look(case.officer, case.number)
    assert look.status is Status.FORWARDED
    assert {due.clock for due in look.due} == {ClockKind.FIRST_FOLLOW_UP, ClockKind.RESOLVE}


async def test_a_refusal_has_a_reason_that_only_the_unit_reads(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await asks(town, case.officer, case.number, RequestKind.MAKE_SECRET)
    await town.owed(clock)
    sheet = await town.correspondence.begin(case.coordinator, case.number, Purpose.REFUSE, {"request_id": request})
    assert sheet.wish is not None
    sheet = await town.correspondence.write(case.coordinator, "Isinya tidak menyebut siapa pun.")
    await town.correspondence.send(case.coordinator, sheet.serial)
    assert kinds(await town.owed(clock)) == [(20, Notice.DESK_UPDATE, Action.DECIDE_REQUEST)]
    told = (await town.handling.look(case.officer, case.number)).timeline[-1]
    assert told.text == "Isinya tidak menyebut siapa pun."
    assert "menyebut" not in repr((await town.tracking.look(case.citizen, case.number)).timeline)


async def test_who_asked_does_not_refuse_either_and_nobody_answers_twice(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await asks(town, case.officer, case.number, RequestKind.MAKE_SECRET)
    both = await town.hires(20, Role.COORDINATOR)
    with pytest.raises(OwnWork):
        await town.does(both, case.number, Purpose.REFUSE, "Tidak perlu menurut kami", request_id=request)
    await town.requests.grant(case.coordinator, request)
    with pytest.raises(StaleStep):
        await town.does(case.coordinator, case.number, Purpose.REFUSE, "Tidak perlu menurut kami", request_id=request)


async def test_a_request_of_a_unit_that_has_it_no_more_is_overtaken(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    secret = await asks(town, case.officer, case.number, RequestKind.MAKE_SECRET)
    named = await particulars(town, RequestKind.REFORWARD)
    moving = await asks(town, case.officer, case.number, RequestKind.REFORWARD, **named)
    await town.requests.grant(case.coordinator, moving)
    assert await town.requests.pending(case.coordinator) == ()
    with pytest.raises(StaleStep):
        await town.requests.grant(case.coordinator, secret)


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (RequestKind.RETURN, {}),
        (RequestKind.REFORWARD, {"unit_id": 999_999}),
        (RequestKind.ADD_UNIT, {"unit_id": None}),
        (RequestKind.CHANGE_CLASS, {"class": "gawat"}),
        (RequestKind.ARCHIVE, {"reason": "malas"}),
        (RequestKind.EXTENSION, {"days": 61}),
    ],
)
async def test_a_forged_particular_is_refused(
    town: Town, clock: FakeClock, kind: RequestKind, named: dict[str, object]
) -> None:
    case = await town.at_work(clock)
    with pytest.raises(NotUnderstood):
        await asks(town, case.officer, case.number, kind, **named)


async def test_an_accused_unit_is_never_proposed_and_a_merge_with_an_accusation_neither(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    levy = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
    accusing = (await town.files(await town.meets(11), levy)).number
    with pytest.raises(NotUnderstood, match="merge_apart"):
        await asks(town, case.officer, case.number, RequestKind.MERGE, main=accusing)
    inspector = await town.hires(40, Role.INSPECTOR, "inspektorat")
    await town.oversight.forward(case.coordinator, (await town.oversight.propose(case.coordinator, accusing)).serial)
    accused = await unit_id(town, "disdukcapil")
    assert accused not in (await town.requests.choices(inspector, accusing)).unit_ids
    with pytest.raises(NotUnderstood):
        await asks(town, inspector, accusing, RequestKind.REFORWARD, unit_id=accused)


async def test_only_who_has_it_asks(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    with pytest.raises(NotAllowed):
        await asks(town, case.coordinator, case.number, RequestKind.MAKE_SECRET)
