"""A coordinator says in chat whom a complaint accuses, by a typed number or a tap; who is accused finds nothing."""

import re

from domain.groups import Errand
from services.group_sheets import GroupCall
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import DEWI, LAMP, RINA, Town
from tests.handlers.staff.group_room import GroupDesk, GroupRoom
from views.groups import topic_name


async def test_a_unit_is_accused_by_hand_and_its_people_find_the_number_no_more(
    town: Town, dewi: Warga, rina: Warga
) -> None:
    number = await town.files()
    assert "misalnya: /tuduhan" in await dewi.says("/tuduhan")
    asked = await dewi.says(f"/tuduhan {number}")
    assert "tidak menuduh unit mana pun" in asked
    assert "Inspektorat" not in asked
    assert "menuduh: Dinas Kebudayaan" in await dewi.taps("Dinas Kebudayaan, Pariwisata, Kepemudaan, dan Olahraga")
    assert "tidak menuduh" not in await dewi.says(f"/tuduhan {number}")
    assert number not in await rina.says(f"/tuduhan {number}")


async def test_the_topic_of_a_complaint_that_is_said_to_accuse_is_called_by_its_number_alone(
    town: Town, dewi: Warga, rina: Warga
) -> None:
    town.desk = desk = GroupDesk()
    town.__post_init__()
    desk.forum = desk.manages = True
    desk.place = "administrator"
    room = GroupRoom(town, desk)
    found = re.search(r"/hubungkan [A-Z0-9]{8}", await town.phone(RINA).says("/hubungkan"))
    assert found
    assert "sekarang terhubung" in await room.says(RINA, found[0])
    number = await town.files(LAMP)
    await town.forwards(number)
    opened = await brought(room)
    assert [call.errand for call in opened] == [Errand.OPEN, Errand.CARD]
    assert topic_name(opened[0]).startswith(f"{number} Lampu jalan")
    await town.phone(DEWI).says(f"/tuduhan {number}")
    await town.phone(DEWI).says("1")
    later = await brought(room)
    assert [call.errand for call in later] == [Errand.EDIT, Errand.RENAME, Errand.CLOSE]
    assert topic_name(later[1]) == number


async def brought(room: GroupRoom) -> list[GroupCall]:
    """Makes the calls that are due, as delivery does."""
    made: list[GroupCall] = []
    while turns := await room.post.turns(1):
        call = await room.post.next_call(turns[0])
        if call is not None:
            made.append(call)
            await room.post.done(call, 500 + len(made))
            room.town.clock.advance(seconds=4)
    return made
