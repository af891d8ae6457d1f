"""Several units on one complaint and a nudge, as a coordinator taps them and officers read them."""

from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import BUDI, RINA, SARI, Town, turns_to


async def test_a_unit_is_asked_to_help_and_writes_a_note_for_staff_alone(
    town: Town, dewi: Warga, rina: Warga, budi: Warga, forwarded: str
) -> None:
    await town.delivers()
    await dewi.says(f"/lihat {forwarded}")
    assert "hanya tenggatnya yang dihitung" in await dewi.taps("Tambah unit pendamping")
    await turns_to(dewi, "Dinas Perhubungan")
    assert "Unit pendamping: Dinas Perhubungan" in await dewi.taps("Dinas Perhubungan")
    card = (await town.delivers())[BUDI][-1]
    assert "ikut menangani" in (card.text or "")
    assert "membantu unit lain" in await budi.says("/antrean")
    assert "tidak oleh pelapor" in await budi.says(f"/catatan {forwarded} Kabel bawah tanah sudah kami periksa.")
    assert "sudah disampaikan" in await budi.taps("Kirim")
    brought = await town.delivers()
    assert any("Kabel bawah tanah" in (letter.text or "") for letter in brought[RINA])
    assert SARI not in brought
    assert "Dinas Perhubungan" in await rina.says(f"/lihat {forwarded}")


async def test_a_unit_that_has_helped_enough_is_taken_off_and_hears_of_it(
    town: Town, dewi: Warga, budi: Warga, forwarded: str
) -> None:
    await town.delivers()
    await dewi.says(f"/lihat {forwarded}")
    assert "Lepas unit pendamping" not in dewi.labels()
    assert "Tidak ada unit pendamping" in await dewi.says(f"/lepasunit {forwarded}")
    await dewi.says(f"/tambahunit {forwarded}")
    await turns_to(dewi, "Dinas Perhubungan")
    await dewi.taps("Dinas Perhubungan")
    await town.delivers()
    await dewi.says(f"/lihat {forwarded}")
    assert "sudah cukup membantu" in await dewi.taps("Lepas unit pendamping")
    assert "sudah diberi tahu" in await dewi.says("1")
    told = (await town.delivers())[BUDI][-1]
    assert "tidak lagi menjadi unit pendamping" in (told.text or "")
    assert forwarded not in await budi.says("/antrean")
    assert "tidak ditemukan" in await budi.says(f"/catatan {forwarded} Kabel sudah kami periksa.")
    assert "/lepasunit" in await dewi.says("/lepasunit")
    assert "petugas" in (await budi.says(f"/lepasunit {forwarded}")).lower()


async def test_a_silent_unit_is_nudged_once_a_day(town: Town, dewi: Warga, rina: Warga, forwarded: str) -> None:
    await town.delivers()
    await dewi.says(f"/lihat {forwarded}")
    assert "sudah diingatkan" in await dewi.taps("Colek unit")
    assert any("mohon segera ditindaklanjuti" in (letter.text or "") for letter in (await town.delivers())[RINA])
    assert "sudah diingatkan hari ini" in await dewi.says(f"/colek {forwarded}")
    assert "petugas" in (await rina.says(f"/colek {forwarded}")).lower()
