"""One of two, and one word for many: what a coordinator does with complaints of the same trouble."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, NotAllowed, NotNow, NotUnderstood
from services.caller import Caller
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town
from tests.services.test_supporting import AGAIN, WASTE

LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"


async def two(town: Town) -> tuple[Caller, str, str]:
    """A coordinator before two complaints of one dead lamp: the later one and the earlier."""
    coordinator = await town.hires(30, Role.COORDINATOR)
    first = await town.files(await town.meets(10))
    second = await town.files(await town.meets(11), AGAIN)
    return coordinator, second.number, first.number


async def test_the_card_names_what_is_near_and_the_preview_shows_both(town: Town, clock: FakeClock) -> None:
    coordinator, later, earlier = await two(town)
    assert [line.number for line in (await town.oversight.look(coordinator, later)).near] == [earlier]
    assert [line.number for line in await town.merging.near(coordinator, later)] == [earlier]
    sheet = await town.merging.preview(coordinator, later, earlier)
    assert (sheet.merged.text, sheet.main.text, sheet.people) == (AGAIN, LAMP, 1)
    assert (await town.oversight.look(coordinator, later)).status is Status.SUBMITTED


async def test_the_merged_citizen_is_told_the_other_number_and_hears_of_it_from_then_on(
    town: Town, clock: FakeClock
) -> None:
    coordinator, later, earlier = await two(town)
    await town.hires(20, Role.OFFICER, "dprkp")
    await town.owed(clock)
    main = await town.merging.merge(coordinator, later, earlier)
    assert (main.number, main.supporters) == (earlier, 1)
    (letter,) = [letter for letter in await town.owed(clock) if letter.chat_id == 11]
    assert letter.kind is Notice.UPDATE
    assert letter.case is not None
    assert (letter.case.status, letter.case.merged_into) == (Status.MERGED, earlier)
    proposal = await town.oversight.propose(coordinator, earlier)
    await town.oversight.forward(coordinator, proposal.serial)
    (letter,) = [letter for letter in await town.owed(clock) if letter.chat_id == 11]
    assert letter.kind is Notice.SUPPORTED
    assert letter.case is not None
    assert letter.case.number == earlier


async def test_an_objection_opens_it_again_and_takes_the_support_back(town: Town, clock: FakeClock) -> None:
    coordinator, later, earlier = await two(town)
    await town.merging.merge(coordinator, later, earlier)
    citizen = await town.meets(11)
    case = await town.does(citizen, later, Purpose.OBJECT, "Lampu saya di gang sebelah, bukan yang itu.")
    assert (case.status, case.merged_into) == (Status.SUBMITTED, None)
    assert (await town.oversight.look(coordinator, earlier)).supporters == 0


async def test_supporters_come_along_once_and_the_same_person_is_not_counted_twice(
    town: Town, clock: FakeClock
) -> None:
    coordinator, later, earlier = await two(town)
    both, one = await town.meets(12), await town.meets(13)
    for number in (later, earlier):
        await town.supporting.join(both, number)
    await town.supporting.join(one, later)
    await town.supporting.join(await town.meets(10), later)
    assert (await town.merging.merge(coordinator, later, earlier)).supporters == 3


async def test_merging_twice_or_into_what_has_ended_is_refused(town: Town, clock: FakeClock) -> None:
    coordinator, later, earlier = await two(town)
    await town.merging.merge(coordinator, later, earlier)
    with pytest.raises((NotNow, NotAllowed)):
        await town.merging.merge(coordinator, later, earlier)
    with pytest.raises(NotUnderstood, match="merge_ended"):
        await town.merging.merge(coordinator, earlier, later)
    with pytest.raises(NotUnderstood, match="merge_apart"):
        await town.merging.merge(coordinator, earlier, earlier)


async def test_an_accusation_is_never_merged_with_what_the_accused_may_read(town: Town, clock: FakeClock) -> None:
    coordinator, later, _ = await two(town)
    levy = await town.files(await town.meets(14), LEVY)
    with pytest.raises(NotUnderstood, match="merge_apart"):
        await town.merging.preview(coordinator, levy.number, later)
    with pytest.raises(NotUnderstood, match="merge_apart"):
        await town.merging.preview(coordinator, later, levy.number)


async def test_only_the_desk_of_both_merges(town: Town, clock: FakeClock) -> None:
    _, later, earlier = await two(town)
    officer = await town.hires(20, Role.OFFICER, "dprkp")
    for somebody in (officer, await town.meets(15)):
        with pytest.raises(ComplaintNotFound):
            await town.merging.near(somebody, later)
        with pytest.raises(ComplaintNotFound):
            await town.merging.merge(somebody, later, earlier)
    citizen = await town.meets(11)
    with pytest.raises(NotAllowed):
        await town.merging.merge(citizen, later, earlier)


async def test_one_announcement_reaches_every_similar_complaint_and_every_supporter_once(
    town: Town, clock: FakeClock
) -> None:
    coordinator, later, earlier = await two(town)
    await town.files(await town.meets(12), WASTE)
    await town.supporting.join(await town.meets(13), earlier)
    await town.owed(clock)
    begun = await town.correspondence.begin(coordinator, later, Purpose.ANNOUNCE)
    assert (len(begun.data["also"]), begun.data["supporters"]) == (1, 1)  # type: ignore[arg-type]  # a list of ids
    begun = await town.correspondence.write(coordinator, "Kabel utama diganti Kamis, lampu menyala lagi Jumat malam.")
    await town.correspondence.send(coordinator, begun.serial)
    letters = await town.owed(clock)
    assert sorted((letter.chat_id, letter.kind) for letter in letters) == [
        (10, Notice.UPDATE),
        (11, Notice.UPDATE),
        (13, Notice.SUPPORTED),
    ]
    assert all(letter.event and "Kabel utama" in (letter.event.text or "") for letter in letters)
    assert all(letter.event and letter.event.data == {} for letter in letters)
    case = await town.oversight.look(coordinator, later)
    assert case.status is Status.SUBMITTED
    assert [due.paused for due in case.due] == [False]


async def test_what_has_ended_meanwhile_is_left_out_of_an_announcement(town: Town, clock: FakeClock) -> None:
    coordinator, later, earlier = await two(town)
    begun = await town.correspondence.at_once(
        coordinator, later, Purpose.ANNOUNCE, "Kabel diganti Kamis, lampu menyala lagi Jumat malam."
    )
    await town.does(await town.meets(10), earlier, Purpose.WITHDRAW, "Sudah menyala lagi di tempat saya.")
    await town.owed(clock)
    await town.correspondence.send(coordinator, begun.serial)
    assert [letter.chat_id for letter in await town.owed(clock)] == [11]


async def test_an_announcement_to_nobody_else_is_refused(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    with pytest.raises(NotUnderstood, match="nobody_alike"):
        await town.correspondence.begin(coordinator, receipt.number, Purpose.ANNOUNCE)


async def test_an_announcement_that_says_nothing_is_held_back_once_like_a_reply(town: Town) -> None:
    coordinator, later, _ = await two(town)
    empty = "Terima kasih atas laporannya, mohon bersabar."
    begun = await town.correspondence.at_once(coordinator, later, Purpose.ANNOUNCE, empty)
    assert begun.held
    assert begun.findings
