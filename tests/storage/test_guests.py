"""Whoever writes is known by one question, however little or much there is to know."""

from datetime import timedelta

from domain.drafting import DraftState, Purpose, Step
from domain.lifecycle import Role
from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.queries.guests import Known
from storage.queries.inbox import Arrived
from storage.tables_drafts import Draft
from storage.tables_offices import StaffMembership
from storage.tables_privacy import Flood
from tests.conftest import TEST_KEY, FakeClock
from tests.storage.rows import a_complaint, a_person

CHAT = 5551


async def known(database: Database) -> Known | None:
    now = database.clock()
    async with database.reading() as work:
        return await work.guests.of(CHAT, None, now - timedelta(minutes=1), now)


async def test_nobody_is_known_before_they_were_met(database: Database) -> None:
    assert await known(database) is None


async def test_of_somebody_who_has_just_come_there_is_nothing_more_to_know(
    database: Database, clock: FakeClock
) -> None:
    async with database.work() as work:
        await work.identities.meet(CHAT, clock.now(), name="Siti", username="siti", locale="en")
        await work.commit()
    found = await known(database)
    assert found is not None
    assert (found.locale, found.name, found.username, found.menu) == ("en", "Siti", "siti", None)
    assert found.reachable
    assert found.under_newest_key
    assert (found.shown, found.writes, found.asked) == ((), False, None)
    assert (found.passed_over_until, found.told_at) == (None, None)
    assert (found.notice_version, found.on_duty, found.came) == (None, False, 0)


async def test_everything_that_stands_open_is_known_at_once(database: Database, clock: FakeClock) -> None:
    now = clock.now()
    async with database.work() as work:
        person = await a_person(work, now, CHAT)
        complaint = await work.complaints.add(a_complaint(person, now))
        work.floods.add(Flood(person_id=person.id, until=now, answered_at=now - timedelta(minutes=1)))
        for state, step in (
            (DraftState.DISCARDED, Step.NAME),
            (DraftState.OPEN, Step.KIND),
            (DraftState.OPEN, Step.TIME),
        ):
            work.drafts.add(Draft(**_told(person.id, clock), state=state, step=step))
        await work.flush()
        await work.drafts.compose(person.id, complaint.id, Purpose.ADD_INFORMATION, {}, 7, now)
        await work.shown.keep({person.id: [("Ya", "1:yes"), ("Tidak", "1:no")]}, now)
        await work.people.mark_unreachable(person.id, now)
        await work.commit()
    found = await known(database)
    assert found is not None
    assert found.asked is Step.TIME
    assert found.writes
    assert found.shown == (("Ya", "1:yes"), ("Tidak", "1:no"))
    assert (found.passed_over_until, found.told_at) == (now, now - timedelta(minutes=1))
    assert not found.reachable


async def test_only_a_role_that_is_still_held_makes_somebody_one_on_duty(database: Database, clock: FakeClock) -> None:
    async with database.work() as work:
        person = await a_person(work, clock.now(), CHAT)
        held = StaffMembership(person_id=person.id, role=Role.NATIONAL_ADMIN, since=clock.now())
        work.staff.add(held)
        await work.commit()
    found = await known(database)
    assert found is not None
    assert found.on_duty
    async with database.work() as work:
        [held] = await work.staff.memberships_of(found.id)
        held.revoked_at = clock.now()
        await work.commit()
    found = await known(database)
    assert found is not None
    assert not found.on_duty


async def test_what_came_from_the_chat_of_an_update_is_counted_since_an_instant(
    database: Database, clock: FakeClock
) -> None:
    async with database.work() as work:
        await a_person(work, clock.now(), CHAT)
        for number in (1, 2, 3):
            await work.inbox.store([Arrived(number, str(CHAT), "{}")], clock())
            clock.advance(seconds=20)
        await work.inbox.store([Arrived(4, "another chat", "{}")], clock())
        await work.commit()
    now = clock()
    async with database.reading() as work:
        found = await work.guests.of(CHAT, 3, now - timedelta(seconds=50), now)
    assert found is not None
    assert found.came == 2


async def test_during_a_rotation_a_guest_is_found_under_the_older_key(database: Database, clock: FakeClock) -> None:
    async with database.work() as work:
        await a_person(work, clock.now(), CHAT)
        await work.commit()
    during = Database(database.url, Keyring.parse(f"{new_key()},{TEST_KEY}"), clock)
    try:
        found = await known(during)
    finally:
        await during.dispose()
    assert found is not None
    assert not found.under_newest_key


def _told(person_id: int, clock: FakeClock) -> dict[str, object]:
    kept: dict[str, object] = {"place_choices": [], "noticed": [], "similar": []}
    decided = ("voiced", "time_finished", "evidence_finished", "privacy_finished", "anonymous", "secret", "name_asked")
    undecided = dict.fromkeys((*decided, "editing", "confident", "accuses"), False)
    return kept | undecided | {"person_id": person_id, "text": "", "created_at": clock.now(), "updated_at": clock.now()}
