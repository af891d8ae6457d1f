"""A coordinator takes the register in chat, the block of a complaint from its card, and asks for an identity there."""

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import DEWI, Town


async def test_three_numbers_lead_to_a_file_that_delivery_brings(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await town.delivers()
    assert "1. Bulan ini" in await dewi.says("/ekspor")
    assert "Bulan ini: dalam bentuk apa?" in await dewi.says("1")
    assert "1 laporan Pemerintah Kota Serang, 1 April 2026 sampai 7 April 2026" in await dewi.says("3")
    [message] = (await town.delivers())[DEWI]
    assert "Kami tidak menyimpan berkasnya" in (message.text or "")
    assert number not in (message.text or "")


async def test_an_export_is_the_coordinators_alone_whatever_a_button_says(town: Town, rina: Warga) -> None:
    await town.files()
    await town.delivers()
    assert "koordinator" in await rina.says("/ekspor")
    await rina.presses("1:export:1:month:csv")
    assert await town.delivers() == {}
    assert "untuk petugas instansi" in await town.phone(7099).says("/ekspor")


async def test_every_card_of_a_desk_leads_to_its_block_and_to_the_asking_for_a_name(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await dewi.says(f"/lihat {number}")
    assert "Klasifikasi: Pengaduan" in await dewi.taps("Teks untuk SP4N")
    assert "Sudah masuk SP4N" in dewi.labels()
    await dewi.says(f"/lihat {number}")
    assert f"/bukaidentitas {number}" in await dewi.taps("Buka identitas")


async def test_an_officer_finds_neither_on_a_card(town: Town, rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {forwarded}")
    assert not {"Teks untuk SP4N", "Buka identitas"} & set(rina.labels())
    assert "Klasifikasi:" not in await rina.presses(f"1:sp4n:{forwarded}")


async def test_an_inspector_finds_the_asking_for_a_name(town: Town, forwarded: str) -> None:
    inspector = await town.hires(7040, Role.INSPECTOR)
    await inspector.says(f"/lihat {forwarded}")
    assert "Buka identitas" not in inspector.labels()
