"""Figures in chat: an officer reads the own unit's, a hub finds and reminds who is silent, all by typed numbers too."""

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import DEWI, SARI, Town

HUB = 7100


async def test_an_officer_reads_the_units_figures_with_a_chart_and_types_another_period(
    town: Town, rina: Warga, forwarded: str
) -> None:
    told = await rina.says("/statistik")
    assert "Dinas Perumahan dan Kawasan Permukiman" in told
    assert "1 laporan masuk" in told
    assert forwarded not in told
    assert rina.labels() == ["Bulan lalu", "Tahun ini"]
    assert "Belum ada laporan" in await rina.says("1")
    assert "1 laporan masuk" in await rina.taps("Tahun ini")
    assert "Masuk 1, Ditindaklanjuti 0" in town.desk.captions[0]


async def test_who_holds_several_offices_is_asked_which(town: Town, dewi: Warga) -> None:
    await town.hires(DEWI, Role.OFFICER, "dishub")
    assert "Angka untuk yang mana?" in await dewi.says("/statistik")
    assert "Pemerintah Kota Serang" in await dewi.says("1")
    await dewi.taps("Pilih instansi lain")
    assert "Dinas Perhubungan" in await dewi.taps("Dinas Perhubungan")


async def test_a_hub_finds_who_is_silent_and_reminds_them(town: Town, dewi: Warga, forwarded: str) -> None:
    hub = await town.hires(HUB, Role.PROVINCE_HUB)
    await town.delivers()
    assert "Pemerintah Kota Serang" in await hub.says("/wilayah")
    assert "Ingatkan Pemerintah Kota Serang" not in hub.labels()
    town.clock.advance(days=15)
    told = await hub.says("/wilayah")
    assert "Kurang aktif: 15 hari" in told
    assert forwarded not in told
    assert "akan diingatkan" in await hub.says("1")
    assert any("15 hari" in (letter.text or "") for letter in (await town.delivers())[DEWI])
    await hub.taps("Kembali ke wilayah")
    assert "sudah diingatkan hari ini" in await hub.taps("Ingatkan Pemerintah Kota Serang")


async def test_a_hub_reads_no_text_by_a_number_that_it_knows(town: Town, dewi: Warga, forwarded: str) -> None:
    hub = await town.hires(HUB, Role.PROVINCE_HUB)
    for asked in (
        f"/lacak {forwarded}",
        forwarded,
        f"/lihat {forwarded}",
        f"/balas {forwarded} Baik",
        f"/catatan {forwarded} Baik",
        "/antrean",
    ):
        assert "Lampu jalan" not in await hub.says(asked)


async def test_whoever_has_no_office_is_told_how_to_complain(town: Town) -> None:
    citizen = town.phone(SARI)
    for command in ("/statistik", "/wilayah"):
        assert "Buat laporan" in await citizen.says(command)


async def test_an_officer_has_no_province(town: Town, rina: Warga) -> None:
    assert "/statistik" in await rina.says("/wilayah")


async def test_an_old_or_forged_button_shows_nothing(town: Town, rina: Warga, forwarded: str) -> None:
    await rina.says("/statistik")
    for forged in ("1:figures:n0:month", "1:figures:u99999:month", "1:figures:x:month", "1:region:36:0", "1:remind:1"):
        assert "laporan masuk" not in await rina.presses(forged)
