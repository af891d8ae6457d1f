"""Two citizens and one dead lamp, over HTTP: the second supports, both hear of it, the officer sees their number."""

from simulator.phone import Phone
from tests.e2e.house import RunningHouse

AGAIN = "PJU di depan SDN 2 padam sudah berhari-hari, gelap sekali"
ANSWER = "Ibu Sari, petugas kami mengganti lampunya besok pagi pukul 09.00."


async def test_a_neighbour_supports_and_both_hear_of_each_step(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    neighbour = house.phone("Dewi")
    await neighbour.says(AGAIN)
    await neighbour.taps("Saya mengerti")
    await neighbour.taps("Pengaduan")
    await neighbour.sees_new("Di mana kejadiannya")
    await neighbour.says("Cipocok Jaya, Kota Serang")
    for choice in ("Kemarin", "Tidak ada", "Lanjut", "Lewati"):
        await neighbour.taps(choice)
    await neighbour.sees_new("Tidak tahu")
    await neighbour.says("1")
    await neighbour.taps("Kirim")
    await neighbour.sees_new("Ada laporan serupa", number)
    await neighbour.taps("Saya juga mengalami")
    await neighbour.taps("Tidak, dukung saja")
    await neighbour.sees_new("2 warga", number)

    await koordinator.taps("Verifikasi", message=await koordinator.sees(number))
    await koordinator.taps("Ya, teruskan")
    card = await petugas.sees(number, "2 warga melaporkan hal ini")
    await warga.sees(number, "diteruskan kepada")
    await neighbour.sees(number, "yang Anda dukung", "diteruskan kepada")
    await petugas.replies(card, ANSWER)
    await petugas.taps("Kirim")
    await warga.sees(number, ANSWER)
    await neighbour.sees(number, "memberi tanggapan pada laporan")
    await neighbour.does_not_see("Ibu Sari")
