"""The desk that forwards to SP4N: what nobody here answers for, and the text to copy."""

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import AGUS, SARI, Town


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
    await town.delivers()
    assert "tujuh angka" in await agus.taps("Sudah masuk SP4N")
    assert "terdiri dari tujuh angka" in await agus.says("belum tahu")
    assert "1234567" in await agus.says("1234567")
    assert "sudah dicatat" in await agus.taps("Kirim")
    [told] = (await town.delivers())[SARI]
    assert "Nomor di SP4N-LAPOR!: 1234567" in str(told.text)
    assert "Sudah masuk SP4N" not in await agus.says(f"/lihat {number}")
