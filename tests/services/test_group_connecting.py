"""A unit connects its group by a code, and leaves it; who works there is known each time."""

import pytest

from domain.groups import GroupWord
from domain.lifecycle import Role
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotUnderstood
from services.group_sheets import GroupNews, SightSheet
from tests.conftest import FakeClock
from tests.services.conftest import Town
from tests.services.groups import CHAT, DEWI, HEAD, RINA, Room, a_room


@pytest.fixture
async def room(town: Town, clock: FakeClock) -> Room:
    """A group without topics."""
    return await a_room(town, clock)


@pytest.fixture
async def forum(town: Town, clock: FakeClock) -> Room:
    """A group with topics."""
    return await a_room(town, clock, topics=True)


async def test_a_code_works_once_and_in_one_group(room: Room, town: Town) -> None:
    [code] = await room.groups.codes(room.officer)
    assert code.connected
    await room.groups.connect(room.officer, -1005555, code.code.lower(), topics=False)
    with pytest.raises(NotUnderstood, match="group_code"):
        await room.groups.connect(room.officer, -1006666, code.code, topics=False)
    assert (await room.groups.meet(CHAT, RINA)).room is None
    assert (await room.groups.meet(-1005555, RINA)).member


async def test_colleagues_and_the_desk_hear_when_the_cards_go_to_another_group(room: Room) -> None:
    await room.connects(-1005555)
    letters = [each for each in await room.town.owed(room.clock) if each.kind is Notice.GROUP]
    assert {each.chat_id for each in letters} == {HEAD, DEWI}
    assert {each.group for each in letters} == {
        GroupNews("Dinas Perumahan dan Kawasan Permukiman", GroupWord.CONNECTED, f"Staf {RINA}")
    }
    await room.connects(-1005555)
    assert await room.told(Notice.GROUP) == []


async def test_a_chat_that_everybody_may_read_uses_no_code_up(room: Room) -> None:
    [code] = await room.groups.codes(room.officer)
    with pytest.raises(NotUnderstood, match="group_public"):
        await room.groups.connect(room.officer, -1005555, code.code, topics=False, public=True)
    assert (await room.groups.connect(room.officer, -1005555, code.code, topics=False)).unit_id


async def test_a_code_runs_out_within_the_hour(room: Room, clock: FakeClock) -> None:
    [code] = await room.groups.codes(room.officer)
    clock.advance(hours=1)
    with pytest.raises(NotUnderstood, match="group_code"):
        await room.groups.connect(room.officer, -1005555, code.code, topics=False)


async def test_whoever_does_not_work_in_the_unit_cannot_use_its_code(room: Room, town: Town) -> None:
    [code] = await room.groups.codes(room.officer)
    stranger, other = await town.meets(99), await town.hires(60, Role.OFFICER, "dishub")
    for somebody in (stranger, other, room.coordinator):
        with pytest.raises(NotUnderstood, match="group_code"):
            await room.groups.connect(somebody, -1005555, code.code, topics=False)
    await room.groups.connect(room.officer, -1005555, code.code, topics=False)
    assert await room.groups.codes(stranger) == ()


async def test_the_group_of_one_unit_is_not_taken_by_another(room: Room, town: Town) -> None:
    other = await town.hires(60, Role.OFFICER, "dishub")
    with pytest.raises(NotUnderstood, match="group_taken"):
        await room.connects(CHAT, other)


async def test_only_people_of_the_unit_disconnect_and_what_waited_comes_to_them(room: Room, town: Town) -> None:
    unit_id = (await room.row()).unit_id
    await room.files()
    for somebody in (await town.meets(99), room.coordinator):
        with pytest.raises(NotUnderstood, match="group_none"):
            await room.groups.disconnect(somebody, unit_id)
    await room.groups.disconnect(room.officer, unit_id)
    assert await room.told(Notice.CARD) == [(RINA, Notice.CARD), (HEAD, Notice.CARD)]
    assert (await room.groups.meet(CHAT, RINA)).room is None


async def test_somebody_who_has_left_the_staff_is_a_stranger_in_the_group(room: Room, town: Town) -> None:
    assert (await room.groups.meet(CHAT, RINA)).member
    async with town.office.database.work() as work:
        for row in await work.staff.memberships_of(room.officer.person_id):
            row.revoked_at = town.office.clock()
        await work.commit()
    assert not (await room.groups.meet(CHAT, RINA)).member


async def test_strangers_in_a_group_are_not_written_down(room: Room, town: Town) -> None:
    assert (await room.groups.meet(CHAT, 4711)).by is None
    async with town.office.database.reading() as work:
        assert await work.identities.person_of(4711) is None


async def test_a_topic_of_another_group_leads_nowhere(forum: Room, town: Town) -> None:
    number = await forum.files()
    await forum.delivers()
    card = await forum.card(number)
    other = await town.hires(60, Role.OFFICER, "dishub")
    there = await forum.connects(-1005555, other)
    with pytest.raises(ComplaintNotFound):
        await forum.groups.case_of(there, 1, card.thread_id, None)
    with pytest.raises(ComplaintNotFound):
        await forum.groups.case_of(there, 1, None, number)
    own = (await forum.groups.meet(CHAT, RINA)).room
    assert own is not None
    assert (await forum.groups.case_of(own, 1, card.thread_id, None)).number == number


async def test_strangers_are_told_where_to_go_once_a_minute(room: Room, clock: FakeClock) -> None:
    there = (await room.groups.meet(CHAT, 99)).room
    assert there is not None
    assert [await room.groups.may_hint(there) for _ in range(3)] == [True, False, False]
    clock.advance(seconds=61)
    assert await room.groups.may_hint(there)


async def test_in_a_group_that_is_no_units_strangers_are_told_once_a_minute_too(room: Room, clock: FakeClock) -> None:
    assert [room.groups.may_hint_at(-1) for _ in range(60)] == [True, *[False] * 59]
    assert room.groups.may_hint_at(-2)
    clock.advance(seconds=61)
    assert room.groups.may_hint_at(-1)


async def test_a_look_at_the_group_believes_what_telegram_says(room: Room) -> None:
    unit_id = (await room.row()).unit_id
    await room.groups.check(room.officer, unit_id, SightSheet(present=False))
    assert (await room.row()).lost_at is not None
    sight = SightSheet(admin=True, topics=True, manages_topics=True)
    sheet = await room.groups.check(room.officer, unit_id, sight)
    assert sheet.error_at is not None
    row = await room.row()
    assert (row.lost_at, row.topics) == (None, True)


async def test_a_card_is_brought_to_the_private_chat_of_whoever_asks(room: Room) -> None:
    number = await room.files()
    there = (await room.groups.meet(CHAT, RINA)).room
    assert there is not None
    await room.groups.bring(room.officer, there, number)
    assert await room.told(Notice.CARD) == [(RINA, Notice.CARD)]
