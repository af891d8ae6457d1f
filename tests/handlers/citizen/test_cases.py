"""A citizen follows what was filed: numbers, additions, answers, the outcome, the rating."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import ComplaintClass, Role
from domain.ticket import find_numbers
from services.caller import Caller
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_intake import PLACE, STORY
from tests.handlers.citizen.warga import Warga, exchanged


async def files(warga: Warga, *, anonymous: bool = False) -> str:
    """Files a complaint and returns its number."""
    for typed in (STORY, "pengaduan", PLACE, "kemarin", "tidak ada"):
        await warga.says(typed)
    if anonymous:
        await warga.says("anonim")
    await warga.says("lanjut")
    if not anonymous:
        await warga.says("Ibu Sari")
    await warga.says("1")
    assert "sudah kami terima" in await warga.says("kirim")
    await warga.says("/laporan")
    return warga.labels()[0]


class Desk:
    """Those who work on it, without their chats."""

    def __init__(self, street: Street) -> None:
        self._services = street.services

    async def opens(self) -> "Desk":
        """Somebody sits at it: without a coordinator complaints go to the desk of SP4N."""
        self.coordinator = await self.hires(9001, Role.COORDINATOR)
        self.officer = await self.hires(9002, Role.OFFICER, "dprkp")
        return self

    async def hires(self, chat_id: int, role: Role, unit: str | None = None) -> Caller:
        token = await self._services.directory.invite(role, "36.73", unit, "Staf")
        caller = await self._services.people.meet(TelegramPerson(chat_id))
        await self._services.directory.redeem(caller, token)
        return await self._services.people.meet(TelegramPerson(chat_id))

    async def forwards(self, number: str) -> None:
        """The coordinator verifies and forwards."""
        proposal = await self._services.oversight.propose(self.coordinator, number)
        proposal = await self._services.oversight.choose_class(
            self.coordinator, proposal.serial, ComplaintClass.ORDINARY
        )
        await self._services.oversight.forward(self.coordinator, proposal.serial)

    async def writes(self, by: Caller, number: str, purpose: Purpose, words: str) -> None:
        """Words leave the desk."""
        sheet = await self._services.correspondence.at_once(by, number, purpose, words)
        await self._services.correspondence.send(by, sheet.serial)

    async def finishes(self, number: str) -> None:
        """Forwarded, and said to be done."""
        await self.forwards(number)
        await self.writes(self.officer, number, Purpose.DONE, "Lampu sudah diganti pada 7 Januari dan menyala.")


@pytest.fixture
async def desk(street: Street) -> Desk:
    """The other side."""
    return await Desk(street).opens()


@pytest.fixture
async def number(sari: Warga, desk: Desk) -> str:
    """A complaint that Sari has filed."""
    return await files(sari)


async def test_my_complaints_are_a_list_and_each_opens(sari: Warga, number: str) -> None:
    assert "Laporan Anda" in await sari.says("/laporan")
    answer = await sari.says("1")
    assert f"Laporan {number}" in answer
    assert "Riwayat" in answer
    assert sari.labels() == ["Tambah keterangan", "Cabut laporan"]


async def test_who_filed_nothing_is_offered_to_begin(sari: Warga) -> None:
    assert "belum pernah mengirim laporan" in await sari.says("/laporan")
    assert "Apa yang ingin Anda laporkan?" in await sari.taps("Buat laporan")


async def test_lacak_takes_a_number_as_people_type_it(sari: Warga, number: str) -> None:
    assert f"Laporan {number}" in await sari.says(f"/lacak  no. {number.lower().replace('-', ' ')}")
    assert "Nomor laporan mana" in await sari.says("/lacak")


async def test_a_slip_of_typing_is_explained_with_what_was_meant(sari: Warga, number: str) -> None:
    answer = await sari.says(f"/lacak {exchanged(number)}")
    assert "salah ketik" in answer
    assert number in answer


async def test_a_strangers_number_shows_only_what_is_public(street: Street, sari: Warga) -> None:
    number = await files(sari, anonymous=True)
    answer = await street.warga(7002).says(f"/lacak {number}")
    assert f"Laporan {number}" in answer
    assert "Lampu jalan" not in answer
    assert "Riwayat" not in answer
    assert street.warga(7002).labels() == ["Saya juga mengalami"]


async def test_a_number_that_nobody_has_is_not_found(sari: Warga) -> None:
    assert "tidak ditemukan" in await sari.says("/lacak 222-222-222")


async def test_information_is_added_with_a_last_look(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    assert "Apa yang ingin Anda tambahkan" in await sari.taps("Tambah keterangan")
    answer = await sari.says("Lampu di depan <gerbang> & pos juga mati.")
    assert "Lampu di depan <gerbang> & pos juga mati." in answer
    assert "Kirim sekarang?" in answer
    first, second = await sari.taps_twice("Kirim")
    assert "sudah ditambahkan" in first
    assert "Mungkin sudah terkirim" in second
    assert "Anda menambahkan keterangan." in await sari.says(f"/lacak {number}")


async def test_words_can_be_written_again_or_dropped(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    await sari.says("Salah tulis, maaf")
    assert "Apa yang ingin Anda tambahkan" in await sari.says("tulis ulang")
    await sari.says("Sudah benar sekarang")
    assert "Tidak ada yang dikirim" in await sari.says("tidak jadi")
    assert "menambahkan" not in await sari.says(f"/lacak {number}")


async def test_batal_drops_the_words_for_a_complaint(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    assert "Tidak ada yang dikirim" in await sari.says("/batal")
    assert "Tidak ada yang sedang ditulis" in await sari.says("/batal")


@pytest.mark.parametrize("begun", [False, True])
async def test_anything_unexpected_while_writing_asks_again(sari: Warga, number: str, begun: bool) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    asked = "Apa yang ingin Anda tambahkan"
    if begun:
        await sari.says("Lampu di depan pos juga mati.")
        asked = "Lampu di depan pos juga mati."
    assert asked in await sari.sends(contact={"phone_number": "+620", "first_name": "Budi"})
    assert asked in await sari.edits("diubah")
    assert asked in await sari.presses("1:leave:1")
    assert asked in await sari.presses("1:write:x")


async def test_a_new_complaint_waits_until_written_words_have_left(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    await sari.says("Lampu di depan pos juga mati.")
    answer = await sari.says("/lapor")
    assert "supaya tidak ada yang hilang" in answer
    assert "Lampu di depan pos juga mati." in answer
    await sari.taps("Kirim")
    assert "Apa yang ingin Anda laporkan?" in await sari.says("/lapor")


async def test_an_empty_beginning_gives_way_to_a_new_complaint(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    assert "Apa yang ingin Anda laporkan?" in await sari.says("/lapor")
    assert "termasuk yang mana?" in await sari.says("Sampah menumpuk di pasar sudah tiga hari")


async def test_words_by_themselves_are_offered_as_an_addition(sari: Warga, number: str) -> None:
    answer = await sari.says("Sampai kapan?")
    assert "Untuk apa pesan Anda ini?" in answer
    assert "Sampai kapan?" in answer
    assert "Dan lampu di pos juga." in await sari.says("Dan lampu di pos juga.")
    answer = await sari.says("1")
    assert "Kirim sekarang?" in answer
    assert "Sampai kapan?\n\nDan lampu di pos juga." in answer
    assert "sudah ditambahkan" in await sari.taps("Kirim")


async def test_words_by_themselves_may_begin_a_new_complaint(sari: Warga, number: str) -> None:
    await sari.says("Sampah menumpuk di pasar sudah tiga hari")
    assert "termasuk yang mana?" in await sari.says("laporan baru")
    await sari.taps("Pengaduan")
    assert "Untuk apa pesan" not in sari.reads()


async def test_words_too_short_for_a_new_complaint_are_not_lost(sari: Warga, number: str) -> None:
    await sari.says("Halo")
    answer = await sari.says("laporan baru")
    assert "terlalu singkat" in answer
    assert "Untuk apa pesan Anda ini?" in answer
    assert "Tidak ada yang dikirim" in await sari.taps("Tidak jadi")


async def test_a_reply_to_a_message_about_a_number_belongs_to_it(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    answer = await sari.says("Lampu di depan pos juga mati.", reply_to=sari.newest)
    assert f"Keterangan tambahan untuk laporan {number}." in answer


async def test_a_question_of_the_desk_is_answered(sari: Warga, number: str, desk: Desk) -> None:
    await desk.forwards(number)
    await desk.writes(desk.coordinator, number, Purpose.HOLD, "Di RT berapa lampu itu?")
    answer = await sari.says(f"/lacak {number}")
    assert "Di RT berapa lampu itu?" in answer
    await sari.taps("Jawab pertanyaan")
    await sari.says("Di RT 3, depan pos ronda.")
    assert "berjalan lagi" in await sari.taps("Kirim")


async def test_words_by_themselves_answer_a_held_complaint(sari: Warga, number: str, desk: Desk) -> None:
    await desk.forwards(number)
    await desk.writes(desk.coordinator, number, Purpose.HOLD, "Di RT berapa lampu itu?")
    await sari.says("Di RT 3, depan pos ronda.")
    assert "Jawaban Anda" in await sari.says("1")


async def test_only_the_citizen_says_that_it_is_solved_and_rates_it(sari: Warga, number: str, desk: Desk) -> None:
    await desk.finishes(number)
    answer = await sari.says(f"/lacak {number}")
    assert "Lampu sudah diganti" in answer
    assert "Syukurlah" in await sari.says("beres")
    assert "Cukup puas" in await sari.says("cukup puas")
    assert "Ditutup" in await sari.says(f"/lacak {number}")


async def test_not_solved_opens_it_again_with_the_citizens_words(sari: Warga, number: str, desk: Desk) -> None:
    await desk.finishes(number)
    await sari.says(f"/lacak {number}")
    assert "Apa yang belum beres" in await sari.taps("Belum beres")
    await sari.says("Malam ini lampunya mati lagi.")
    assert "sudah dibuka lagi" in await sari.taps("Kirim")
    assert "Sedang diproses" in await sari.says(f"/lacak {number}")


async def test_two_taps_on_solved_are_one_answer(sari: Warga, number: str, desk: Desk) -> None:
    await desk.finishes(number)
    await sari.says(f"/lacak {number}")
    first, second = await sari.taps_twice("Sudah beres")
    assert "Syukurlah" in first
    assert "Ditutup" in second


async def test_a_complaint_is_withdrawn_with_a_reason_and_a_last_look(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Cabut laporan")
    assert "tidak diproses lagi" in await sari.says("Sudah diperbaiki warga.")
    assert "sudah dicabut" in await sari.taps("Kirim")
    assert "Dicabut" in await sari.says(f"/lacak {number}")


async def test_an_archived_complaint_can_be_objected_to(sari: Warga, number: str, street: Street, desk: Desk) -> None:
    coordinator, writing = desk.coordinator, street.services.correspondence
    await writing.begin(coordinator, number, Purpose.ARCHIVE, {"reason": "incomplete"})
    sheet = await writing.write(coordinator, "Tempatnya tidak disebutkan.")
    await writing.send(coordinator, sheet.serial)
    answer = await sari.says(f"/lacak {number}")
    assert "Alasan: " in answer
    await sari.taps("Ajukan keberatan")
    await sari.says("Tempatnya jelas: depan SD Negeri 2.")
    assert "diperiksa lagi" in await sari.taps("Kirim")


async def test_nobody_acts_on_somebody_elses_number(street: Street, sari: Warga, number: str, desk: Desk) -> None:
    await desk.finishes(number)
    stranger = street.warga(7002)
    for forged in (
        f"1:solved:{number}",
        f"1:rate:{number}:satisfied",
        f"1:write:{number}:reopen",
        f"1:write:{number}:withdraw",
        f"1:write:{number}:follow_up",
        f"1:adds:{number}",
    ):
        assert "Lampu" not in await stranger.presses(forged)
    assert "Dinyatakan selesai" in await sari.says(f"/lacak {number}")


@pytest.mark.parametrize(
    "forged", ["1:show", "1:show:", "1:show:x", "1:rate:x:y", "1:solved", "1:adds:new", "1:unwrite"]
)
async def test_a_forged_button_is_answered(sari: Warga, number: str, forged: str) -> None:
    assert await sari.presses(forged)


async def test_the_number_is_found_in_the_list_that_people_copy(sari: Warga, number: str) -> None:
    assert find_numbers(await sari.says("/laporan")) == (number,)


async def test_a_photo_goes_along_with_what_is_added_and_may_stand_alone(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    assert "Ikut dikirim: 1 foto" in await sari.photographs("bukti")
    assert "Keterangan tambahan" in await sari.says("Lampu di depan pos juga mati.")
    assert "Ikut dikirim: 1 foto" in sari.reads()
    await sari.taps("Kirim")
    await sari.says(f"/lacak {number}")
    assert "Lampiran (1)" in sari.labels()


async def test_a_photo_as_a_reply_to_a_message_about_a_number_is_offered_to_that_number(
    street: Street, sari: Warga, number: str
) -> None:
    await sari.says(f"/lacak {number}")
    replied = sari.newest.model_dump(mode="json", exclude_none=True)
    photo = [{"file_id": "late", "file_unique_id": "late", "width": 9, "height": 9}]
    offered = await sari.sends(photo=photo, caption="Masih mati semalam", reply_to_message=replied)
    assert number in offered
    assert "Masih mati semalam" in offered
    by = await street.services.people.meet(TelegramPerson(sari.id))
    assert await street.services.intake.current(by) is None
    await sari.taps("Kirim")
    assert len((await street.services.tracking.look(by, number)).files) == 1


async def test_a_photo_that_replies_to_nothing_begins_a_complaint(street: Street, sari: Warga, number: str) -> None:
    await sari.photographs("new")
    by = await street.services.people.meet(TelegramPerson(sari.id))
    assert await street.services.intake.current(by) is not None
