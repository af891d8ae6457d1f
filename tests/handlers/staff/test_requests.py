"""The dialogue of a request: ten numbered sorts, a particular, a reason, a last look; and the answer by two buttons."""

import pytest

from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import BUDI, RINA, SARI, Town, turns_to

WHY = "Tiang ini berdiri di jalan milik Dishub, bukan lingkungan."


async def test_an_officer_asks_by_numbers_and_a_coordinator_agrees_by_a_button(
    town: Town, rina: Warga, budi: Warga, dewi: Warga, forwarded: str
) -> None:
    await town.delivers()
    await rina.says(f"/lihat {forwarded}")
    sorts = await rina.taps("Ajukan permintaan")
    assert "Bukan wewenang kami" not in sorts
    assert "8. Arsipkan laporan" in sorts
    await rina.says(f"/lihat {forwarded}")
    assert "unit mana" in await rina.taps("Bukan wewenang kami")
    await turns_to(rina, "Dinas Perhubungan")
    assert "Mengapa permintaan ini diperlukan" in await rina.taps("Dinas Perhubungan")
    shown = await rina.says(WHY)
    assert "Permintaan: bukan wewenang kami, diusulkan pindah ke Dinas Perhubungan" in shown
    assert "tidak oleh pelapor" in shown
    assert "sudah dikirim" in await rina.taps("Kirim")
    listed = await dewi.says("/permintaan")
    assert WHY in listed
    assert "Disetujui" in await dewi.taps(f"Setujui {forwarded}")
    brought = await town.delivers()
    assert any("disetujui" in (letter.text or "") for letter in brought[RINA])
    assert any(forwarded in (letter.text or "") for letter in brought[BUDI])
    assert brought[SARI]
    assert forwarded in await budi.says("/antrean")
    assert forwarded not in await rina.says("/antrean")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/ajukan", "Jenisnya: kembali, alih"),
        ("/ajukan {}", "1. Teruskan ke unit lain"),
        ("/ajukan {} kembali", "Belum tahu unit yang berwenang"),
        ("/ajukan {} alih", "unit mana"),
        ("/ajukan {} waktu", "berapa hari kerja"),
        ("/ajukan {} waktu 8 menunggu suku cadang pabrik", "tambahan waktu 8 hari kerja"),
        ("/ajukan {} waktu lama", "Jumlah harinya belum kami pahami"),
        ("/ajukan {} golongan informasi pelapor hanya bertanya", "golongan menjadi Permintaan informasi"),
        ("/ajukan {} kelas informasi pelapor hanya bertanya", "golongan menjadi Permintaan informasi"),
        ("/ajukan {} rahasia pelapor menyebut tetangganya", "dijadikan rahasia"),
        ("/ajukan {} tanya Tiang nomor berapa yang mati?", "bila disetujui juga pelapor"),
        ("/ajukan {} gabung", "tidak ada yang dapat dipilih"),
        ("/ajukan {} arsip", "mengapa laporan"),
        ("/ajukan {} buka lampunya padam lagi semalam", "Sudah diteruskan"),
    ],
)
async def test_a_request_can_be_typed_and_what_is_missing_is_asked_for(
    town: Town, rina: Warga, forwarded: str, typed: str, answer: str
) -> None:
    assert answer in await rina.says(typed.format(forwarded))


async def test_an_old_button_of_a_request_and_a_citizens_command_do_nothing(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    await rina.says(f"/perpanjang {forwarded} 5 menunggu suku cadang dari pabrik")
    await dewi.says("/permintaan")
    old = dewi.data_of(f"Setujui {forwarded}")
    await dewi.taps(f"Setujui {forwarded}")
    await dewi.presses(old)
    assert "Tidak ada permintaan" in await dewi.says("/permintaan")
    assert "petugas" in (await town.phone(SARI).says(f"/ajukan {forwarded} rahasia")).lower()
