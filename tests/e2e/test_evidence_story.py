"""Files on phones, over HTTP: what reaches the other side is cleaned, and albums stay one."""

from domain.ticket import find_numbers
from simulator.phone import Phone
from simulator.screen import Bubble
from tests.e2e.house import LAMP, RunningHouse
from tests.services.pictures import ARCHIVE, FILM, bomb, photograph, tells

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


async def files_of(phone: Phone, kind: str) -> list[Bubble]:
    return [bubble for bubble in await phone.messages() if not bubble.mine and bubble.kind == kind]


async def comes_to_evidence(warga: Phone) -> None:
    await warga.says(LAMP)
    for choice in ("Saya mengerti", "Pengaduan"):
        await warga.taps(choice)
    await warga.sees_new("Di mana kejadiannya")
    await warga.says("Cipocok Jaya, Kota Serang")
    await warga.taps("Kemarin")
    await warga.sees_new("Ada foto atau berkas")


async def files_it(warga: Phone, *choices: str) -> str:
    for choice in choices:
        await warga.taps(choice)
    await warga.sees_new("Tidak tahu")
    await warga.says("1")
    await warga.taps("Kirim")
    return find_numbers((await warga.sees("/lacak")).text)[0]


async def forwards(koordinator: Phone, number: str) -> None:
    await koordinator.taps("Verifikasi", message=await koordinator.sees(number))
    await koordinator.taps("Ya, teruskan")


async def test_a_scan_with_its_place_reaches_the_officer_clean_and_the_answer_comes_back_with_a_photo(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    scan = photograph(300, 200)
    assert tells(scan)
    await comes_to_evidence(warga)
    await warga.sends_document("KTP Sari.jpg", scan)
    await warga.sees_new("1 dokumen")
    number = await files_it(warga, "Selesai", "Lanjut", "Lewati")
    await forwards(koordinator, number)
    await petugas.sees(number, "Lampiran: 1 dokumen")
    (received,) = await files_of(petugas, "document")
    assert received.content["document"]["file_name"] == "lampiran-1.jpg"
    assert not tells(await petugas.downloads(received))

    await petugas.taps("Lampiran (1)")
    await petugas.sees_new("Lampiran laporan", "lampiran-1.jpg: dokumen, dari pelapor")
    assert len(await files_of(petugas, "document")) == 2

    await petugas.says(f"/balas {number}")
    await petugas.sends_photo(photograph(400, 300, shade=9), caption=ANSWER)
    await petugas.sees_new("Ikut dikirim: 1 foto", ANSWER)
    await petugas.taps("Kirim")
    await warga.sees(number, ANSWER)
    (mended,) = await files_of(warga, "photo")
    assert not tells(await warga.downloads(mended))


async def test_an_album_is_counted_in_one_message_and_a_late_sibling_joins_the_complaint(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    await comes_to_evidence(warga)
    album = await warga.sends_album([photograph(shade=shade) for shade in (10, 20, 30)])
    await warga.sees_new("Sudah kami simpan: 3 foto.")
    assert len([bubble for bubble in await warga.messages() if "Sudah kami simpan" in bubble]) == 1
    await files_it(warga, "Selesai", "Lanjut", "Lewati")
    await warga.sends_sibling(photograph(shade=40), album[0])
    await warga.sees_new("sudah masuk ke laporan", "4 berkas")
    await warga.says("/draf")
    await warga.does_not_see("1 foto")


async def test_what_only_calls_itself_a_photo_is_kept_and_kindly_named(house: RunningHouse, warga: Phone) -> None:
    for trap in (ARCHIVE, bomb()):
        await warga.sends_document("foto.jpg", trap)
        await warga.sees_new("tidak dapat kami buka sebagai gambar", "sebagai foto biasa")
    await warga.sends_photo(photograph())
    await warga.sees_new("1 foto")


async def test_a_film_of_an_anonymous_complaint_is_released_by_the_coordinator(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    await comes_to_evidence(warga)
    await warga.sends_video(FILM)
    await warga.sees_new("1 video")
    await files_it(warga, "Selesai", "Jadikan anonim", "Lanjut")
    card = await koordinator.sees("1 lampiran ditahan")
    await koordinator.taps("Lampiran (1)", message=card)
    await koordinator.sees_new("lampiran-1.mp4", "Ditahan")
    assert await koordinator.downloads((await files_of(koordinator, "video"))[0]) == FILM
    await koordinator.taps("Buka lampiran-1.mp4")
    await koordinator.sees_new("sudah dibuka untuk petugas")
    await koordinator.taps("Verifikasi", message=card)
    await koordinator.taps("Ya, teruskan")
    await petugas.sees("Lampiran: 1 video")
    assert len(await files_of(petugas, "video")) == 1
