"""An officer's desk by telephone: taking back, taking over, canned replies, proofs, and old buttons of every sort."""

from datetime import timedelta

import pytest
from aiogram.types import InaccessibleMessage

from domain.lifecycle import Role
from scheduler.leaving import LeavingRounds
from services.leaving import Leaving
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import BUDI, RINA, SARI, Town
from views.taps import Verb, tap, unpack

ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
ROAD = "Jalan berlubang di depan pasar, lubangnya dalam dan sudah ada motor yang jatuh"
CANNED = "Jadwal lampu\nLaporan {nomor} di {lokasi} sudah kami periksa {hari ini}, lampunya diganti pukul 10.00."


@pytest.fixture
def undo(town: Town) -> Town:
    """A town in which ten seconds are left to think better of it."""
    town.house.office.undo = timedelta(seconds=10)
    return town


async def leaves(town: Town, seconds: int = 10) -> int:
    town.clock.advance(seconds=seconds)
    return await LeavingRounds(Leaving(town.house.office)).round()


async def test_what_was_sent_can_be_taken_back_and_sent_again(undo: Town, rina: Warga, forwarded: str) -> None:
    await undo.delivers()
    await rina.says(f"/balas {forwarded} {ANSWER}")
    assert "Terkirim dalam 10 detik" in await rina.taps("Kirim")
    assert await leaves(undo, 9) == 0
    back = await rina.says("1")
    assert "belum ada yang terkirim" in back
    assert ANSWER in back
    assert await leaves(undo) == 0
    await rina.taps("Kirim")
    assert await leaves(undo) == 1
    assert [ANSWER in (letter.text or "") for letter in (await undo.delivers())[SARI]] == [True]


async def test_after_the_seconds_undo_says_that_it_is_too_late(undo: Town, rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded} {ANSWER}")
    await rina.taps("Kirim")
    assert await leaves(undo) == 1
    assert "tidak dapat diurungkan" in await rina.taps("Urungkan")
    assert await undo.house.services.correspondence.current(await undo.caller(RINA)) is None


async def test_a_second_tap_on_send_shows_the_way_back_once_more(undo: Town, rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded} {ANSWER}")
    first, second = await rina.taps_twice("Kirim")
    assert first == second
    assert await leaves(undo) == 1


async def test_the_card_and_a_stop_lead_back_as_well(undo: Town, rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded} {ANSWER}")
    await rina.taps("Kirim")
    card = await rina.says(f"/lihat {forwarded}")
    assert "Terkirim dalam" in card
    assert rina.labels()[0] == "Urungkan"
    assert "belum ada yang terkirim" in await rina.says("/batal")
    assert await leaves(undo) == 0


async def test_a_colleague_is_warned_and_takes_over_knowingly(town: Town, rina: Warga, forwarded: str) -> None:
    colleague = await town.hires(BUDI, Role.OFFICER, "dprkp")
    await town.delivers()
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tangani")
    await rina.taps("Tulis tanggapan")
    card = await colleague.says(f"/lihat {forwarded}")
    assert "Pejabat penghubung Dinas Perumahan" in card
    assert "sedang menulis" in card
    assert "juga sedang dikerjakan" in await colleague.taps("Tulis tanggapan")
    for secret in (f"Staf {RINA}", f"user{RINA}"):
        assert secret not in card
    await colleague.says("/batal")
    await colleague.says(f"/lihat {forwarded}")
    assert "kami beri tahu" in await colleague.taps("Ambil alih")
    old = colleague.data_of("Ya, ambil alih")
    assert "sekarang Bapak/Ibu tangani" in await colleague.taps("Ya, ambil alih")
    assert "diambil alih" in (await town.delivers())[RINA][-1].text
    assert "Ambil alih" in await rina.says(f"/lihat {forwarded}")
    assert "tidak berlaku" in await colleague.presses(old)


async def test_a_command_under_a_photo_takes_the_photo_along(town: Town, rina: Warga, forwarded: str) -> None:
    preview = await rina.photographs("proof", f"/balas {forwarded} {ANSWER}")
    assert "Ikut dikirim: 1 foto" in preview
    assert ANSWER in preview
    assert "/balas" not in preview
    await rina.taps("Kirim")
    case = await town.house.services.handling.look(await town.caller(RINA), forwarded)
    assert [file.by_staff for file in case.files] == [True]


async def test_a_button_then_a_photo_with_its_words_is_one_reply(town: Town, rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tulis tanggapan")
    preview = await rina.photographs("proof", ANSWER)
    assert "Ikut dikirim: 1 foto" in preview
    await rina.taps("Kirim")
    case = await town.house.services.handling.look(await town.caller(RINA), forwarded)
    assert len(case.files) == 1


async def test_a_note_is_written_by_the_button_of_the_card_and_read_by_staff_alone(
    town: Town, rina: Warga, forwarded: str
) -> None:
    await town.delivers()
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tulis catatan")
    await rina.says("Stok lampu habis, dipesan kemarin.")
    await rina.taps("Kirim")
    assert "Stok lampu habis" in await rina.says(f"/lihat {forwarded}")
    assert "Stok lampu habis" not in await town.phone(SARI).says(f"/lacak {forwarded}")


async def test_a_canned_reply_is_kept_by_telephone_and_filled_from_the_card(
    town: Town, rina: Warga, forwarded: str
) -> None:
    assert "Belum ada jawaban siap pakai" in await rina.says("/jawaban")
    assert "{nomor}" in await rina.taps("Tambah jawaban")
    refused = await rina.says("Jadwal lampu\nKami menemukan {temuan}.")
    assert "{temuan}" in refused
    assert "baris pertama judulnya" in refused
    assert "Tersimpan" in await rina.says(CANNED)
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tulis tanggapan")
    assert rina.labels()[0] == "Jawaban siap pakai"
    await rina.taps("Jawaban siap pakai")
    preview = await rina.taps("Jadwal lampu")
    assert f"Laporan {forwarded} di " in preview
    assert "7 April 2026" in preview
    assert "{" not in preview
    assert "Kirim" in rina.labels()


async def test_a_canned_reply_is_changed_and_removed(rina: Warga) -> None:
    await rina.says("/jawaban")
    await rina.taps("Tambah jawaban")
    await rina.says(CANNED)
    await rina.taps("Ubah jawaban ini")
    assert "Tersimpan" in await rina.says("Jadwal baru\nLaporan {nomor} kami kerjakan besok pukul 08.00.")
    old = rina.data_of("Ubah jawaban ini")
    await rina.taps("Hapus jawaban ini")
    assert "Belum ada" in await rina.taps("Ya, hapus")
    assert "menu lama" in await rina.presses(old)


async def test_a_gap_of_which_the_report_knows_nothing_is_refused_by_name(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    await rina.says("/jawaban")
    await rina.taps("Tambah jawaban")
    await rina.says("Tenggat\nLampu di laporan {nomor} kami ganti paling lambat {tenggat}.")
    await rina.says(f"/selesai {forwarded} {ANSWER}")
    await rina.taps("Kirim")
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tulis tanggapan")
    await rina.taps("Jawaban siap pakai")
    assert "{tenggat}" in await rina.taps("Tenggat")


async def test_done_without_its_proof_says_what_is_missing(town: Town, dewi: Warga) -> None:
    officer = await town.hires(RINA, Role.OFFICER, "dpupr")
    number = await town.files(ROAD)
    by, oversight = await town.caller(7004), town.house.services.oversight
    proposal = await oversight.propose(by, number)
    if "Pekerjaan Umum" not in str(proposal.unit_name):
        at = next(place for place, name in enumerate(proposal.unit_names) if "Pekerjaan Umum" in name)
        proposal = await oversight.choose_unit(by, proposal.serial, proposal.unit_ids[at])
    await oversight.forward(by, proposal.serial)
    shown = await officer.says(f"/selesai {number} Lubang sudah ditambal dengan aspal pada 7 April 2026.")
    assert "Perlu bukti" in shown
    assert "foto" in shown
    assert "Kirim" not in officer.labels()
    serial = unpack(officer.data_of("Batal"))
    assert serial is not None
    assert "Buktinya belum ada" in await officer.presses(tap(Verb.COMPOSITION_SEND, *serial.args).pack())
    assert "Kirim sekarang?" in await officer.photographs("mended")
    assert "dinyatakan selesai" in await officer.taps("Kirim")


async def test_every_button_of_a_card_whose_complaint_has_moved_on_shows_it_as_it_stands(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    await rina.says(f"/lihat {forwarded}")
    before = [rina.data_of(label) for label in rina.labels()]
    colleague = await town.hires(BUDI, Role.OFFICER, "dprkp")
    await colleague.says(f"/lihat {forwarded}")
    await colleague.taps("Tangani")
    await rina.says(f"/lihat {forwarded}")
    before += [data for data in map(rina.data_of, rina.labels()) if data not in before]
    await dewi.presses(tap(Verb.ARCHIVE_REASON, forwarded, "incomplete").pack())
    await dewi.says("Keterangan lokasi belum lengkap, mohon dikirim lagi.")
    await dewi.taps("Kirim")
    events = await _events(town, forwarded)
    town.clock.advance(hours=49)
    assert len(before) > 7
    for data in before:
        answer = await rina.presses(data, _out_of_reach(rina))  # type: ignore[arg-type]  # 48 hours later it is one
        assert forwarded in answer, data
        assert "diarsipkan" in answer.lower(), data
    assert await _events(town, forwarded) == events
    assert await town.house.services.correspondence.current(await town.caller(RINA)) is None


async def _events(town: Town, number: str) -> int:
    return len((await town.house.services.handling.look(await town.caller(7004), number)).timeline)


def _out_of_reach(person: Warga) -> InaccessibleMessage:
    """The card as Telegram names it once it is too old."""
    return InaccessibleMessage(chat=person.newest.chat, message_id=person.newest.message_id, date=0)
