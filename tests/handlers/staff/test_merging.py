"""A coordinator makes one of two, and writes once for many."""

from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import DEWI, RINA, SARI, Town
from views.taps import Verb, tap

AGAIN = "PJU di depan SDN 2 padam sudah berhari-hari, gelap sekali"
NEIGHBOUR = 7011


async def two(town: Town) -> tuple[str, str]:
    """One dead lamp, told twice: the later number and the earlier."""
    earlier = await town.files()
    return await town.files(AGAIN, chat_id=NEIGHBOUR), earlier


async def test_two_taps_merge_and_everybody_is_told(town: Town, dewi: Warga, rina: Warga) -> None:
    later, earlier = await two(town)
    await town.delivers()
    assert f"Laporan serupa di sekitar: {earlier}" in await dewi.says(f"/lihat {later}")
    assert earlier in await dewi.taps("Gabungkan")
    shown = await dewi.taps(earlier)
    for part in (later, earlier, "Lampu jalan", "PJU di depan", "1 warga ikut"):
        assert part in shown
    assert "2 warga" in await dewi.taps("Ya, gabungkan")
    brought = await town.delivers()
    (letter,) = brought[NEIGHBOUR]
    assert earlier in (letter.text or "")
    assert "Ajukan keberatan" in (letter.text or "")
    await town.forwards(earlier)
    brought = await town.delivers()
    assert "2 warga melaporkan hal ini" in (brought[RINA][0].text or "")
    assert "yang Anda dukung" in (brought[NEIGHBOUR][0].text or "")
    assert "2 warga" in await rina.says("/antrean")


async def test_the_main_number_can_be_exchanged_and_typed(town: Town, dewi: Warga) -> None:
    later, earlier = await two(town)
    shown = await dewi.says(f"/gabung {later} {earlier}")
    assert shown.index(f"Laporan {later} akan digabungkan") < shown.index(f"Laporan {earlier} diteruskan")
    turned = await dewi.taps("Tukar nomor utamanya")
    assert f"Laporan {earlier} akan digabungkan" in turned
    assert "/gabung 7KM-3QX-PW9" in await dewi.says("/gabung")


async def test_a_second_tap_and_a_forged_one_change_nothing(town: Town, dewi: Warga, budi: Warga) -> None:
    later, earlier = await two(town)
    forged = tap(Verb.MERGE_NOW, later, earlier).pack()
    assert "tidak ditemukan" in await budi.presses(forged)
    await dewi.presses(tap(Verb.MERGE_INTO, later, earlier).pack())
    first, second = await dewi.taps_twice("Ya, gabungkan")
    assert "digabungkan ke dalam" in first
    assert later in second
    assert "digabungkan ke dalam" not in second


async def test_one_word_for_many_is_shown_with_its_readers_before_it_leaves(town: Town, dewi: Warga) -> None:
    later, _ = await two(town)
    await town.delivers()
    await dewi.says(f"/lihat {later}")
    assert "2 laporan serupa" in await dewi.taps("Umumkan ke yang serupa")
    shown = await dewi.says("Kabel utama diganti Kamis, lampu menyala lagi Jumat malam.")
    assert "Dibaca oleh: pelapor dari 2 laporan serupa" in shown
    assert "sudah dikirim" in await dewi.taps("Kirim")
    brought = await town.delivers()
    for reader in (SARI, NEIGHBOUR):
        assert "Kabel utama" in (brought[reader][0].text or "")
    assert DEWI not in brought


async def test_an_announcement_that_nobody_else_would_read_is_refused_with_a_reason(town: Town, dewi: Warga) -> None:
    number = await town.files()
    assert "Tidak ada laporan serupa lain" in await dewi.says(f"/umumkan {number} Lampu menyala lagi Jumat.")
