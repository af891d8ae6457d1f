"""People are numbers; who they are is sealed, found, and kept up to date."""

from sqlalchemy import text

from storage.crypto import Keyring, new_key
from storage.engine import Database
from tests.conftest import TEST_KEY, FakeClock


async def meets(database: Database, clock: FakeClock, chat_id: int, **names: str) -> int:
    """The number of the person after one message."""
    async with database.work() as work:
        person = await work.identities.meet(chat_id, clock.now(), **names)
        await work.commit()
        return person.id


async def on_disk(database: Database) -> dict:
    """The only identity, as it lies on the disk."""
    async with database.reading() as read:
        found = await read._session.execute(text("SELECT * FROM identities"))
        return dict(found.mappings().one())


async def test_who_writes_twice_is_one_person(database: Database, clock: FakeClock):
    first = await meets(database, clock, 5551)
    clock.advance(days=1)
    assert await meets(database, clock, 5551) == first
    assert await meets(database, clock, 5552) != first
    async with database.reading() as read:
        person = await read.people.get(first)
        assert person.last_seen_at - person.created_at == clock.now() - person.created_at


async def test_no_identity_lies_readable_on_the_disk(database: Database, clock: FakeClock):
    await meets(database, clock, 628123456, name="Siti Rahma", username="sitirahma")
    row = str(await on_disk(database))
    assert not any(word in row for word in ("628123456", "Siti", "sitirahma"))


async def test_to_deliver_the_chat_is_opened(database: Database, clock: FakeClock):
    person_id = await meets(database, clock, 628123456)
    async with database.reading() as read:
        assert await read.identities.chat_id_of(person_id) == 628123456
        assert await read.identities.chat_id_of(404) is None


async def test_a_new_name_replaces_the_old_and_an_unchanged_one_is_not_written_again(
    database: Database, clock: FakeClock
):
    await meets(database, clock, 5551, name="Siti")
    before = await on_disk(database)
    await meets(database, clock, 5551, name="Siti")
    assert await on_disk(database) == before
    await meets(database, clock, 5551, name="Siti R.")
    after = await on_disk(database)
    assert database.keyring.decrypt(after["name_sealed"]) == "Siti R."
    assert after["chat_id_sealed"] == before["chat_id_sealed"]


async def test_during_a_rotation_a_person_is_found_and_moves_to_the_newest_key(database: Database, clock: FakeClock):
    person_id = await meets(database, clock, 5551, name="Siti")
    newest = new_key()
    during = Database(database.url, Keyring.parse(f"{newest},{TEST_KEY}"), clock)
    try:
        assert await meets(during, clock, 5551, name="Siti") == person_id
    finally:
        await during.dispose()
    assert (await on_disk(database))["chat_index"] == Keyring.parse(newest).index("5551")


async def test_the_name_of_a_member_of_staff_is_kept_sealed_and_apart(database: Database, clock: FakeClock):
    person_id = await meets(database, clock, 5551, name="budi_kecil")
    async with database.work() as work:
        await work.identities.name_staff(person_id, "Budi Santoso")
        await work.commit()
    async with database.reading() as read:
        assert await read.identities.staff_name_of(person_id) == "Budi Santoso"
    assert "Santoso" not in str(await on_disk(database))
