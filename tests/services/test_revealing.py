"""Opening an identity: who may, with which reason, the second person, the one showing, and what staff get otherwise."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from domain.audit import Act
from domain.drafting import FileKind, Purpose
from domain.lifecycle import Action, Role
from domain.messages import Notice
from domain.privacy import RevealState
from domain.refusals import ComplaintNotFound, NotAllowed, NotUnderstood, OwnWork, StaleStep
from locales.translator import words_for
from services.auditing import Auditing
from services.caller import Caller
from services.export_sheets import ExportSheet, Form
from services.exporting import Exporting, ExportRequest
from services.people import TelegramPerson
from services.privacy import Privacy
from services.revealing import Revealing
from services.shelf import NewFile
from storage.tables import Base
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town
from tests.services.pictures import photograph
from views import desk_case as case_screens
from views import digest as digest_screens
from views import letters as letter_screens
from views import proposal as proposal_screens
from views import revealing as screens
from views import sp4n
from views.export import document
from views.screen import Document

WORDS = words_for("id")
CHAT, NAME, USERNAME = 5551234567, "Kartika Maheswari", "kartikamaheswari"
FILE_NAME = "KTP-Kartika-Maheswari.jpg"
PLANTED = ("Kartika", "Maheswari", "kartikamaheswari", str(CHAT))
REASON = "Polisi meminta keterangan saksi dengan surat resmi"
ACCUSED = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"


async def kartika(town: Town) -> Caller:
    return await town.people.meet(TelegramPerson(CHAT, NAME, USERNAME, "id"))


def unpacked(file: Document) -> list[str]:
    """A file of an export as anybody could read it: its name, its bytes, and what is packed into them."""
    packed = []
    if file.name.endswith(".xlsx"):
        with ZipFile(BytesIO(file.content)) as parts:
            # The theme names the fonts of the world, Kartika among them; it is the same in every workbook.
            told = [part for part in parts.namelist() if "theme" not in part]
            packed = [f"{part}\n{parts.read(part).decode()}" for part in told]
    return [file.name, file.content.decode("latin-1"), *packed]


@pytest.fixture
def opening(town: Town) -> Revealing:
    return Revealing(town.office)


async def rows_of(town: Town) -> str:
    """Every row of every table as it lies there; what is sealed stays sealed."""
    async with town.office.database.session() as session:
        tables = [await session.execute(text(f'SELECT * FROM "{table.name}"')) for table in Base.metadata.sorted_tables]
        return "\n".join(str(row) for found in tables for row in found)


async def test_a_coordinator_opens_an_identity_once_with_a_reason_and_everybody_concerned_can_see_it(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await kartika(town))).number
    asked = await opening.ask(coordinator, number, REASON)
    assert asked.state is RevealState.READY
    assert not any(planted in screens.standing(asked, WORDS).text for planted in PLANTED)
    shown = await opening.show(coordinator, asked.id)
    assert (shown.shown_name, shown.name, shown.username) == ("Ibu Sari", NAME, USERNAME)
    assert NAME in screens.identity(shown, WORDS).text
    with pytest.raises(StaleStep):
        await opening.show(coordinator, asked.id)
    lying = await rows_of(town)
    assert not any(planted in lying for planted in PLANTED)
    log = [(line.act, line.person_id) for line in await Auditing(town.office).last(3)]
    assert log == [
        (Act.ASK_REVEAL, coordinator.person_id),
        (Act.DECISION, coordinator.person_id),
        (Act.REVEAL, coordinator.person_id),
    ]
    [digest] = await town.oversight.digest(coordinator)
    assert digest.revealed == 1
    assert "Identitas dibuka: <b>1</b>" in digest_screens.digest(replace(digest, series=None), WORDS).text
    held = await Privacy(town.office).everything(await kartika(town))
    assert (Role.COORDINATOR, Action.REVEAL) in [(line.role, line.action) for line in held.complaints[0].handled]


async def test_what_accuses_an_office_needs_a_second_person_who_may_and_has_not_asked(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    first = await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await kartika(town), ACCUSED)).number
    with pytest.raises(NotUnderstood, match="no_second"):
        await opening.ask(first, number, REASON)
    second = await town.hires(31, Role.COORDINATOR)
    third = await town.hires(32, Role.COORDINATOR)
    clock.advance(days=8)
    await town.owed(clock)
    asked = await opening.ask(first, number, REASON)
    assert asked.state is RevealState.WAITING
    for early in (first, second):
        with pytest.raises(StaleStep):
            await opening.show(early, asked.id)
    with pytest.raises(OwnWork):
        await opening.decide(first, asked.id, granted=True)
    letters = await town.owed(clock)
    assert sorted(letter.chat_id for letter in letters if letter.kind is Notice.REVEAL) == [31, 32]
    assert (await opening.decide(second, asked.id, granted=True)).state is RevealState.READY
    with pytest.raises(StaleStep):
        await opening.decide(third, asked.id, granted=False)
    [answer] = await town.owed(clock)
    assert (answer.chat_id, answer.reveal and answer.reveal.state) == (30, RevealState.READY)
    with pytest.raises(StaleStep):
        await opening.show(second, asked.id)
    assert (await opening.show(first, asked.id)).name == NAME


async def comes(town: Town, by: Caller, chat_id: int, role: Role = Role.COORDINATOR) -> Caller:
    """Somebody is let in by somebody else, from chat."""
    sheet = await town.inviting.invite(by, role)
    await town.directory.redeem(await town.meets(chat_id), sheet.token)
    return await town.meets(chat_id)


async def test_nobody_agrees_who_came_by_the_asker_or_by_the_same_hand_as_the_asker(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    lone = await town.hires(30, Role.COORDINATOR)
    one, inspector = await comes(town, lone, 31), await comes(town, lone, 32, Role.INSPECTOR)
    further = await comes(town, one, 33)
    clock.advance(days=30)
    number = (await town.files(await kartika(town), ACCUSED)).number
    proposal = await town.oversight.propose(lone, number)
    await town.oversight.forward(lone, proposal.serial)
    for asker in (lone, one, inspector, further):
        with pytest.raises(NotUnderstood, match="no_second"):
            await opening.ask(asker, number, REASON)
    apart = await town.hires(34, Role.COORDINATOR)
    clock.advance(days=8)
    asked = await opening.ask(lone, number, REASON)
    for bound in (one, inspector, further):
        with pytest.raises(NotUnderstood, match="second_bound"):
            await opening.decide(bound, asked.id, granted=True)
    await opening.decide(apart, asked.id, granted=True)
    assert (await opening.show(lone, asked.id)).name == NAME


async def test_two_whom_the_nation_has_let_in_may_be_two_people_and_neither_the_nations_own(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    nation = await town.hires(90, Role.NATIONAL_ADMIN, None, None)
    async with town.office.database.reading() as work:
        home = await work.directory.government_by_code("36.73")
        assert home is not None
    people = []
    for chat_id in (30, 31):
        sheet = await town.inviting.invite(nation, Role.COORDINATOR, home.id)
        await town.directory.redeem(await town.meets(chat_id), sheet.token)
        people.append(await town.meets(chat_id))
    clock.advance(days=8)
    number = (await town.files(await kartika(town), ACCUSED)).number
    asked = await opening.ask(people[0], number, REASON)
    assert (await opening.decide(people[1], asked.id, granted=True)).state is RevealState.READY
    async with town.office.database.work() as work:
        row = await work.complaints.by_number(number)
        assert row is not None
        row.at_arbiter = True
        await work.commit()
    with pytest.raises(NotUnderstood, match="no_second"):
        await opening.ask(nation, number, REASON)


async def test_nobody_agrees_by_an_office_that_they_have_held_for_less_than_a_week(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    first, second = await town.hires(30, Role.COORDINATOR), await town.hires(31, Role.OFFICER, "dlh")
    clock.advance(days=30)
    second = await town.hires(31, Role.COORDINATOR)
    clock.advance(days=6)
    number = (await town.files(await kartika(town), ACCUSED)).number
    with pytest.raises(NotUnderstood, match="no_second"):
        await opening.ask(first, number, REASON)
    clock.advance(days=1)
    asked = await opening.ask(first, number, REASON)
    assert (await opening.decide(second, asked.id, granted=True)).state is RevealState.READY


@pytest.mark.parametrize(
    ("role", "unit", "told"),
    [
        (Role.COORDINATOR, None, {30, 22, 90}),
        (Role.INSPECTOR, "inspektorat", {30, 22, 90}),
        (Role.OFFICER, "inspektorat", {30, 22, 90}),
        (Role.OFFICER, "dlh", set()),
        (Role.NATIONAL_ADMIN, None, {90}),
    ],
)
async def test_whoever_reads_accusations_is_told_that_somebody_else_does_from_now_on(
    town: Town, clock: FakeClock, role: Role, unit: str | None, told: set[int]
) -> None:
    await town.hires(30, Role.COORDINATOR)
    await town.hires(20, Role.OFFICER, "dprkp")
    await town.hires(22, Role.INSPECTOR)
    await town.hires(90, Role.NATIONAL_ADMIN, None, None)
    await town.owed(clock)
    await town.hires(50, role, unit, None if role is Role.NATIONAL_ADMIN else "36.73")
    letters = await town.owed(clock)
    assert {letter.chat_id for letter in letters if letter.staff} == told
    assert all("baru bertugas" in letter_screens.render(letter, WORDS).text for letter in letters)


async def test_a_refusal_holds_and_an_asking_lapses_after_a_day(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    first, second = await town.hires(30, Role.COORDINATOR), await town.hires(31, Role.COORDINATOR)
    clock.advance(days=8)
    accused = (await town.files(await kartika(town), ACCUSED)).number
    asked = await opening.ask(first, accused, REASON)
    assert (await opening.decide(second, asked.id, granted=False)).state is RevealState.REFUSED
    with pytest.raises(StaleStep):
        await opening.show(first, asked.id)
    other = await opening.ask(first, (await town.files(await kartika(town))).number, REASON)
    clock.advance(days=2)
    with pytest.raises(StaleStep):
        await opening.show(first, other.id)


async def test_neither_officers_nor_citizens_nor_strangers_nor_the_accused_open_an_identity(
    town: Town, opening: Revealing, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    for somebody in (case.officer, case.citizen):
        with pytest.raises(NotAllowed):
            await opening.ask(somebody, case.number, REASON)
    with pytest.raises(ComplaintNotFound):
        await opening.ask(await town.hires(21, Role.OFFICER, "dlh"), case.number, REASON)
    accused = await town.hires(40, Role.COORDINATOR)
    token = await town.directory.invite(Role.OFFICER, "36.73", "disdukcapil", "Rangkap")
    await town.directory.redeem(accused, token)
    number = (await town.files(await kartika(town), ACCUSED)).number
    with pytest.raises(ComplaintNotFound):
        await opening.ask(await town.meets(40), number, REASON)


@pytest.mark.parametrize("reason", ["", "perlu", "x" * 5000])
async def test_a_reason_is_one_sentence(town: Town, opening: Revealing, reason: str) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    number = (await town.files(await kartika(town))).number
    with pytest.raises(NotUnderstood):
        await opening.ask(coordinator, number, reason)


async def test_nothing_that_staff_get_carries_a_name_an_account_or_the_name_of_a_file(
    town: Town, clock: FakeClock
) -> None:
    officer, coordinator = await town.hires(20, Role.OFFICER, "dprkp"), await town.hires(30, Role.COORDINATOR)
    citizen = await kartika(town)
    number = (await town.files(citizen, LAMP, anonymous=True)).number
    gets = [repr(await town.oversight.unverified(coordinator)), repr(await town.oversight.look(coordinator, number))]
    proposal = await town.oversight.propose(coordinator, number)
    gets += [repr(proposal), proposal_screens.screen(proposal, WORDS).text]
    await town.oversight.forward(coordinator, proposal.serial)
    named = NewFile(FileKind.DOCUMENT, "f-9", "u-9", FILE_NAME, 900, "image/jpeg")
    await town.correspondence.with_file(citizen, number, Purpose.ADD_INFORMATION, named, "Ini fotonya, masih mati")
    sheet = await town.correspondence.current(citizen)
    assert sheet is not None
    await town.correspondence.send(citizen, sheet.serial)
    for attachment_id, _ in await town.evidence.owed(clock(), 10):
        await town.evidence.keep(attachment_id, photograph() + FILE_NAME.encode())
    await town.handling.take(officer, number)
    await town.does(officer, number, Purpose.FOLLOW_UP, "Regu kami memeriksa lampunya 9 April 2026 pukul 14.00.")
    for reader in (officer, coordinator):
        case = await town.handling.look(reader, number)
        gets += [repr(case), case_screens.at_desk(case, WORDS).text, repr(await town.handling.queue(reader))]
        for file in case.files:
            content = await town.evidence.bytes_of(file.stored) if file.stored else b""
            gets.append((content or b"").decode("latin-1"))
    letters = [letter for letter in await town.owed(clock) if letter.chat_id != CHAT]
    assert letters
    for letter in letters:
        screen = letter_screens.render(letter, WORDS)
        gets += [repr(letter), screen.text, repr(screen.rows), repr(screen.files)]
    [digest] = await town.oversight.digest(coordinator)
    gets += [repr(digest), digest_screens.digest(replace(digest, series=None), WORDS).text]
    exporting = Exporting(town.office)
    async for batch in exporting.batches(await exporting.open(ExportRequest(Form.CSV, "36.73"))):
        gets += [repr(row) for row in batch]
        leaving = ExportSheet("Pemerintah Kota Serang", date(2026, 4, 1), date(2026, 4, 30), Form.CSV, batch)
        gets += [content for form in Form for content in unpacked(document(replace(leaving, form=form)))]
    gets.append(sp4n.block(await town.oversight.look(coordinator, number), WORDS).text)
    gets += [repr(await Auditing(town.office).last(100)), await rows_of(town)]
    assert any(number in each for each in gets)
    found = [(planted, each[:200]) for each in gets for planted in (*PLANTED, FILE_NAME) if planted in each]
    assert found == []
