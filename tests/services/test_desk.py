"""An officer's desk: tabs of the queue, colleagues at the same complaint, canned replies, done with a proof."""

from datetime import timedelta

import pytest

from domain.drafting import FileKind, Purpose
from domain.lifecycle import Action, Role
from domain.messages import Notice
from domain.queues import Tab
from domain.refusals import AlreadyTaken, NotAllowed, NotUnderstood, StaleStep, Unfillable
from services.caller import Caller
from services.canned import Canned
from services.shelf import NewFile
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town, a_photo

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
ROAD = "Jalan berlubang di depan pasar, lubangnya dalam dan sudah ada motor yang jatuh"


@pytest.fixture
async def there(town: Town, clock: FakeClock) -> AtWork:
    return await town.at_work(clock)


async def tabs(town: Town, by: Caller) -> dict[Tab, int]:
    """How many there are behind each tab; each page shows as many."""
    counts = dict((await town.handling.queue(by)).counts)
    for tab, count in counts.items():
        assert len((await town.handling.queue(by, tab=tab)).lines) == count, tab
    return counts


async def test_what_is_new_is_mine_once_i_take_it_and_waits_once_i_ask(town: Town, there: AtWork) -> None:
    by, number = there.officer, there.number
    new = {Tab.ALL: 1, Tab.DUE: 0, Tab.MINE: 0, Tab.NEW: 1, Tab.WAITING: 0}
    assert await tabs(town, by) == new
    await town.handling.take(by, number)
    assert await tabs(town, by) == new | {Tab.NEW: 0, Tab.MINE: 1}
    await town.does(by, number, Purpose.ASK_CITIZEN, "Di sebelah mana tiangnya?")
    assert (await tabs(town, by))[Tab.WAITING] == 1
    await town.does(there.citizen, number, Purpose.ADD_INFORMATION, "Di sebelah kiri gerbang sekolah.")
    assert (await tabs(town, by))[Tab.WAITING] == 0
    await town.does(there.coordinator, number, Purpose.HOLD, "Nomor tiangnya berapa?")
    assert (await tabs(town, by))[Tab.WAITING] == 1


async def test_what_is_due_within_a_day_and_what_is_late_is_due(town: Town, there: AtWork, clock: FakeClock) -> None:
    clock.advance(days=5)
    assert (await tabs(town, there.officer))[Tab.DUE] == 0
    clock.advance(days=2)
    assert (await tabs(town, there.officer))[Tab.DUE] == 1
    clock.advance(days=30)
    assert (await tabs(town, there.officer))[Tab.DUE] == 1


async def test_another_unit_counts_nothing_of_it(town: Town, there: AtWork) -> None:
    stranger = await town.hires(22, Role.OFFICER, "dishub")
    assert set((await tabs(town, stranger)).values()) == {0}


async def test_whoever_has_it_and_whoever_writes_is_shown_as_an_office(town: Town, there: AtWork) -> None:
    colleague = await town.hires(21, Role.OFFICER, "dprkp")
    await town.handling.take(there.officer, there.number)
    await town.correspondence.begin(there.officer, there.number, Purpose.FOLLOW_UP)
    case = await town.handling.look(colleague, there.number)
    for seen in (case.holder, case.writer):
        assert seen is not None
        assert (seen.role, str(seen.unit).startswith("Dinas Perumahan")) == (Role.OFFICER, True)
    for secret in ("Staf 20", "user20"):
        assert secret not in repr(case)
    sheet = await town.correspondence.begin(colleague, there.number, Purpose.FOLLOW_UP)
    assert sheet.colleague is not None
    mine = await town.handling.look(there.officer, there.number)
    assert mine.holder is None


async def test_whoever_has_put_the_pen_aside_is_not_said_to_write(town: Town, there: AtWork, clock: FakeClock) -> None:
    await town.correspondence.begin(there.officer, there.number, Purpose.FOLLOW_UP)
    clock.advance(minutes=16)
    assert (await town.handling.look(there.coordinator, there.number)).writer is None


async def test_the_citizen_learns_nothing_of_who_is_at_it(town: Town, there: AtWork) -> None:
    await town.handling.take(there.officer, there.number)
    await town.correspondence.begin(there.officer, there.number, Purpose.FOLLOW_UP)
    case = await town.tracking.look(there.citizen, there.number)
    assert (case.holder, case.writer, case.leaving) == (None, None, None)


async def test_a_colleague_takes_over_knowingly_and_the_other_one_is_told(
    town: Town, there: AtWork, clock: FakeClock
) -> None:
    colleague = await town.hires(21, Role.OFFICER, "dprkp")
    await town.handling.take(there.officer, there.number)
    with pytest.raises(AlreadyTaken):
        await town.handling.take(colleague, there.number)
    holder = (await town.handling.look(colleague, there.number)).holder
    assert holder is not None
    case = await town.handling.take_over(colleague, there.number, holder.event_id)
    assert case.taken_by_me
    letters = await town.owed(clock)
    assert [(letter.kind, letter.event and letter.event.action) for letter in letters] == [
        (Notice.DESK_UPDATE, Action.TAKE)
    ]
    with pytest.raises(StaleStep):
        await town.handling.take_over(there.officer, there.number, holder.event_id)


async def test_nobody_takes_over_what_is_free_or_foreign(town: Town, there: AtWork) -> None:
    with pytest.raises(StaleStep):
        await town.handling.take_over(there.officer, there.number, 0)
    await town.handling.take(there.officer, there.number)
    taken = await town.handling.look(there.coordinator, there.number)
    assert taken.holder is not None
    with pytest.raises(NotAllowed):
        await town.handling.take_over(there.coordinator, there.number, taken.holder.event_id)


async def kept(town: Town, by: Caller, message: str) -> int:
    canned = Canned(town.office)
    [(unit_id, _)] = (await canned.kept(by)).units
    await canned.ask_new(by, unit_id)
    return (await canned.write(by, message)).id


async def test_a_unit_keeps_changes_and_removes_its_replies(town: Town, there: AtWork) -> None:
    canned, head = Canned(town.office), await town.hires(21, Role.UNIT_HEAD, "dprkp")
    reply = await kept(town, head, "Jadwal\nLaporan {nomor} dikerjakan {hari ini}.")
    assert [each.title for each in (await canned.kept(there.officer)).replies] == ["Jadwal"]
    await canned.ask_change(there.officer, reply)
    assert await canned.write(there.officer, "Jadwal baru\nLaporan {nomor} besok.") == await canned.one(head, reply)
    await canned.remove(there.officer, reply)
    assert (await canned.kept(head)).replies == ()
    with pytest.raises(StaleStep):
        await canned.one(head, reply)


async def test_a_foreign_unit_neither_reads_nor_changes_them(town: Town, there: AtWork) -> None:
    canned, reply = Canned(town.office), await kept(town, there.officer, "Jadwal\nLaporan {nomor}.")
    [(unit_id, _)] = (await canned.kept(there.officer)).units
    for stranger in (await town.hires(22, Role.OFFICER, "dishub"), there.coordinator, there.citizen):
        assert (await canned.kept(stranger)).replies == ()
        for forged in (canned.one(stranger, reply), canned.ask_change(stranger, reply), canned.remove(stranger, reply)):
            with pytest.raises(StaleStep):
                await forged
        with pytest.raises(StaleStep):
            await canned.ask_new(stranger, unit_id)


async def test_words_that_cannot_be_kept_leave_the_question_open(town: Town, there: AtWork, clock: FakeClock) -> None:
    canned = Canned(town.office)
    [(unit_id, _)] = (await canned.kept(there.officer)).units
    await canned.ask_new(there.officer, unit_id)
    with pytest.raises(Unfillable):
        await canned.write(there.officer, "Temuan\nKami menemukan {temuan}.")
    assert await canned.current(there.officer) is not None
    clock.advance(hours=2)
    assert await canned.current(there.officer) is None
    with pytest.raises(StaleStep):
        await canned.write(there.officer, "Temuan\nTidak ada.")


async def test_a_reply_is_filled_from_the_complaint_that_is_written_about(town: Town, there: AtWork) -> None:
    canned = Canned(town.office)
    reply = await kept(town, there.officer, "Jadwal\n{nomor} {lokasi} {tenggat}")
    sheet = await town.correspondence.begin(there.officer, there.number, Purpose.FOLLOW_UP)
    assert sheet.canned
    assert [each.id for each in (await canned.offered(there.officer, sheet.serial)).replies] == [reply]
    filling = await canned.filling(there.officer, sheet.serial, reply)
    assert filling.number == there.number
    assert "Cipocok Jaya" in str(filling.place)
    assert filling.due_at is not None
    await town.correspondence.write(there.officer, ANSWER)
    with pytest.raises(StaleStep):
        await canned.filling(there.officer, sheet.serial, reply)


@pytest.fixture
async def road(town: Town, there: AtWork) -> tuple[Caller, str]:
    """An officer with a road to mend: a subject in which a proof is wanted."""
    officer = await town.hires(23, Role.OFFICER, "dpupr")
    receipt = await town.files(there.citizen, ROAD)
    proposal = await town.oversight.propose(there.coordinator, receipt.number)
    at = proposal.unit_names.index(next(name for name in proposal.unit_names if "Pekerjaan Umum" in name))
    proposal = await town.oversight.choose_unit(there.coordinator, proposal.serial, proposal.unit_ids[at])
    await town.oversight.forward(there.coordinator, proposal.serial)
    return officer, receipt.number


async def test_a_road_is_done_only_with_a_proof_beside_the_words(town: Town, road: tuple[Caller, str]) -> None:
    officer, number = road
    sheet = await town.correspondence.at_once(officer, number, Purpose.DONE, "Lubang sudah ditambal pada 7 April 2026.")
    assert FileKind.PHOTO in sheet.lacking
    with pytest.raises(NotUnderstood) as refused:
        await town.correspondence.send(officer, sheet.serial)
    assert refused.value.reason == "proof_missing"
    sheet = await town.correspondence.attach(officer, NewFile(FileKind.VOICE, "v", "v", None, 9))
    assert sheet.lacking
    sheet = await town.correspondence.attach(officer, a_photo("mended"))
    assert sheet.lacking == ()
    assert (await town.correspondence.send(officer, sheet.serial)).status.value == "done"


async def test_a_first_word_about_a_road_needs_no_proof(town: Town, road: tuple[Caller, str]) -> None:
    officer, number = road
    town.office.undo = timedelta(0)
    assert (await town.does(officer, number, Purpose.FOLLOW_UP, ANSWER)).status.value == "in_progress"
