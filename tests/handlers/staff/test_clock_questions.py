"""Questions about time, as people type and tap them: why, more days, another class, returned, held."""

import pytest

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import RINA, SARI, Town

WHY = "menunggu suku cadang dari pabrik"


async def test_a_citizen_asks_why_and_reads_the_reasons(town: Town, forwarded: str) -> None:
    answer = await town.phone(SARI).says(f"/kenapa {forwarded}")
    assert "Tindak lanjut pertama: jatuh tempo Selasa, 14 April 2026 pukul 16.00 WIB" in answer
    assert "akhir pekan: 11-12 April 2026" in answer
    assert "menurut Peraturan Menteri PANRB Nomor 5 Tahun 2025." in answer
    assert "7KM-3QX-PW9" in await town.phone(SARI).says("/kenapa")


async def test_an_officer_asks_for_days_and_a_coordinator_grants_them_by_a_button(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    assert "paling lambat Rabu, 8 April 2026" in await rina.says(f"/perpanjang {forwarded} 5 {WHY}")
    listed = await dewi.says("/permintaan")
    assert "5 hari kerja" in listed
    assert WHY in listed
    assert "tambahan waktu 5 hari kerja" in await dewi.taps(f"Setujui {forwarded}")
    assert "Tidak ada permintaan" in await dewi.says("/permintaan")
    assert "Jatuh tempo semula" in await rina.says(f"/mengapa {forwarded}")


async def test_a_coordinator_refuses_and_the_date_stays(town: Town, rina: Warga, dewi: Warga, forwarded: str) -> None:
    await rina.says(f"/perpanjang {forwarded} 5 {WHY}")
    await dewi.says("/permintaan")
    assert "ditolak" in await dewi.taps(f"Tolak {forwarded}")
    await dewi.says("Suku cadangnya ada di gudang kota, mohon diambil besok.")
    assert "Tidak disetujui" in await dewi.taps("Kirim")
    assert any("gudang kota" in (letter.text or "") for letter in (await town.delivers())[RINA])
    assert "Jatuh tempo semula" not in await rina.says(f"/kenapa {forwarded}")


async def test_who_works_on_it_may_not_grant_it(town: Town, rina: Warga, forwarded: str) -> None:
    await town.hires(RINA, Role.COORDINATOR)
    await rina.says(f"/perpanjang {forwarded} 5 {WHY}")
    await rina.says("/permintaan")
    assert "orang lain" in await rina.taps(f"Setujui {forwarded}")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/perpanjang", "jumlah hari kerja"),
        ("/perpanjang {} lima menunggu suku cadang", "Jumlah harinya belum kami pahami"),
        ("/perpanjang {} 5 sibuk", "Alasannya masih terlalu singkat"),
        ("/kembalikan", "nomor lalu alasannya"),
    ],
)
async def test_an_officer_who_writes_it_otherwise_is_shown_how(
    town: Town, rina: Warga, forwarded: str, said: str, answer: str
) -> None:
    assert answer in await rina.says(said.format(forwarded))


async def test_a_coordinator_changes_the_class_by_a_word(town: Town, dewi: Warga, forwarded: str) -> None:
    assert "Golongan" in await dewi.says(f"/golongan {forwarded} informasi")
    assert "Penyelesaian: jatuh tempo Selasa, 14 April 2026" in await dewi.says(f"/kenapa {forwarded}")
    assert "Pilihannya: informasi" in await dewi.says(f"/kelas {forwarded} gawat")


async def test_an_officer_returns_and_a_coordinator_holds_by_a_command(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    assert "tiang nomor berapa" in await dewi.says(f"/tunda {forwarded} tiang nomor berapa?")
    await dewi.taps("Kirim")
    assert "Sedang ditunda" in await rina.says(f"/kenapa {forwarded}")


@pytest.mark.parametrize("command", ["/perpanjang", "/permintaan", "/golongan", "/kelas", "/kembalikan", "/tunda"])
async def test_a_citizen_has_no_use_for_the_commands_of_a_desk(town: Town, command: str) -> None:
    answer = await town.phone(SARI).says(f"{command} 7KM-3QX-PW9 5 hari")
    assert "petugas" in answer.lower()
