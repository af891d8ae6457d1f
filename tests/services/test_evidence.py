"""Evidence: kept once, cleaned, withheld where it may tell, released with a trace, joined late, erased."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from domain.drafting import FILE_MAX, FileKind, FileState, Purpose
from domain.fair_use import MEGABYTE
from domain.lifecycle import Action, Kind, Role
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, Enough, NotAllowed, StaleStep
from services.caller import Caller
from services.case_sheets import CaseSheet, FileSheet
from services.evidence import TRIES, Evidence, NoRoom
from services.letter_sheets import Letter
from services.shelf import NewFile
from storage.files import FileStore
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town, a_photo
from tests.services.pictures import ARCHIVE, FILM, PAPER, photograph, tells


def a_film(unique: str = "film", album: str | None = None) -> NewFile:
    return NewFile(FileKind.VIDEO, f"file-{unique}", unique, "VID_Sari.mp4", 1000, "video/mp4", album)


async def fetches(town: Town, clock: FakeClock, **contents: bytes) -> None:
    """Brings what is owed: the bytes by Telegram's unique name, a photograph where none are given."""
    for attachment_id, handle in await town.evidence.owed(clock(), 50):
        await town.evidence.keep(attachment_id, contents.get(handle.removeprefix("file-"), photograph()))


async def filed(town: Town, clock: FakeClock, *more: NewFile, **how: bool) -> tuple[AtWork, str]:
    """A complaint with a photo and more, that lies with a unit."""
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    coordinator = await town.hires(30, Role.COORDINATOR)
    citizen = await town.meets(10)
    for file in more:
        await town.intake.attach(citizen, file)
    number = (await town.files(citizen, **how)).number
    await fetches(town, clock, film=FILM, paper=PAPER, zip=ARCHIVE)
    await town.oversight.forward(coordinator, (await town.oversight.propose(coordinator, number)).serial)
    return AtWork(citizen, officer, coordinator, number), number


async def files_for(town: Town, by: Caller, number: str) -> tuple[FileSheet, ...]:
    return (await town.tracking.look(by, number)).files


async def content_of(town: Town, file: FileSheet) -> bytes:
    assert file.stored is not None
    content = await town.evidence.bytes_of(file.stored)
    assert content is not None
    return content


def by_kind(letters: list[Letter], kind: Notice) -> list[Letter]:
    return [letter for letter in letters if letter.kind is kind]


async def test_the_files_of_a_draft_are_read_only_where_there_are_some(town: Town) -> None:
    read: list[str] = []

    def notes(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT attachments"):
            read.append(statement)

    citizen = await town.meets(10)
    sheet = await town.intake.begin(citizen, "Lampu jalan di depan pasar mati dan gelap")
    for engine in town.office.database.engines:
        event.listen(engine.sync_engine, "before_cursor_execute", notes)
    await town.intake.choose_kind(citizen, sheet.id, Kind.COMPLAINT)
    assert (await town.intake.place(citizen, "Cipocok Jaya, Kota Serang")).files == ()
    assert read == []
    assert len((await town.intake.attach(citizen, a_photo())).files) == 1
    assert len((await town.intake.pick_time(citizen, sheet.id, "today")).files) == 1
    assert read


async def test_a_photo_reaches_staff_cleaned_and_under_a_neutral_name(town: Town, clock: FakeClock) -> None:
    case, number = await filed(town, clock)
    (photo,) = await files_for(town, case.officer, number)
    assert (photo.state, photo.name, photo.sent_as) == (FileState.OPEN, "lampiran-1.jpg", FileKind.PHOTO)
    assert not tells(await content_of(town, photo))
    assert not tells(await content_of(town, (await files_for(town, case.citizen, number))[0]))


@pytest.mark.parametrize("how", ["anonymous", "secret"])
async def test_a_film_of_an_anonymous_or_secret_complaint_waits_for_the_coordinator(
    town: Town, clock: FakeClock, how: str
) -> None:
    case, number = await filed(town, clock, a_film(), **{how: True})
    film = (await files_for(town, case.officer, number))[0]
    assert (film.state, film.stored) == (FileState.WITHHELD, None)
    seen = (await files_for(town, case.coordinator, number))[0]
    assert await content_of(town, seen) == FILM
    await town.owed(clock)
    with pytest.raises(NotAllowed):
        await town.evidence.release(case.officer, number, film.id)
    released = await town.evidence.release(case.coordinator, number, film.id)
    assert released.timeline[-1].action is Action.RELEASE_FILE
    opened = (await files_for(town, case.officer, number))[0]
    assert (opened.state, opened.name) == (FileState.OPEN, "lampiran-1.mp4")
    told = await town.owed(clock)
    assert [letter.event.action for letter in by_kind(told, Notice.DESK_UPDATE) if letter.event] == [
        Action.RELEASE_FILE
    ]
    with pytest.raises(StaleStep):
        await town.evidence.release(case.coordinator, number, film.id)


async def test_an_open_complaint_hands_films_and_papers_on_under_neutral_names(town: Town, clock: FakeClock) -> None:
    paper = NewFile(FileKind.DOCUMENT, "file-paper", "paper", "KTP Sari.pdf", 900, "application/pdf")
    case, number = await filed(town, clock, a_film(), paper)
    names = [(file.name, file.state) for file in await files_for(town, case.officer, number)]
    assert names[:2] == [("lampiran-1.mp4", FileState.OPEN), ("lampiran-2.pdf", FileState.OPEN)]


async def test_a_zip_that_calls_itself_a_photo_is_kept_withheld_and_its_sender_told(
    town: Town, clock: FakeClock
) -> None:
    archive = NewFile(FileKind.DOCUMENT, "file-zip", "zip", "bukti.jpg", 64, "image/jpeg")
    case, number = await filed(town, clock, archive)
    assert (await files_for(town, case.officer, number))[0].state is FileState.WITHHELD
    (word,) = by_kind(await town.owed(clock), Notice.FILE_PROBLEM)
    assert (word.chat_id, word.data) == (10, {"problem": "no_image", "kind": "document"})


async def test_the_same_bytes_are_kept_once_whoever_sends_them(town: Town, clock: FakeClock) -> None:
    case, number = await filed(town, clock, a_photo("again"))
    assert len(await files_for(town, case.officer, number)) == 1
    other = await town.meets(11)
    await town.intake.attach(other, a_photo("third"))
    await town.intake.attach(other, a_photo("u1"))
    assert [handle for _, handle in await town.evidence.owed(clock(), 50)] == ["file-third"]
    clock.advance(minutes=5)
    await fetches(town, clock)
    assert len(list((town.folder).glob("*/*"))) == 1


async def test_what_telegram_keeps_refusing_is_lost_and_said(town: Town, clock: FakeClock) -> None:
    citizen = await town.meets(10)
    await town.intake.attach(citizen, a_photo())
    for _ in range(TRIES):
        clock.advance(minutes=15)
        ((attachment_id, _handle),) = await town.evidence.owed(clock(), 5)
        await town.evidence.put_off(attachment_id, refused=True)
    sheet = await town.intake.current(citizen)
    assert sheet is not None
    assert [file.state for file in sheet.files] == [FileState.LOST]
    (word,) = by_kind(await town.owed(clock), Notice.FILE_PROBLEM)
    assert word.data["problem"] == "lost"


async def test_a_closed_road_loses_nothing_however_long_it_lasts(town: Town, clock: FakeClock) -> None:
    await town.intake.attach(await town.meets(10), a_photo())
    for _ in range(3 * TRIES):
        clock.advance(minutes=15)
        ((attachment_id, _handle),) = await town.evidence.owed(clock(), 5)
        await town.evidence.put_off(attachment_id, refused=False)
    clock.advance(minutes=15)
    assert await town.evidence.owed(clock(), 5)


async def test_what_is_being_fetched_is_not_fetched_twice_until_its_lease_is_over(town: Town, clock: FakeClock) -> None:
    await town.intake.attach(await town.meets(10), a_photo())
    assert len(await town.evidence.owed(clock(), 5)) == 1
    assert await town.evidence.owed(clock(), 5) == []
    clock.advance(minutes=3)
    assert len(await town.evidence.owed(clock(), 5)) == 1


async def test_a_file_that_ends_whoever_looks_at_it_is_lost_at_last(town: Town, clock: FakeClock) -> None:
    citizen = await town.meets(10)
    await town.intake.attach(citizen, a_photo())
    for _ in range(TRIES):
        assert len(await town.evidence.owed(clock(), 5)) == 1
        clock.advance(minutes=15)
    assert await town.evidence.owed(clock(), 5) == []
    sheet = await town.intake.current(citizen)
    assert sheet is not None
    assert [file.state for file in sheet.files] == [FileState.LOST]


async def test_one_account_cannot_fill_the_store(town: Town, clock: FakeClock) -> None:
    citizen, other = await town.meets(10), await town.meets(11)
    film = replace(a_photo("first"), size=FILE_MAX)
    for each in range(town.office.limits.megabytes_per_day * MEGABYTE // FILE_MAX):
        await town.intake.attach(citizen, replace(film, file_unique_id=f"film {each}"))
    with pytest.raises(Enough, match="files"):
        await town.intake.attach(citizen, replace(film, file_unique_id="one more"))
    with pytest.raises(Enough, match="files"):
        await town.intake.attach(citizen, replace(film, file_unique_id="of no size", size=None))
    await town.intake.attach(other, replace(film, file_unique_id="somebody else's"))
    clock.advance(hours=24, seconds=1)
    await town.intake.attach(citizen, replace(film, file_unique_id="next day"))


async def test_a_full_store_refuses_and_the_file_stays_owed(town: Town, clock: FakeClock) -> None:
    await town.intake.attach(await town.meets(10), a_photo())
    small = Evidence(town.office, FileStore.beside(town.office.database, town.folder), limit=10)
    ((attachment_id, _),) = await small.owed(clock(), 5)
    with pytest.raises(NoRoom):
        await small.keep(attachment_id, photograph())
    assert not town.folder.exists()


async def test_an_answer_of_the_officer_carries_its_photo_to_the_citizen(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await fetches(town, clock)
    words = await town.correspondence.with_file(
        case.officer,
        case.number,
        Purpose.FOLLOW_UP,
        a_photo("mended"),
        "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00.",
    )
    await fetches(town, clock, mended=photograph(shade=9))
    await town.correspondence.send(case.officer, words.serial)
    (update,) = by_kind(await town.owed(clock), Notice.UPDATE)
    assert isinstance(update.case, CaseSheet)
    came = [file for file in update.case.files if update.event and file.event_id == update.event.id]
    assert [(file.by_staff, file.state) for file in came] == [(True, FileState.OPEN)]
    assert not tells(await content_of(town, came[0]))


async def test_a_citizen_may_answer_with_a_photo_alone(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    words = await town.correspondence.with_file(case.citizen, case.number, Purpose.ADD_INFORMATION, a_photo("more"))
    sheet = await town.correspondence.send(case.citizen, words.serial)
    assert sheet.timeline[-1].text is None
    assert len(await files_for(town, case.officer, case.number)) == 2


async def test_an_officer_needs_words_beside_a_photo(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    words = await town.correspondence.with_file(case.officer, case.number, Purpose.FOLLOW_UP, a_photo("more"))
    with pytest.raises(StaleStep):
        await town.correspondence.send(case.officer, words.serial)


async def test_files_of_a_note_to_the_desk_stay_among_staff(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    words = await town.correspondence.with_file(
        case.officer, case.number, Purpose.RETURN, a_photo("inner"), "Ini wewenang Dinas Perhubungan."
    )
    await town.correspondence.send(case.officer, words.serial)
    assert len(await files_for(town, case.citizen, case.number)) == 1
    assert len(await files_for(town, case.coordinator, case.number)) == 2


async def test_a_sibling_that_comes_after_sending_joins_its_complaint_and_begins_no_draft(
    town: Town, clock: FakeClock
) -> None:
    citizen = await town.meets(10)
    await town.intake.attach(citizen, a_film("one", album="7"))
    assert await town.evidence.home_of(citizen, "7") is None
    number = (await town.files(citizen)).number
    assert await town.evidence.home_of(citizen, "7") == number
    assert await town.evidence.home_of(await town.meets(11), "7") is None
    clock.advance(seconds=11)
    assert await town.evidence.join(citizen, a_film("two", album="7")) == 3
    assert len(await files_for(town, citizen, number)) == 3
    assert await town.intake.current(citizen) is None
    clock.advance(hours=2)
    assert await town.evidence.home_of(citizen, "7") is None


async def test_files_of_a_foreign_number_are_brought_to_nobody(town: Town, clock: FakeClock) -> None:
    case, number = await filed(town, clock)
    await town.owed(clock)
    with pytest.raises(ComplaintNotFound):
        await town.evidence.ask(await town.meets(66), number)
    await town.evidence.ask(case.officer, number)
    await town.evidence.ask(case.officer, number)
    (brought,) = await town.owed(clock)
    assert (brought.kind, brought.chat_id) == (Notice.FILES, 20)


async def test_erasing_a_person_takes_their_bytes_unless_somebody_else_sent_the_same(
    town: Town, clock: FakeClock
) -> None:
    case, number = await filed(town, clock, a_film())
    other = await town.meets(11)
    await town.intake.attach(other, a_photo("u1"))
    for erased, left in ((case.citizen, 1), (other, 0)):
        async with town.office.database.work() as work:
            await work.erasures.person(erased.person_id)
            await work.commit()
        await town.evidence.sweep(clock())
        assert len(list(town.folder.glob("*/*"))) == left
    assert await files_for(town, case.officer, number) == ()


async def test_the_sweep_takes_what_nobody_knows_and_files_of_discarded_drafts(town: Town, clock: FakeClock) -> None:
    citizen = await town.meets(10)
    await town.intake.attach(citizen, a_photo())
    await fetches(town, clock)
    assert await town.evidence.sweep(clock()) == 0
    await town.intake.discard(citizen)
    assert await town.evidence.sweep(clock() + timedelta(hours=1)) == 1
    assert list(town.folder.glob("*/*")) == []
