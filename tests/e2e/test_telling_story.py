"""How people really tell, over HTTP: by voice, in borrowed words, in pieces over days, in the middle of danger."""

from domain.ticket import find_numbers
from simulator.phone import Phone
from simulator.screen import Bubble
from tests.e2e.house import LAMP, RunningHouse

RECORDING = b"OggS, seven seconds of a worried voice"
GIST = "Lampu jalan di depan SD Negeri 2 mati, pelapor minta segera diperbaiki."
QUOTED = "Info warga: lampu jalan di depan SD Negeri 2 Cipocok Jaya sudah lama mati"
RUBBISH = "Sampah di TPS Pasar Rau menumpuk dan berbau"
MENDED = "Sampah di TPS Pasar Lama menumpuk dan berbau sejak pekan lalu"
PLACE = "Cipocok Jaya, Kota Serang"


async def answers(phone: Phone, *choices: str) -> Bubble:
    """Answers one question after the other, each once it is asked, and reads what comes then."""
    for choice in choices:
        await phone.says(choice)
        await phone.sees_new()
    return await phone.sees_new()


async def number_of(receipt: Phone) -> str:
    return find_numbers((await receipt.sees("/lacak")).text)[0]


async def test_a_voice_note_becomes_a_complaint_once_the_coordinator_has_heard_it(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    await warga.sends_voice(RECORDING)
    await warga.sees_new("kami tidak dapat menuliskan isinya")
    await warga.taps("Biar petugas mendengarkan")
    await warga.sees_new("termasuk yang mana?")
    await answers(warga, "1", PLACE, "kemarin", "lanjut")
    await warga.taps("Jadikan anonim")
    await warga.sees_new("Anonim: ya.")
    await warga.says("lanjut")
    await warga.sees_new("Tentang data Anda")
    await warga.taps("Saya mengerti")
    await warga.sees_new("Periksa dahulu sebelum dikirim", "Petugas akan mendengarkannya")
    await warga.taps("Kirim laporan")
    number = await number_of(warga)

    card = await koordinator.sees(number, "Perlu ditulis intinya")
    await koordinator.taps("Lampiran (1)", message=card)
    await koordinator.sees_new("lampiran-1.ogg", "Ditahan")
    (heard,) = [bubble for bubble in await koordinator.messages() if bubble.kind == "voice"]
    assert await koordinator.downloads(heard) == RECORDING
    await koordinator.taps("Tulis intinya", message=card)
    await koordinator.sees_new("Apa inti rekaman")
    await koordinator.says(GIST)
    await koordinator.taps("Kirim")
    await koordinator.sees_new("dapat diteruskan")
    await koordinator.says(f"/lihat {number}")
    await koordinator.taps("Verifikasi", message=await koordinator.sees_new(number, GIST))
    await koordinator.taps("Ya, teruskan")

    await petugas.sees(number, GIST, "ditulis oleh admin koordinator")
    assert [bubble for bubble in await petugas.messages() if bubble.kind == "voice"] == []
    await warga.sees(number, "diteruskan")
    await warga.says(f"/lacak {number}")
    await warga.sees_new(GIST, "Admin menuliskan inti rekaman Anda.")


async def test_two_complaints_are_told_in_pieces_over_days_and_each_gets_its_own_number(
    house: RunningHouse, warga: Phone
) -> None:
    await warga.forwards(QUOTED, "Pak Rahasia")
    await warga.taps("Saya mengerti")
    await warga.sees_new("termasuk yang mana?")
    await warga.says("pengaduan")
    await warga.sees_new()
    await warga.says("/baru")
    await warga.sees_new("Laporan yang sebelumnya kami simpan")
    told = await warga.says(RUBBISH)
    await warga.sees_new("termasuk yang mana?")
    await warga.edits(told, MENDED)
    await warga.sees_new("termasuk yang mana?")

    await house.passes(days=3, minutes=1)
    word = await warga.sees("Laporan Anda belum terkirim", "jenis laporan")
    assert "Sampah" not in word.text
    await warga.taps("Lanjutkan laporan ini", message=word)
    await warga.sees_new("termasuk yang mana?")
    await answers(warga, "1", PLACE, "3 hari lalu", "tidak ada", "lanjut", "lewati", "tidak tahu")
    await warga.sees("Periksa dahulu sebelum dikirim", MENDED)
    await warga.taps("Kirim laporan")
    first = await number_of(warga)

    await warga.says("/draf")
    waiting = await warga.sees_new("lampu jalan", "waktu kejadian")
    assert "Sampah" not in waiting.text
    await warga.says("1")
    await warga.sees_new("Kapan kejadiannya?")
    await answers(warga, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu")
    review = await warga.sees("Periksa dahulu sebelum dikirim", "“Info warga")
    assert "Rahasia" not in review.text
    await warga.taps("Kirim laporan")
    second = next(number for number in find_numbers((await warga.sees_new("/lacak")).text) if number != first)
    await warga.says("/laporan")
    await warga.sees_new(first, second)
    await house.passes(days=5)
    assert sum("belum terkirim" in bubble.text for bubble in await warga.messages()) == 1


async def test_danger_in_the_middle_brings_the_numbers_and_leaves_the_complaint_as_it_was(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    await warga.says(LAMP)
    await warga.taps("Saya mengerti")
    await warga.sees_new("termasuk yang mana?")
    await warga.says("1")
    await warga.sees_new("Di mana kejadiannya")
    await warga.says("tolong!! rumah sebelah kebakaran")
    await warga.sees("112", "113")
    await warga.sees_new("Tetap lapor?")
    await warga.says("2")
    await warga.sees_new("Utamakan keselamatan Anda", "/lapor")
    await warga.says("/lapor")
    await warga.sees_new("Di mana kejadiannya")
    await answers(warga, PLACE, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu")
    await warga.sees("Periksa dahulu sebelum dikirim", "Lampu jalan")
    await warga.taps("Kirim laporan")
    await koordinator.sees(await number_of(warga), "Lampu jalan")
