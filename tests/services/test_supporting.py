"""Others with the same trouble: offered before sending, joined once, told what is public, and nobody learns who."""

import dataclasses

import pytest

from domain.drafting import Purpose, Step
from domain.lifecycle import TABLE, Action, Audience, Kind, Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, DraftMissing, NotAllowed, NotNow, StaleStep
from services.caller import Caller
from services.draft_sheets import DraftSheet
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town, a_photo

AGAIN = "PJU di depan SDN 2 padam sudah berhari-hari, gelap sekali"
WASTE = "Sampah menumpuk di depan SD Negeri 2 sudah seminggu tidak diangkut petugas"
PLACE = "Cipocok Jaya, Kota Serang"
NOBODY = frozenset[Role]()


async def tells(town: Town, by: Caller, text: str = AGAIN, place: str = PLACE, **how: bool) -> DraftSheet:
    """Somebody tells a complaint up to the last look before it leaves."""
    sheet = await town.intake.begin(by, text)
    sheet = await town.intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
    if sheet.place_choices:
        sheet = await town.intake.pick_place(by, sheet.id, None)
    sheet = await town.intake.place(by, place)
    sheet = await town.intake.pick_time(by, sheet.id, "yesterday")
    await town.intake.attach(by, a_photo("hers"))
    sheet = await town.intake.finish_evidence(by, sheet.id)
    if how.get("anonymous"):
        sheet = await town.intake.switch(by, sheet.id, "anonymous")
    sheet = await town.intake.finish_privacy(by, sheet.id)
    if not how.get("anonymous"):
        sheet = await town.intake.name(by, "Rahasia Dewi", sheet.id)
    sheet = await town.intake.pick_agency(by, sheet.id, 0)
    assert sheet.step is Step.REVIEW
    return sheet


async def offered(town: Town, by: Caller, text: str = AGAIN, place: str = PLACE) -> tuple[str, ...]:
    """The numbers that are offered to somebody who tells this."""
    sheet = await tells(town, by, text, place)
    asked = await town.supporting.offer(by, sheet.id)
    return tuple(line.number for line in asked.similar) if asked else ()


async def test_the_same_trouble_at_the_same_place_is_offered_before_sending(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour)
    asked = await town.supporting.offer(neighbour, sheet.id)
    assert asked is not None
    assert asked.step is Step.SIMILAR
    (line,) = asked.similar
    assert (line.number, line.supporters, line.status) == (there.number, 0, Status.FORWARDED)
    assert line.area == "Cipocok Jaya, Kota Serang"
    assert line.sector
    again = await town.supporting.offer(neighbour, sheet.id)
    assert again is not None
    assert again.similar == asked.similar


@pytest.mark.parametrize(("text", "where"), [(WASTE, PLACE), (AGAIN, "Kasemen, Kota Serang")])
async def test_another_trouble_or_another_place_is_not_offered(
    town: Town, clock: FakeClock, text: str, where: str
) -> None:
    await town.at_work(clock)
    assert await offered(town, await town.meets(11), text, where) == ()


async def test_what_is_ones_own_is_not_offered(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    assert await offered(town, there.citizen) == ()


async def test_what_is_old_or_ended_is_not_offered(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    clock.advance(days=61)
    assert await offered(town, await town.meets(11)) == ()
    clock.advance(days=-61)
    await town.does(there.officer, there.number, Purpose.DONE, "Lampu sudah diganti dan menyala lagi pagi ini.")
    assert await offered(town, await town.meets(12)) == ()


async def test_an_anonymous_one_is_offered_without_its_words_and_a_secret_one_not_at_all(
    town: Town, clock: FakeClock
) -> None:
    anonymous = await town.files(await town.meets(10), anonymous=True)
    await town.files(await town.meets(12), secret=True)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour)
    asked = await town.supporting.offer(neighbour, sheet.id)
    assert asked is not None
    assert [(line.number, line.summary) for line in asked.similar] == [(anonymous.number, None)]
    assert "SD Negeri" not in repr(asked.similar)


async def test_at_most_three_are_offered(town: Town, clock: FakeClock) -> None:
    for chat_id in range(40, 45):
        await town.files(await town.meets(chat_id))
    assert len(await offered(town, await town.meets(11))) == 3


async def test_sending_all_the_same_makes_a_complaint_and_back_leads_to_the_review(
    town: Town, clock: FakeClock
) -> None:
    await town.at_work(clock)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour)
    await town.supporting.offer(neighbour, sheet.id)
    back = await town.intake.edit(neighbour, sheet.id, Step.REVIEW)
    assert back.step is Step.REVIEW
    await town.supporting.offer(neighbour, sheet.id)
    receipt = await town.intake.submit(neighbour, sheet.id)
    assert not receipt.repeated
    assert (await town.intake.submit(neighbour, sheet.id)).number == receipt.number


async def test_more_words_or_a_pin_at_the_offer_ask_anew_what_followed_from_them(town: Town, clock: FakeClock) -> None:
    await town.at_work(clock)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour)
    await town.supporting.offer(neighbour, sheet.id)
    sheet = await town.intake.take_words(neighbour, "Tiangnya juga miring dan hampir roboh ke jalan", sheet.step)
    assert sheet.step is Step.AGENCY
    assert "miring" in sheet.text


async def test_joining_ends_the_draft_and_is_counted_once(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour)
    await town.supporting.offer(neighbour, sheet.id)
    first = await town.supporting.join_instead(neighbour, sheet.id, there.number, tell=False)
    second = await town.supporting.join_instead(neighbour, sheet.id, there.number, tell=False)
    assert (first.supporters, first.repeated, second.supporters, second.repeated) == (1, False, 1, True)
    assert await town.intake.current(neighbour) is None
    with pytest.raises(DraftMissing):
        await town.intake.submit(neighbour, sheet.id)
    assert (await town.handling.look(there.officer, there.number)).supporters == 1
    assert (await town.tracking.look(there.citizen, there.number)).supporters == 1
    assert (await town.handling.queue(there.officer)).lines[0].supporters == 1


async def test_own_words_and_files_go_to_whoever_works_on_it_and_not_to_the_citizen(
    town: Town, clock: FakeClock
) -> None:
    there = await town.at_work(clock)
    neighbour = await town.meets(11)
    sheet = await tells(town, neighbour, AGAIN + ", hubungi 0812-3456-7890")
    await town.supporting.offer(neighbour, sheet.id)
    assert (await town.supporting.join_instead(neighbour, sheet.id, there.number, tell=True)).told
    letters = await town.owed(clock)
    (word,) = [letter for letter in letters if letter.kind is Notice.DESK_UPDATE]
    assert word.event is not None
    assert "PJU" in (word.event.text or "")
    assert "7890" not in (word.event.text or "")
    theirs = await town.handling.look(there.officer, there.number)
    assert len(theirs.files) == 2
    assert "Dewi" not in repr(theirs)
    own = await town.tracking.look(there.citizen, there.number)
    assert len(own.files) == 1
    assert "PJU" not in repr(own)
    assert not [letter for letter in letters if letter.chat_id == 10]


async def test_supporters_learn_each_public_step_and_neither_words_nor_names(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    neighbour = await town.meets(11)
    await town.supporting.join(neighbour, there.number)
    await town.does(there.officer, there.number, Purpose.FOLLOW_UP, "Ibu Sari, petugas kami datang besok pagi.")
    letters = [letter for letter in await town.owed(clock) if letter.chat_id == 11]
    assert [letter.kind for letter in letters] == [Notice.SUPPORTED]
    assert letters[0].case is not None
    assert letters[0].case.status is Status.IN_PROGRESS
    assert "Sari" not in repr(letters)
    assert letters[0].event is not None
    assert letters[0].event.text is None


async def test_who_has_left_hears_nothing_more_and_is_not_counted(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    neighbour = await town.meets(11)
    await town.supporting.join(neighbour, there.number)
    await town.does(there.officer, there.number, Purpose.FOLLOW_UP, "Petugas kami datang besok pagi pukul 9.")
    assert (await town.supporting.leave(neighbour, there.number)).supporters == 0
    assert not [letter for letter in await town.owed(clock) if letter.chat_id == 11]
    with pytest.raises(StaleStep):
        await town.supporting.leave(neighbour, there.number)
    assert await town.supporting.mine(neighbour) == ()


async def test_nobody_supports_what_is_theirs_or_what_they_work_on(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    for somebody in (there.citizen, there.officer, there.coordinator):
        assert not (await town.tracking.look(somebody, there.number)).may_support
        with pytest.raises(NotAllowed):
            await town.supporting.join(somebody, there.number)


async def test_a_secret_or_an_ended_complaint_takes_no_support(town: Town, clock: FakeClock) -> None:
    secret = await town.files(await town.meets(12), secret=True)
    neighbour = await town.meets(11)
    with pytest.raises(ComplaintNotFound):
        await town.supporting.join(neighbour, secret.number)
    there = await town.at_work(clock)
    await town.does(there.citizen, there.number, Purpose.WITHDRAW, "Sudah diperbaiki warga sendiri.")
    with pytest.raises((NotNow, NotAllowed)):
        await town.supporting.join(neighbour, there.number)


async def test_a_draft_joins_only_what_is_asked_about_and_only_its_writer_may(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    neighbour, other = await town.meets(11), await town.meets(13)
    sheet = await tells(town, neighbour)
    with pytest.raises(StaleStep):
        await town.supporting.join_instead(neighbour, sheet.id, there.number, tell=True)
    await town.supporting.offer(neighbour, sheet.id)
    with pytest.raises(DraftMissing):
        await town.supporting.join_instead(other, sheet.id, there.number, tell=True)


async def test_neither_side_learns_who_the_other_is(town: Town, clock: FakeClock) -> None:
    receipt = await town.files(await town.meets(10, "Sari Pelapor"), anonymous=True)
    neighbour = await town.meets(11, "Dewi Pendukung")
    sheet = await tells(town, neighbour, anonymous=True)
    asked = await town.supporting.offer(neighbour, sheet.id)
    joined = await town.supporting.join_instead(neighbour, sheet.id, receipt.number, tell=True)
    seen_by_supporter = repr((asked and asked.similar, joined, await town.tracking.look(neighbour, receipt.number)))
    seen_by_citizen = repr(await town.tracking.look(await town.meets(10), receipt.number))
    for name in ("Sari", "Pelapor", "user10"):
        assert name not in seen_by_supporter
    for name in ("Dewi", "Pendukung", "user11", "PJU"):
        assert name not in seen_by_citizen


async def test_what_troubles_many_comes_before_what_is_not_late_either(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    second = await town.files(await town.meets(14), WASTE.replace("Sampah", "Lampu jalan padam, sampah"))
    proposal = await town.oversight.propose(there.coordinator, second.number)
    unit = proposal.unit_ids[proposal.unit_names.index("Dinas Perumahan dan Kawasan Permukiman")]
    proposal = await town.oversight.choose_unit(there.coordinator, proposal.serial, unit)
    await town.oversight.forward(there.coordinator, proposal.serial)

    async def queue() -> list[str]:
        return [line.number for line in (await town.handling.queue(there.officer)).lines]

    assert await queue() == [there.number, second.number]
    for chat_id in range(50, 53):
        await town.supporting.join(await town.meets(chat_id), second.number)
    assert await queue() == [second.number, there.number]


def test_every_step_that_supporters_are_told_of_is_public() -> None:
    told = {action for (_, action), row in TABLE.items() if Audience.SUPPORTERS in row.told}
    assert Action.ANNOUNCE in told
    assert not told & {Action.HOLD, Action.ANSWER, Action.ASK_CITIZEN, Action.NOTE, Action.RETURN, Action.REVEAL}


async def test_a_supporter_who_works_elsewhere_reads_as_a_citizen(town: Town, clock: FakeClock) -> None:
    there = await town.at_work(clock)
    other = await town.hires(21, Role.OFFICER, "dlh")
    await town.supporting.join(other, there.number)
    await town.does(there.officer, there.number, Purpose.FOLLOW_UP, "Petugas kami datang besok pagi pukul 9.")
    (letter,) = [letter for letter in await town.owed(clock) if letter.chat_id == 21]
    assert letter.case is not None
    assert letter.case.roles == NOBODY
    assert "besok" not in repr(dataclasses.replace(letter, chat_id=0))
    assert LAMP[:10] in (letter.case.text or "")
