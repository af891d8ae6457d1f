"""People and their own data: consent, restriction, access, erasure, legal holds, retention, and who has looked."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.drafting import Purpose, Satisfaction, Step
from domain.lifecycle import Role
from domain.privacy import CONSENT_VERSION, Extra, Retention, RetentionInvalid, parse_retention
from domain.refusals import DraftMissing, StaleStep
from locales.translator import words_for
from services.caller import Caller
from services.erasing import without_person
from services.legal_holds import LegalHolds
from services.people import TelegramPerson
from services.privacy import Privacy
from services.retaining import Retaining
from storage.queries.inbox import Arrived
from storage.seed.retention import seed_retention
from storage.tables import Base
from storage.unit_of_work import Cause
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town, a_photo
from tests.storage.rows import claim_next
from views import privacy as screens

WORDS = words_for("id")
CHAT = 5551234567
NAME, USERNAME = "Kartika Maheswari", "kartikamaheswari"
STORY = f"{LAMP}. Nama saya Kartika Maheswari, HP 081277788899"
DRAFT = "Got mampet di belakang pasar lama sejak Lebaran, airnya meluap"
PLANTED = ("kartika", "maheswari", str(CHAT), "081277788899", "pasar lama", "file-u1", "file-later", "rahasia-nama")


@pytest.fixture
def own(town: Town) -> Privacy:
    return Privacy(town.office)


async def kartika(town: Town) -> Caller:
    """Somebody whose every trace can be looked for."""
    return await town.people.meet(TelegramPerson(CHAT, NAME, USERNAME, "id"))


async def lives_here(town: Town, clock: FakeClock) -> tuple[Caller, str, Caller]:
    """Somebody with a complaint in work, an answer with their name in it, a rating, a draft, and words begun."""
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    coordinator = await town.hires(30, Role.COORDINATOR)
    by = await kartika(town)
    receipt = await town.files(by, STORY)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    await town.oversight.forward(coordinator, proposal.serial)
    await town.handling.look(officer, receipt.number)
    await town.does(by, receipt.number, Purpose.ADD_INFORMATION, "Saya Kartika Maheswari menunggu")
    await town.does(officer, receipt.number, Purpose.DONE, "Ibu Sari dan Kartika Maheswari, lampu sudah menyala")
    await town.tracking.rate(by, receipt.number, Satisfaction.SATISFIED)
    await Privacy(town.office).consent(by, Extra.SURVEY, given=True)
    await town.intake.begin(by, DRAFT)
    await town.intake.attach(by, a_photo("later"))
    await town.correspondence.at_once(by, receipt.number, Purpose.REOPEN, "rahasia-nama belum menyala")
    return by, receipt.number, officer


async def dump(town: Town) -> str:
    """Every row of every table, with what is sealed opened."""
    told: list[str] = []
    async with town.office.database.session() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(text(f'SELECT * FROM "{table.name}"'))).mappings().all()
            for row in rows:
                for name, value in row.items():
                    opened = isinstance(value, bytes | memoryview) and name.endswith("_sealed")
                    shown = town.office.database.keyring.decrypt(bytes(value)) if opened else value
                    told.append(f"{table.name}.{name}={shown}")
    return "\n".join(told).casefold()


async def erases(own: Privacy, by: Caller) -> None:
    await own.ask_erasure(by)
    assert (await own.erase(by)).possible


async def test_after_an_erasure_no_table_holds_anything_of_the_person(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, officer = await lives_here(town, clock)
    async with town.office.database.work() as work:
        await work.inbox.store([Arrived(77, str(CHAT), json.dumps({"text": "pasar lama"}))], clock())
        await work.commit()
    before = await dump(town)
    assert all(planted in before for planted in PLANTED)
    await erases(own, by)
    after = await dump(town)
    assert [line for line in after.splitlines() if any(planted in line for planted in PLANTED)] == []
    case = await town.handling.look(officer, number)
    assert case.reporter is None
    assert case.text is not None
    assert case.text.startswith(LAMP)
    assert case.files == ()


async def test_whoever_writes_again_is_a_stranger_and_nothing_comes_back(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, _ = await lives_here(town, clock)
    await erases(own, by)
    again = await kartika(town)
    assert again.person_id != by.person_id
    assert await town.tracking.mine(again) == ()
    assert await town.intake.current(again) is None
    assert await town.correspondence.current(again) is None
    assert Role.CITIZEN not in (await town.tracking.look(again, number)).roles
    assert (await own.choices(again)).survey == 0
    with pytest.raises(DraftMissing):
        await town.intake.take_words(again, "kemarin", Step.TIME)


async def test_nothing_is_sent_to_somebody_who_was_erased(town: Town, own: Privacy, clock: FakeClock) -> None:
    by, number, officer = await lives_here(town, clock)
    await erases(own, by)
    await town.timekeeping.close_silent(clock() + timedelta(days=40))
    await town.handling.look(officer, number)
    assert [letter for letter in await town.owed(clock) if letter.chat_id == CHAT] == []


async def test_updates_that_wait_are_emptied_and_the_erasing_one_is_worked_once(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    await town.files(await kartika(town), STORY)
    async with town.office.database.work() as work:
        for update_id in (1, 2):
            await work.inbox.store([Arrived(update_id, str(CHAT), "{}")], clock())
        await work.commit()
    async with town.office.database.work() as work:
        claim = await claim_next(work, "w", clock(), timedelta(minutes=1))
        await work.commit()
    met = await town.people.meet(TelegramPerson(CHAT, NAME, USERNAME, "id"))
    await own.ask_erasure(met)
    await own.erase(Caller(met.person_id, met.actor, "id", Cause(claim.update_id, claim.fence)))  # type: ignore[union-attr]
    async with town.office.database.work() as work:
        assert await work.inbox.waiting() == 0
        assert await work.inbox.store([Arrived(2, str(CHAT), "{}")], clock()) == 0
        assert await work.inbox.store([Arrived(3, str(CHAT), "{}")], clock()) == 1
        await work.commit()
    async with town.office.database.work() as work:
        fresh = await claim_next(work, "w", clock(), timedelta(minutes=1))
    assert fresh.update_id == 3  # type: ignore[union-attr]


async def test_the_word_counts_only_within_half_an_hour_of_the_question(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by = await kartika(town)
    with pytest.raises(StaleStep):
        await own.erase(by)
    await own.ask_erasure(by)
    clock.advance(minutes=31)
    with pytest.raises(StaleStep):
        await own.erase(by)


async def test_a_legal_hold_stops_erasure_and_retention_until_it_is_lifted(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, _ = await lives_here(town, clock)
    holding = LegalHolds(town.office)
    await holding.keep(number, "Penyelidikan Inspektorat")
    assert (await own.ask_erasure(by)).held == (number,)
    with pytest.raises(StaleStep):
        await own.erase(by)
    await town.tracking.confirm(by, number)
    retaining = Retaining(town.office)
    late = clock() + timedelta(days=800)
    assert await retaining.identities(late) == 0
    assert await holding.lift(number) == 1
    assert await retaining.identities(late) == 1
    assert await retaining.identities(late) == 0


async def test_a_hold_that_is_set_between_the_question_and_the_word_still_stops_it(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, _ = await lives_here(town, clock)
    await own.ask_erasure(by)
    await LegalHolds(town.office).keep(number, "Penyelidikan")
    assert (await own.erase(by)).possible == 0
    assert (await kartika(town)).person_id == by.person_id


async def test_whoever_is_on_duty_is_not_erased(town: Town, own: Privacy) -> None:
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    assert (await own.ask_erasure(officer)).on_duty


async def test_consent_is_proved_by_its_wording_and_time_and_can_be_withdrawn(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by = await kartika(town)
    assert (await own.choices(by)).survey == 0
    await own.consent(by, Extra.SURVEY, given=True)
    await own.consent(by, Extra.SURVEY, given=True)
    given_at = clock()
    clock.advance(hours=1)
    assert (await own.consent(by, Extra.SURVEY, given=False)).survey == 0
    held = await own.everything(by)
    assert [(row["given"], row["wording"], row["at"]) for row in held.consents] == [
        (True, CONSENT_VERSION, given_at),
        (False, CONSENT_VERSION, clock()),
    ]


async def test_restricted_processing_closes_the_text_to_strangers_and_to_nobody_else(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, officer = await lives_here(town, clock)
    stranger = await town.meets(99)
    assert (await town.tracking.look(stranger, number)).text is not None
    await own.restrict(by, restricted=True)
    assert (await town.tracking.look(stranger, number)).text is None
    assert (await town.handling.look(officer, number)).text is not None
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(number)
        assert complaint is not None
        assert complaint.government_id is not None
        assert await work.overlays.sent(complaint.government_id) == []
    await own.restrict(by, restricted=False)
    async with town.office.database.reading() as work:
        assert len(await work.overlays.sent(complaint.government_id)) == 1
    assert (await town.tracking.look(stranger, number)).text is not None


async def test_the_file_holds_everything_and_says_who_opened_and_did_what_by_role_and_office(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, _ = await lives_here(town, clock)
    held = await own.everything(by)
    told = screens.readable(held, WORDS)
    machine = json.dumps(asdict(held), default=str, ensure_ascii=False)
    for value in (NAME, USERNAME, str(CHAT), STORY, DRAFT, number, "Ibu Sari", "rahasia-nama", "photo", "satisfied"):
        assert value in told
        assert value in machine
    done = [
        (line.role.value, line.office, line.action.value if line.action else "opened")
        for line in held.complaints[0].handled
    ]
    unit = "Dinas Perumahan dan Kawasan Permukiman"
    assert ("coordinator", "opened") in [(role, what) for role, _, what in done]
    assert ("officer", unit, "opened") in done
    assert ("officer", unit, "mark_done") in done
    assert "Staf 20" not in told
    assert "Pejabat penghubung" in told
    assert "membuka laporan" in told
    # The days that were chosen by a button, in the file for people and in the one for machines.
    assert "hari kejadian: Senin, 6 April 2026" in told
    assert '"occurred_on": "2026-04-06"' in machine


async def test_a_look_is_written_once_for_all_pages_and_never_for_ones_own_complaint(
    town: Town, own: Privacy, clock: FakeClock
) -> None:
    by, number, officer = await lives_here(town, clock)
    await town.handling.look(officer, number)
    await town.tracking.look(officer, number)
    await town.tracking.look(by, number)
    await town.tracking.look(await town.meets(99), number)
    clock.advance(hours=1)
    await town.handling.look(officer, number)
    handled = (await own.everything(by)).complaints[0].handled
    assert [line.role.value for line in handled if line.action is None] == ["coordinator", "officer", "officer"]


async def test_retention_lets_go_of_drafts_messages_and_identities_in_their_time(town: Town, clock: FakeClock) -> None:
    by, number, _ = await lives_here(town, clock)
    await town.owed(clock)
    await town.intake.discard(by)
    await town.tracking.confirm(by, number)
    retaining, days = Retaining(town.office), seed_retention()
    assert (await retaining.drafts(clock()), await retaining.messages(clock())) == (0, 0)
    assert await retaining.drafts(clock() + timedelta(days=days.discarded_drafts + 1)) == 1
    assert await retaining.identities(clock() + timedelta(days=days.identity_after_closing - 1)) == 0
    assert await retaining.messages(clock() + timedelta(days=days.messages + 1)) > 0
    assert await retaining.identities(clock() + timedelta(days=days.identity_after_closing + 1)) == 1
    left = await dump(town)
    assert "081277788899" not in left
    assert "file-u1" not in left
    assert (await kartika(town)).person_id == by.person_id


@pytest.mark.parametrize("wrong", [{}, {"days": {"messages": 0}}, {"days": {"letters": 3}}])
def test_a_period_that_is_missing_or_unknown_is_named(wrong: dict) -> None:
    with pytest.raises(RetentionInvalid):
        parse_retention(wrong)
    assert isinstance(seed_retention(), Retention)


def test_what_stays_of_a_text_names_nobody() -> None:
    told = "Lampu mati. Nama saya Budi Hartono. Kata budi hartono kemarin begitu, WA 0812 3456 7890"
    assert without_person(told, {"Budi Hartono"}) == "Lampu mati. [***]. Kata [***] kemarin begitu, WA [***]"
