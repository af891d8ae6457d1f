"""What a desk sends can be taken back for some seconds: until then nothing has happened, then it happens once."""

from datetime import timedelta

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Role, Status
from domain.messages import Notice
from domain.refusals import AlreadyLeft, DraftMissing, NotNow
from scheduler.leaving import LeavingRounds
from services.amending import Amending
from services.caller import Caller
from services.leaving import Leaving
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town, a_photo

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
SECONDS = 10


@pytest.fixture
async def there(town: Town, clock: FakeClock) -> AtWork:
    """A complaint at a unit, in an office where words can be taken back."""
    there = await town.at_work(clock)
    town.office.undo = timedelta(seconds=SECONDS)
    return there


async def sends(town: Town, by: Caller, number: str, purpose: Purpose = Purpose.FOLLOW_UP, words: str = ANSWER) -> int:
    """Writes and taps "Kirim"; returns the serial of the button."""
    sheet = await town.correspondence.at_once(by, number, purpose, words)
    await town.correspondence.send(by, sheet.serial)
    return sheet.serial


async def leaves(town: Town) -> int:
    """What the running program does every second."""
    return await LeavingRounds(Leaving(town.office)).round()


async def status(town: Town, there: AtWork) -> Status:
    return (await town.handling.look(there.officer, there.number)).status


async def told(town: Town, clock: FakeClock, notice: Notice = Notice.UPDATE) -> int:
    return sum(letter.kind is notice for letter in await town.owed(clock))


async def test_for_ten_seconds_nothing_reaches_the_citizen_and_the_status_stays(
    town: Town, there: AtWork, clock: FakeClock
) -> None:
    await sends(town, there.officer, there.number)
    clock.advance(seconds=SECONDS - 1)
    assert await leaves(town) == 0
    assert await status(town, there) is Status.FORWARDED
    assert await told(town, clock) == 0


async def test_after_ten_seconds_the_words_leave_once(town: Town, there: AtWork, clock: FakeClock) -> None:
    await sends(town, there.officer, there.number)
    clock.advance(seconds=SECONDS)
    assert await leaves(town) == 1
    assert await leaves(town) == 0
    assert await status(town, there) is Status.IN_PROGRESS
    assert await told(town, clock) == 1


async def test_what_was_taken_back_is_open_again_word_for_word(town: Town, there: AtWork, clock: FakeClock) -> None:
    serial = await sends(town, there.officer, there.number)
    sheet = await town.correspondence.undo(there.officer, serial)
    assert sheet.text == ANSWER
    clock.advance(hours=1)
    assert await leaves(town) == 0
    assert await status(town, there) is Status.FORWARDED
    await town.correspondence.send(there.officer, sheet.serial)
    clock.advance(seconds=SECONDS)
    assert await leaves(town) == 1


async def test_a_file_that_was_sent_along_comes_back_and_goes_again(
    town: Town, there: AtWork, clock: FakeClock
) -> None:
    await town.correspondence.at_once(there.officer, there.number, Purpose.FOLLOW_UP, ANSWER)
    sheet = await town.correspondence.attach(there.officer, a_photo("proof"))
    await town.correspondence.send(there.officer, sheet.serial)
    back = await town.correspondence.undo(there.officer, sheet.serial)
    assert len(back.files) == 1
    await town.correspondence.send(there.officer, back.serial)
    clock.advance(seconds=SECONDS)
    await leaves(town)
    case = await town.handling.look(there.officer, there.number)
    assert [file.by_staff for file in case.files] == [False, True]


async def test_a_late_photo_of_an_album_joins_the_words_that_are_on_their_way(town: Town, there: AtWork) -> None:
    await town.correspondence.at_once(there.officer, there.number, Purpose.FOLLOW_UP, ANSWER)
    first, late = a_photo("one"), a_photo("two")
    sheet = await town.correspondence.attach(there.officer, type(first)(**{**vars(first), "album": "a"}))
    await town.correspondence.send(there.officer, sheet.serial)
    assert await town.evidence.home_of(there.officer, "a") == there.number
    assert await town.evidence.join(there.officer, type(late)(**{**vars(late), "album": "a"})) == 2


async def test_nothing_can_be_taken_back_once_it_has_left(town: Town, there: AtWork, clock: FakeClock) -> None:
    serial = await sends(town, there.officer, there.number)
    clock.advance(seconds=SECONDS)
    await leaves(town)
    with pytest.raises(AlreadyLeft):
        await town.correspondence.undo(there.officer, serial)


async def test_a_colleague_takes_back_nothing_with_a_forged_button(town: Town, there: AtWork, clock: FakeClock) -> None:
    serial = await sends(town, there.officer, there.number)
    for by in (await town.hires(21, Role.OFFICER, "dprkp"), there.coordinator, there.citizen):
        with pytest.raises(AlreadyLeft):
            await town.correspondence.undo(by, serial)
    clock.advance(seconds=SECONDS)
    assert await leaves(town) == 1


async def test_a_second_undo_takes_back_nothing_that_was_sent_since(town: Town, there: AtWork) -> None:
    serial = await sends(town, there.officer, there.number)
    sheet = await town.correspondence.undo(there.officer, serial)
    await town.correspondence.send(there.officer, sheet.serial)
    with pytest.raises(AlreadyLeft):
        await town.correspondence.undo(there.officer, serial)


async def test_a_second_tap_on_send_neither_sends_again_nor_begins_the_seconds_anew(
    town: Town, there: AtWork, clock: FakeClock
) -> None:
    serial = await sends(town, there.officer, there.number)
    clock.advance(seconds=5)
    with pytest.raises(DraftMissing):
        await town.correspondence.send(there.officer, serial)
    clock.advance(seconds=5)
    assert await leaves(town) == 1


async def test_the_next_words_let_the_former_ones_leave_first(town: Town, there: AtWork, clock: FakeClock) -> None:
    await sends(town, there.officer, there.number)
    await town.correspondence.begin(there.officer, there.number, Purpose.DONE)
    assert await status(town, there) is Status.IN_PROGRESS
    assert await told(town, clock) == 1


async def test_words_that_a_change_has_overtaken_go_back_to_their_writer_who_is_told(
    town: Town, there: AtWork, clock: FakeClock
) -> None:
    await sends(town, there.officer, there.number)
    town.office.undo = timedelta(0)
    sheet = await town.correspondence.begin(there.coordinator, there.number, Purpose.ARCHIVE, {"reason": "incomplete"})
    sheet = await town.correspondence.write(there.coordinator, "Laporan ini sudah ditangani lewat laporan lain.")
    await town.correspondence.send(there.coordinator, sheet.serial)
    clock.advance(seconds=SECONDS)
    assert await leaves(town) == 0
    assert await status(town, there) is Status.ARCHIVED
    kept = await town.correspondence.current(there.officer)
    assert kept is not None
    assert kept.text == ANSWER
    letters = await town.owed(clock)
    [given_back] = [letter.writing for letter in letters if letter.kind is Notice.GIVEN_BACK]
    assert given_back is not None
    assert given_back.number == there.number
    assert await leaves(town) == 0


async def test_what_the_rules_refuse_is_refused_at_once_and_not_after_the_seconds(town: Town, there: AtWork) -> None:
    sheet = await town.correspondence.at_once(there.officer, there.number, Purpose.FOLLOW_UP, ANSWER)
    town.office.undo = timedelta(0)
    await town.does(there.coordinator, there.number, Purpose.HOLD, "Di sebelah mana tiangnya?")
    town.office.undo = timedelta(seconds=SECONDS)
    with pytest.raises(NotNow):
        await town.correspondence.send(there.officer, sheet.serial)


async def test_notes_among_staff_wait_for_nothing(town: Town, there: AtWork) -> None:
    await sends(town, there.officer, there.number, Purpose.NOTE, "Stok lampu habis, dipesan kemarin.")
    assert await town.correspondence.leaving(there.officer) is None


async def test_an_edit_of_the_message_takes_the_words_back(town: Town, there: AtWork, clock: FakeClock) -> None:
    by = Caller(there.officer.person_id, there.officer.actor, "id", message_id=77)
    await sends(town, by, there.number)
    mended = ANSWER.replace("09.00", "10.00")
    assert await Amending(town.office).amend(by, mended)
    clock.advance(seconds=SECONDS)
    assert await leaves(town) == 0
    writing = await town.correspondence.current(there.officer)
    assert writing is not None
    assert writing.text == mended


async def test_a_fault_lets_others_leave_and_is_tried_again(
    town: Town, there: AtWork, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(Leaving):
        broken = True

        async def settle(self, person_id: int) -> bool:
            if self.broken:
                raise RuntimeError("the disk is full")
            return await super().settle(person_id)

    await sends(town, there.officer, there.number)
    clock.advance(seconds=SECONDS)
    leaving = Faulty(town.office)
    rounds = LeavingRounds(leaving)
    assert await rounds.round() == 0
    assert "could not leave" in caplog.text
    leaving.broken = False
    assert await rounds.round() == 0
    clock.advance(minutes=1)
    assert await rounds.round() == 1
