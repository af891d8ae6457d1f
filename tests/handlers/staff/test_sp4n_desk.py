"""The desk that forwards to SP4N: what nobody here answers for, and the text to copy."""

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import AGUS, Town


async def test_what_is_not_this_citys_goes_to_the_desk_of_sp4n_with_its_text_to_copy(town: Town, dewi: Warga) -> None:
    agus = await town.hires(AGUS, Role.NATIONAL_ADMIN, government=None)
    number = await town.files()
    await dewi.says(f"/lihat {number}")
    await dewi.taps("Bukan wewenang kami")
    await dewi.says("Lampu di jalan nasional adalah wewenang kementerian.")
    assert "meja SP4N-LAPOR!" in await dewi.taps("Kirim")
    assert number in await agus.says("/verifikasi")
    await agus.taps(number)
    block = await agus.taps("Teks untuk SP4N")
    assert "Klasifikasi: Pengaduan\nJudul: Lampu jalan" in block
    assert "Anonim: tidak. Rahasia: tidak" in block
    assert "Sari Dewi" not in block
