"""The desks over HTTP: from the coordinator's card to the officer's and back to the citizen, on phones."""

from domain.lifecycle import Role
from simulator.phone import Phone
from tests.e2e.house import RunningHouse

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"
MISSING = "222-222-222"


async def test_a_complaint_goes_by_two_taps_to_the_officer_who_answers_by_replying_to_the_card(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    desk_card = await koordinator.sees(number)
    await koordinator.taps("Verifikasi", message=desk_card)
    await koordinator.sees_new(number, "Sudah tepat?")
    await koordinator.taps("Ya, teruskan")
    await koordinator.sees_new("sudah diteruskan", "Dinas Perumahan dan Kawasan Permukiman")

    card = await petugas.sees(number)
    await petugas.replies(card, ANSWER)
    await petugas.sees_new(number, "Dibaca oleh: pelapor", ANSWER, "Kirim sekarang?")
    await warga.does_not_see(ANSWER)
    await petugas.taps("Kirim")
    await petugas.sees_new("sudah dikirim kepada pelapor")
    await warga.sees(number, ANSWER)

    await petugas.says(f"/selesai {number} Lampunya sudah diganti dan menyala kembali.")
    await petugas.sees_new("dinyatakan selesai", "menyala kembali")
    await petugas.taps("Kirim")
    await warga.sees(number, "menyala kembali")
    await warga.sees_button("Sudah beres")


async def test_a_foreign_number_and_a_missing_one_read_the_same(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    answers = []
    for wanted in (number, MISSING):
        await petugas.says(f"/lihat {wanted}")
        answers.append((await petugas.sees_new("tidak ditemukan")).text)
    assert answers[0] == answers[1]


async def test_an_accusation_reaches_the_inspectorate_and_nobody_of_the_accused_unit(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    accused = await house.hires(house.phone("Budi"), Role.OFFICER, "disdukcapil")
    inspector = await house.hires(house.phone("Agus"), Role.INSPECTOR)
    number = await house.files(warga, LEVY)
    await koordinator.taps("Verifikasi", message=await koordinator.sees(number))
    await koordinator.sees_new("tidak boleh mengetahuinya", "Inspektorat")
    await koordinator.taps("Ya, teruskan")
    await inspector.sees(number)
    await accused.does_not_see(number)
    await accused.says(f"/lihat {number}")
    await accused.sees_new("tidak ditemukan")


async def test_a_trembling_finger_forwards_and_answers_once(
    house: RunningHouse, warga: Phone, petugas: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    await koordinator.taps("Verifikasi", message=await koordinator.sees(number))
    await koordinator.taps("Ya, teruskan", times=2)
    await koordinator.sees("sudah tidak berlaku", number)
    await petugas.sees(number)
    await petugas.says(f"/balas {number} {ANSWER}")
    await petugas.taps("Kirim", times=2)
    await petugas.sees("Tidak ada tulisan yang menunggu dikirim")
    await warga.sees(number, ANSWER)
    assert sum(ANSWER in bubble.text for bubble in await warga.messages()) == 1


async def test_a_citizens_command_answers_who_has_no_office(warga: Phone) -> None:
    await warga.says("/antrean")
    await warga.sees_new("untuk petugas", "/lapor")
