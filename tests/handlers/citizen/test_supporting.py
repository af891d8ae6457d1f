"""Others with the same trouble, before the real dispatcher: the offer, joining with or without words, leaving."""

import pytest

from domain.drafting import Purpose
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk, desk, files, number  # noqa: F401 (fixtures)
from tests.handlers.citizen.warga import Warga, exchanged

AGAIN = "PJU di depan SDN 2 padam sudah berhari-hari, gelap sekali"


@pytest.fixture
async def dewi(street: Street) -> Warga:
    """A neighbour who has read the notice."""
    dewi = street.warga(7003)
    await dewi.says("/lapor")
    await dewi.taps("Saya mengerti")
    await dewi.says("/batal")
    await dewi.taps("Buang")
    return dewi


async def tells(warga: Warga, place: str = "Cipocok Jaya, Kota Serang") -> str:
    """Somebody tells the same trouble and wants to send it; returns what they are asked."""
    for typed in (AGAIN, "pengaduan", place, "kemarin", "tidak ada", "lanjut", "Ibu Dewi", "1"):
        await warga.says(typed)
    return await warga.says("kirim")


@pytest.fixture
async def there(sari: Warga, desk: Desk, number: str) -> str:  # noqa: F811 (fixtures)
    """Sari's complaint, with the unit."""
    await desk.forwards(number)
    return number


async def test_a_neighbour_is_offered_to_join_and_follows_it(dewi: Warga, there: str) -> None:
    asked = await tells(dewi)
    assert "Ada laporan serupa" in asked
    for shown in (there, "Cipocok Jaya", "Sejak", "Keadaan", "1 warga"):
        assert shown in asked
    assert dewi.labels() == ["Saya juga mengalami", "Kirim sebagai laporan baru", "Periksa lagi laporan saya"]
    assert "Sertakan tulisan Anda" in await dewi.says("saya juga mengalami")
    joined = await dewi.says("ya, sertakan")
    assert "2 warga melaporkan hal ini" in joined
    assert "disampaikan kepada petugas" in joined
    assert there in await dewi.says("/dukungan")
    assert "Anda mendukung laporan ini" in await dewi.says("1")
    assert "sudah ditarik" in await dewi.taps("Tarik dukungan")
    assert "belum mendukung" in await dewi.says("/dukungan")


async def test_sending_all_the_same_is_one_tap(dewi: Warga, there: str) -> None:
    await tells(dewi)
    first, second = await dewi.taps_twice("Kirim sebagai laporan baru")
    assert "sudah kami terima" in first
    assert "sudah" in second


async def test_nonsense_and_a_restart_at_the_offer_ask_again_and_nothing_is_lost(
    street: Street, dewi: Warga, there: str
) -> None:
    await tells(dewi)
    for answer in (await dewi.says("apa?"), await dewi.sends(sticker=STICKER), await dewi.presses("1:join:1:x")):
        assert "Ada laporan serupa" in answer
    street.restarts()
    again = street.warga(7003)
    assert "Sertakan tulisan Anda" in await again.says("1")
    street.restarts()
    assert "Ada laporan serupa" in await street.warga(7003).says("/lapor")


STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
STICKER |= {"is_animated": False, "is_video": False}


async def test_going_back_shows_the_review_with_all_that_was_told(dewi: Warga, there: str) -> None:
    await tells(dewi)
    assert AGAIN in await dewi.taps("Periksa lagi laporan saya")
    assert "Ada laporan serupa" in await dewi.says("kirim")


async def test_two_taps_on_joining_count_once(dewi: Warga, there: str) -> None:
    await tells(dewi)
    await dewi.taps("Saya juga mengalami")
    first, second = await dewi.taps_twice("Tidak, dukung saja")
    assert "Anda sekarang mendukung" in first
    assert "Anda sudah mendukung" in second
    assert "2 warga" in second


async def test_a_number_of_somebody_else_can_be_joined_from_its_public_face(dewi: Warga, there: str) -> None:
    assert "bukan dari akun Anda" in await dewi.says(f"/lacak {there}")
    assert "2 warga" in await dewi.says("dukung")
    assert dewi.labels() == ["Lihat laporan", "Tarik dukungan"]


async def test_a_number_alone_is_looked_up_and_a_slip_is_explained(sari: Warga, there: str) -> None:
    assert f"Laporan {there}" in await sari.says(there.lower())
    answer = await sari.says(exchanged(there))
    assert "salah ketik" in answer
    assert there in answer


async def test_words_in_reply_to_an_archived_number_are_an_objection(
    sari: Warga,
    there: str,
    street: Street,
    desk: Desk,  # noqa: F811 (fixtures)
) -> None:
    writing = street.services.correspondence
    await writing.begin(desk.coordinator, there, Purpose.ARCHIVE, {"reason": "incomplete"})
    await writing.send(desk.coordinator, (await writing.write(desk.coordinator, "Tempatnya tidak disebut.")).serial)
    await sari.says(f"/lacak {there}")
    answer = await sari.says("Tempatnya jelas, depan SD Negeri 2.", reply_to=sari.newest)
    assert "Keberatan Anda" in answer


async def test_a_reply_to_a_list_of_several_numbers_asks_which(sari: Warga, there: str) -> None:
    await sari.says("/lapor")
    await files(sari)
    await sari.says("/laporan")
    assert "Untuk apa pesan Anda ini?" in await sari.says("Sampai kapan?", reply_to=sari.newest)


async def test_a_rating_can_be_changed_for_a_day(street: Street, sari: Warga, there: str, desk: Desk) -> None:  # noqa: F811
    await desk.writes(desk.officer, there, Purpose.DONE, "Lampu sudah diganti pada 7 Januari dan menyala.")
    await sari.says(f"/lacak {there}")
    await sari.taps("Beri penilaian")
    assert "masih dapat mengubahnya" in await sari.says("puas")
    answer = await sari.says(f"/lacak {there}")
    assert "Anda memberi penilaian: Puas." in answer
    old = sari.data_of("Ubah penilaian")
    street.clock.advance(days=1, hours=1)
    assert "Ubah penilaian" not in await sari.says(f"/lacak {there}")
    await sari.presses(old)
    assert "satu hari saja" in await sari.says("tidak puas")
