"""A citizen with a phone, over HTTP: the whole way, and what people really do to a bot."""

import pytest

from domain.ticket import find_numbers
from simulator.phone import Phone
from tests.e2e.house import LAMP

SERANG = (-6.1201, 106.1503)
MEGABYTE = 1024 * 1024


async def test_a_complaint_with_a_photo_and_a_location_gets_its_number_and_opens(
    koordinator: Phone, warga: Phone
) -> None:
    await warga.says(LAMP)
    await warga.sees_new("Tentang data Anda")
    await warga.taps("Saya mengerti")
    await warga.sees_new("termasuk yang mana?")
    await warga.sends_photo()
    await warga.sees_new("Sudah kami simpan: 1 foto.", "termasuk yang mana?")
    await warga.says("pengaduan")
    await warga.sees_new("Di mana kejadiannya?")
    await warga.sends_location(*SERANG)
    await warga.sees_new("Tempat yang kami catat", "Serang", "Kapan kejadiannya?")
    await warga.says("kemarin sore")
    await warga.sees_new("Sudah kami simpan: 1 foto.")
    await warga.taps("Selesai")
    await warga.taps("Jadikan anonim")
    await warga.sees_new("Anonim: ya.")
    await warga.says("lanjut")
    await warga.sees_new("instansi mana yang dituju?", "Karena Anda menulis")
    await warga.says("1")
    await warga.sees_new("Periksa dahulu sebelum dikirim", "Lampiran: 1 foto", "Pelapor: anonim")
    await warga.taps("Kirim laporan")
    receipt = await warga.sees_new("/lacak")
    (number,) = find_numbers(receipt.text)
    await warga.says(f"/lacak {number}")
    await warga.sees_new(f"Laporan {number}", "Laporan Anda diterima.")


async def test_an_album_is_one_complaint_with_all_its_photos(warga: Phone) -> None:
    await warga.sends_album(3, caption=LAMP)
    await warga.sees("Sudah kami simpan: 3 foto.")
    await warga.says("/lapor")
    await warga.sees_new("Tentang data Anda")
    await warga.taps("Saya mengerti")
    await warga.sees_new("termasuk yang mana?")


async def test_whatever_a_phone_can_send_is_answered_and_the_question_stays(warga: Phone) -> None:
    await warga.says(LAMP)
    await warga.taps("Saya mengerti")
    asked = "termasuk yang mana?"
    question = await warga.sees_new(asked)
    story = (await warga.messages())[0]
    await warga.sends_sticker()
    await warga.sees_new(asked)
    await warga.sends_contact()
    await warga.sees_new(asked)
    await warga.sends_poll("Setuju?", "Ya", "Tidak")
    await warga.sees_new(asked)
    await warga.sends_video(size=25 * MEGABYTE)
    await warga.sees_new("20 MB", asked)
    await warga.sends_voice()
    await warga.sees_new("1 pesan suara", asked)
    await warga.edits(story, "Saya mengubah cerita saya")
    await warga.sees_new(asked)
    await warga.forges("1:send:1", message=question)
    await warga.sees_new(asked)
    await warga.forges("entah apa", message=question)
    await warga.sees_new(asked)
    await warga.says("a")
    await warga.sees_new(asked)


async def test_an_old_button_is_answered_with_what_stands_now(warga: Phone) -> None:
    await warga.says(LAMP)
    await warga.taps("Saya mengerti")
    old = await warga.sees_new("termasuk yang mana?")
    await warga.says("aspirasi")
    await warga.sees_new("Di mana kejadiannya?")
    await warga.taps("Pengaduan", message=old)
    await warga.sees_new("menu lama", "Di mana kejadiannya?")


async def test_two_taps_on_send_make_one_complaint(koordinator: Phone, warga: Phone) -> None:
    await warga.says(LAMP)
    for typed in (
        "mengerti",
        "1",
        "Cipocok Jaya, Kota Serang",
        "kemarin",
        "tidak ada",
        "lanjut",
        "lewati",
        "tidak tahu",
    ):
        await warga.says(typed)
    await warga.sees("Periksa dahulu sebelum dikirim")
    await warga.taps("Kirim laporan", times=2)
    await warga.sees("sudah kami terima sebelumnya")
    await warga.says("/laporan")
    assert len(find_numbers((await warga.sees_new("Laporan Anda", "lebih dahulu")).text)) == 1


@pytest.mark.parametrize(("length", "answer"), [(1, "terlalu singkat"), (5000, "Laporan Anda termasuk yang mana?")])
async def test_a_text_of_any_length_is_answered(warga: Phone, length: int, answer: str) -> None:
    await warga.says("/lapor")
    await warga.taps("Saya mengerti")
    await warga.sees_new("Apa yang ingin Anda laporkan?")
    await warga.says("x" * length)
    await warga.sees_new(answer)
