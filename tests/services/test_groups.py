"""Cards in the group of a unit: what goes there and not to each officer, in which order, and when it fails."""

from datetime import timedelta

import pytest

from domain.drafting import Purpose
from domain.groups import Errand
from domain.lifecycle import Action, ComplaintClass, Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound
from services.handling import PAGE
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from tests.services.groups import CHAT, DEWI, HEAD, RINA, Room, a_room
from tests.services.test_request_kinds import unit_id

LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


@pytest.fixture
async def room(town: Town, clock: FakeClock) -> Room:
    """A group without topics."""
    return await a_room(town, clock)


@pytest.fixture
async def forum(town: Town, clock: FakeClock) -> Room:
    """A group with topics."""
    return await a_room(town, clock, topics=True)


async def test_a_new_complaint_goes_to_the_group_and_to_no_officer(room: Room) -> None:
    number = await room.files()
    assert await room.delivers() == [Errand.CARD]
    [call] = room.calls
    assert (call.chat_id, call.cases[0].number, call.cases[0].roles) == (CHAT, number, {Role.OFFICER})
    assert await room.told(Notice.CARD, Notice.DESK_UPDATE) == []


async def test_the_group_never_learns_the_name_that_officers_may_see(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    assert room.calls[0].cases[0].reporter is None
    assert (await room.town.handling.look(room.officer, number)).reporter == "Ibu Sari"


async def test_a_complaint_of_the_evening_waits_for_the_office(room: Room, clock: FakeClock) -> None:
    clock.set(jakarta("2026-04-07 20:00"))
    await room.files()
    assert await room.delivers() == []
    clock.set(jakarta("2026-04-08 07:30"))
    assert await room.delivers() == [Errand.CARD]


async def test_one_topic_per_complaint_and_it_closes_with_the_complaint(forum: Room) -> None:
    number = await forum.files()
    assert await forum.delivers() == [Errand.OPEN, Errand.CARD]
    card = await forum.card(number)
    assert forum.calls[1].thread_id == card.thread_id
    await forum.town.does(forum.officer, number, Purpose.DONE, ANSWER)
    assert await forum.delivers() == [Errand.SAY, Errand.EDIT]
    citizen = await forum.town.meets(10)
    await forum.town.tracking.confirm(citizen, number)
    assert await forum.delivers() == [Errand.SAY, Errand.EDIT, Errand.RENAME, Errand.CLOSE]
    assert [call.bare for call in forum.calls[-3:]] == [True] * 3
    await forum.town.does(citizen, number, Purpose.REOPEN, "Lampunya mati lagi sejak semalam")
    again = await forum.delivers()
    assert (again[0], again[-1], forum.calls[-1].bare) == (Errand.REOPEN, Errand.RENAME, False)


async def test_several_changes_become_one_edit(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    await room.town.handling.take(room.officer, number)
    await room.town.handling.release(room.officer, number)
    await room.town.handling.take(room.officer, number)
    await room.town.does(room.officer, number, Purpose.FOLLOW_UP, ANSWER)
    assert await room.delivers() == [Errand.SAY, Errand.EDIT]
    assert room.calls[-1].cases[0].status is Status.IN_PROGRESS
    assert [event.action for event in room.calls[-2].events] == [Action.RELEASE]


async def test_words_of_the_citizen_are_said_in_one_message_however_many(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    citizen = await room.town.meets(10)
    for words in ("Tiangnya juga miring", "Nomor tiang 17"):
        await room.town.does(citizen, number, Purpose.ADD_INFORMATION, words)
    assert await room.delivers() == [Errand.SAY, Errand.EDIT]
    said = room.calls[-2]
    assert [event.text for event in said.events] == ["Tiangnya juga miring", "Nomor tiang 17"]
    assert said.message_id == (await room.card(number)).message_id
    assert await room.told(Notice.DESK_UPDATE) == []


async def test_what_changes_while_a_call_is_under_way_is_not_lost(room: Room) -> None:
    number = await room.files()
    call = await room.next()
    assert call is not None
    await room.town.handling.take(room.officer, number)
    await room.post.done(call, 77)
    room.clock.advance(seconds=4)
    assert await room.delivers() == [Errand.EDIT]


async def test_one_group_has_one_call_at_a_time_and_they_keep_their_distance(room: Room, clock: FakeClock) -> None:
    for citizen in (11, 12):
        await room.files(citizen)
    call = await room.next()
    assert call is not None
    assert await room.next() is None
    await room.post.done(call, 1)
    assert await room.next() is None
    clock.advance(seconds=4)
    assert await room.next() is not None


async def test_many_new_ones_are_told_in_one_list(room: Room, clock: FakeClock) -> None:
    clock.set(jakarta("2026-04-07 20:00"))
    numbers = [await room.files(100 + each) for each in range(7)]
    clock.set(jakarta("2026-04-08 08:00"))
    assert await room.delivers() == [Errand.LIST]
    assert [case.number for case in room.calls[0].cases] == numbers
    await room.town.handling.take(room.officer, numbers[0])
    assert await room.delivers() == []
    citizen = await room.town.meets(101)
    await room.town.does(citizen, numbers[1], Purpose.ADD_INFORMATION, "Tiangnya juga miring")
    assert await room.delivers() == [Errand.CARD, Errand.SAY]


@pytest.mark.parametrize("topic", [True, False])
async def test_what_somebody_deleted_is_made_anew_and_the_message_sent_again(forum: Room, topic: bool) -> None:
    number = await forum.files()
    await forum.delivers()
    await forum.town.handling.take(forum.officer, number)
    call = await forum.next()
    assert call is not None
    assert call.errand is Errand.EDIT
    await forum.post.missing(call, "message thread not found", topic=topic)
    forum.clock.advance(seconds=4)
    assert await forum.delivers() == ([Errand.OPEN, Errand.CARD] if topic else [Errand.CARD])


async def test_a_group_that_has_become_a_supergroup_is_found_under_both_notes_once(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    for _ in range(2):
        await room.groups.moved(CHAT, -1009999)
    encounter = await room.groups.meet(-1009999, RINA)
    assert (encounter.member, (await room.groups.meet(CHAT, RINA)).room) == (True, None)
    assert await room.delivers() == [Errand.CARD]
    assert (room.calls[-1].chat_id, room.calls[-1].cases[0].number) == (-1009999, number)


async def test_delivery_learns_the_new_id_too_and_goes_on_there(room: Room) -> None:
    await room.files()
    call = await room.next()
    assert call is not None
    await room.post.moved(call, -1009999)
    room.clock.advance(seconds=4)
    assert await room.delivers() == [Errand.CARD]
    assert room.calls[-1].chat_id == -1009999


async def test_a_lost_group_falls_back_to_each_officer_and_the_coordinator_hears_of_it(room: Room) -> None:
    known = await room.files(11)
    await room.delivers()
    await room.files(12)
    await room.groups.lost(CHAT, "kicked")
    letters = await room.town.owed(room.clock)
    assert {(each.chat_id, each.kind) for each in letters if each.kind in (Notice.CARD, Notice.GROUP)} == {
        (RINA, Notice.CARD),
        (HEAD, Notice.CARD),
        (RINA, Notice.GROUP),
        (HEAD, Notice.GROUP),
        (DEWI, Notice.GROUP),
    }
    digest = (await room.town.oversight.digest(room.coordinator))[0]
    assert digest.lost_groups == ("Dinas Perumahan dan Kawasan Permukiman",)
    await room.files(13)
    assert await room.told(Notice.CARD) == [(RINA, Notice.CARD), (HEAD, Notice.CARD)]
    await room.town.handling.take(room.officer, known)
    assert await room.delivers() == []
    await room.groups.regained(CHAT, topics=False)
    assert await room.delivers() == [Errand.EDIT]
    assert room.calls[-1].cases[0].number == known
    await room.files(14)
    assert await room.delivers() == [Errand.CARD]


async def test_whoever_puts_the_bot_out_again_and_again_gets_one_letter_a_day(room: Room) -> None:
    for _ in range(3):
        await room.groups.lost(CHAT, "kicked")
        await room.groups.regained(CHAT, topics=False)
    told = await room.told(Notice.GROUP)
    assert len(told) == 6


async def test_a_card_that_telegram_does_not_take_goes_to_the_officers(room: Room) -> None:
    await room.files()
    for _ in range(4):
        call = await room.next()
        assert call is not None
        await room.post.failed(call, "TOPIC_CLOSED")
        room.clock.advance(seconds=4)
    assert await room.next() is None
    assert await room.told(Notice.CARD) == [(RINA, Notice.CARD), (HEAD, Notice.CARD)]
    assert (await room.row()).error == "TOPIC_CLOSED"


async def test_a_flood_rests_this_group_and_counts_for_no_card(room: Room, clock: FakeClock) -> None:
    await room.files()
    for _ in range(6):
        call = await room.next()
        assert call is not None
        await room.post.rest(call, timedelta(seconds=40), "429")
        assert await room.next() is None
        clock.advance(seconds=41)
    assert await room.delivers() == [Errand.CARD]


async def test_an_answer_that_does_not_come_means_once_more_and_then_enough(room: Room) -> None:
    await room.files()
    for _ in range(2):
        call = await room.next()
        assert call is not None
        await room.post.uncertain(call, "timed out")
        room.clock.advance(seconds=4)
    assert await room.next() is None
    assert await room.told(Notice.CARD) == []


async def test_a_group_whose_topics_we_may_not_open_gets_cards_in_the_chat(forum: Room) -> None:
    await forum.files()
    call = await forum.next()
    assert call is not None
    await forum.post.without_topics(call, "not enough rights to manage topics")
    forum.clock.advance(seconds=4)
    assert await forum.delivers() == [Errand.CARD]
    assert forum.calls[-1].thread_id is None


async def test_what_accuses_goes_to_no_group_not_even_to_the_inspectorates(town: Town, clock: FakeClock) -> None:
    room = await a_room(town, clock)
    inspector = await town.hires(40, Role.INSPECTOR, "inspektorat")
    await room.connects(-1007777, inspector)
    accused = await town.hires(50, Role.OFFICER, "disdukcapil")
    await room.connects(-1008888, accused)
    number = await room.files(text=LEVY)
    assert await room.delivers() == []
    assert await room.told(Notice.CARD) == [(40, Notice.CARD)]
    for chat_id, user in ((-1007777, 40), (-1008888, 50)):
        there = (await room.groups.meet(chat_id, user)).room
        assert there is not None
        assert (await room.groups.queue(there)).lines == ()
        with pytest.raises(ComplaintNotFound):
            await room.groups.case(there, number)


async def test_what_is_secret_is_told_to_each_officer_and_to_no_group(room: Room) -> None:
    number = await room.files(secret=True)
    assert await room.delivers() == []
    assert set(await room.told(Notice.CARD)) == {(RINA, Notice.CARD), (HEAD, Notice.CARD)}
    there = (await room.groups.meet(CHAT, RINA)).room
    assert there is not None
    with pytest.raises(ComplaintNotFound):
        await room.groups.case(there, number)


async def test_what_becomes_secret_is_made_bare_and_goes_on_in_private(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    await room.keeps_secret(number)
    assert await room.delivers() == [Errand.EDIT]
    assert room.calls[-1].bare
    await room.town.does(await room.town.meets(10), number, Purpose.ADD_INFORMATION, "Tiangnya juga miring")
    assert {RINA, HEAD} <= {chat_id for chat_id, _ in await room.told(Notice.DESK_UPDATE)}
    assert set(await room.delivers()) <= {Errand.EDIT}


async def test_what_becomes_secret_before_it_came_to_the_group_is_told_to_each_officer(
    room: Room, clock: FakeClock
) -> None:
    clock.set(jakarta("2026-04-07 20:00"))
    number = await room.files()
    await room.keeps_secret(number)
    clock.set(jakarta("2026-04-08 07:30"))
    assert await room.delivers() == []
    assert set(await room.told(Notice.CARD)) == {(RINA, Notice.CARD), (HEAD, Notice.CARD)}


async def test_a_page_of_the_queue_tells_nothing_of_what_it_leaves_out(room: Room) -> None:
    numbers = [await room.files(100 + each) for each in range(PAGE + 2)]
    for number in numbers[:3]:
        await room.town.oversight.change_class(room.coordinator, number, ComplaintClass.SUPERVISORY)
    there = (await room.groups.meet(CHAT, RINA)).room
    assert there is not None
    page = await room.groups.queue(there)
    assert ([line.number for line in page.lines], page.more) == (numbers[3:], False)


async def test_a_complaint_that_leaves_the_unit_leaves_a_bare_card(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    await room.town.does(room.officer, number, Purpose.RETURN, "Bukan wewenang kami, ini jalan nasional")
    assert await room.delivers() == [Errand.EDIT]
    assert room.calls[-1].bare
    there = (await room.groups.meet(CHAT, RINA)).room
    assert there is not None
    card = await room.card(number)
    with pytest.raises(ComplaintNotFound):
        await room.groups.case_of(there, card.message_id or 0, None, None)


async def test_the_group_of_a_unit_that_helps_no_more_keeps_a_bare_card_and_its_people_hear_why(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    dprkp, dishub = [await unit_id(room.town, code) for code in ("dprkp", "dishub")]
    await room.town.hires(40, Role.OFFICER, "dishub")
    proposal = await room.town.oversight.propose(room.coordinator, number)
    chosen = await room.town.oversight.choose_unit(room.coordinator, proposal.serial, dishub)
    await room.town.oversight.forward(room.coordinator, chosen.serial)
    await room.town.teamwork.add(room.coordinator, number, dprkp)
    await room.delivers()
    assert not room.calls[-1].bare
    await room.town.owed(room.clock)
    await room.town.teamwork.remove(room.coordinator, number, dprkp)
    assert await room.delivers() == [Errand.EDIT]
    assert (room.calls[-1].bare, room.calls[-1].cases[0].roles) == (True, frozenset())
    assert {chat_id for chat_id, _ in await room.told(Notice.DESK_UPDATE)} == {RINA, HEAD, 40}


async def test_what_turns_out_to_need_an_examination_is_told_in_private_from_then_on(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    await room.town.oversight.change_class(room.coordinator, number, ComplaintClass.SUPERVISORY)
    assert await room.told(Notice.DESK_UPDATE) == [(RINA, Notice.DESK_UPDATE), (HEAD, Notice.DESK_UPDATE)]
    assert await room.delivers() == [Errand.EDIT]
    assert room.calls[-1].bare


async def test_a_note_among_staff_is_read_in_private_chats_alone(room: Room) -> None:
    number = await room.files()
    await room.delivers()
    await room.town.does(room.coordinator, number, Purpose.NOTE, "Mohon didahulukan, ada sekolah di dekatnya")
    assert await room.told(Notice.DESK_UPDATE) == [(RINA, Notice.DESK_UPDATE), (HEAD, Notice.DESK_UPDATE)]
    assert Errand.SAY not in await room.delivers()


async def test_a_unit_without_anybody_has_no_group_either(room: Room, town: Town) -> None:
    async with town.office.database.work() as work:
        for row in await work.staff.everybody():
            if row.unit_id is not None:
                row.revoked_at = town.office.clock()
        await work.commit()
    await room.files()
    assert await room.delivers() == []
    assert DEWI in {chat_id for chat_id, _ in await room.told(Notice.DESK_CARD)}
