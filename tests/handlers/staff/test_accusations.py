"""A coordinator says in chat whom a complaint accuses, by a typed number or a tap; who is accused finds nothing."""

from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import Town


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
