"""Whoever writes is known by one question, however little or much there is to know."""

from datetime import timedelta

from domain.drafting import DraftState, Purpose, Step
from storage.crypto import Keyring, new_key
from storage.engine import Database
from storage.queries.guests import Known
from storage.tables_drafts import Draft
from storage.tables_privacy import Flood
from tests.conftest import TEST_KEY, FakeClock
from tests.storage.rows import a_complaint, a_person

CHAT = 5551


async def known(database: Database) -> Known | None:
    async with database.reading() as work:
        return await work.guests.of(CHAT)


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
        await work.shown.keep(person.id, [("Ya", "1:yes"), ("Tidak", "1:no")], now)
        await work.people.mark_unreachable(person.id, now)
        await work.commit()
    found = await known(database)
    assert found is not None
    assert found.asked is Step.TIME
    assert found.writes
    assert found.shown == (("Ya", "1:yes"), ("Tidak", "1:no"))
    assert (found.passed_over_until, found.told_at) == (now, now - timedelta(minutes=1))
    assert not found.reachable


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
