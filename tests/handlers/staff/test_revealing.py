"""A coordinator opens an identity in chat: once by a reason alone, and by two where an office is accused."""

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import LEVY, Town

REASON = "Polisi meminta keterangan saksi dengan surat resmi"
SECOND = 7020


async def test_an_identity_is_shown_once_and_only_after_a_warning(town: Town, dewi: Warga, rina: Warga) -> None:
    number = await town.files()
    assert "/bukaidentitas NOMOR ALASAN" in await dewi.says(f"/bukaidentitas {number}")
    warned = await dewi.says(f"/bukaidentitas {number} {REASON}")
    assert "hanya ditampilkan satu kali" in warned
    assert "Rahasia" not in warned
    assert "Sari Dewi Rahasia" in await dewi.taps(f"Tampilkan sekali {number}")
    assert "Rahasia" not in await dewi.says(f"/lihat {number}")
    assert "Rahasia" not in await rina.says(f"/bukaidentitas {number} {REASON}")


async def test_a_second_person_agrees_by_the_button_of_a_letter(town: Town, dewi: Warga) -> None:
    number = await town.files(LEVY)
    second = await town.hires(SECOND, Role.COORDINATOR)
    town.clock.advance(days=8)
    await town.delivers()
    assert "menunggu persetujuan orang kedua" in await dewi.says(f"/bukaidentitas {number} {REASON}")
    (letter,) = (await town.delivers())[SECOND]
    assert REASON in (letter.text or "")
    assert "tercatat" in await second.taps("Setujui")
    await town.delivers()
    assert "Sari Dewi Rahasia" in await dewi.taps(f"Tampilkan sekali {number}")
