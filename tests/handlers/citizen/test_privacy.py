"""/privasi, /dataku and /hapus, tapped and typed."""

from domain.lifecycle import Role
from services.legal_holds import LegalHolds
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga

STORY = "Lampu jalan di depan SD Negeri 2 mati sudah seminggu"


async def test_the_notice_can_be_read_at_any_time_with_what_can_be_decided(sari: Warga) -> None:
    shown = await sari.says("/privasi")
    for part in ("Tentang data Anda", "Pemberitahuan versi 3.", "Survei kepuasan: tidak", "1. Ambil data saya"):
        assert part in shown


async def test_the_survey_is_allowed_and_withdrawn_by_button_or_number(sari: Warga) -> None:
    await sari.says("/privasi")
    assert "Survei kepuasan: boleh" in await sari.taps("Bolehkan survei")
    assert "Survei kepuasan: tidak" in await sari.says("2")


async def test_processing_is_restricted_and_opened_again(sari: Warga) -> None:
    await sari.says("/privasi")
    assert "Pemakaian data: dibatasi" in await sari.taps("Batasi pemakaian data saya")
    assert "Pemakaian data: biasa" in await sari.taps("Cabut pembatasan")


async def test_my_data_comes_as_two_files(sari: Warga, street: Street) -> None:
    await sari.says(STORY)
    assert "satu berkas untuk dibaca dan satu untuk komputer" in await sari.says("/dataku")
    readable, machine = street.desk.documents
    assert (readable.filename, machine.filename) == ("data-saya.txt", "data-saya.json")
    assert STORY in readable.data.decode()
    assert STORY in machine.data.decode()


async def test_an_erasure_takes_two_steps_and_the_second_is_typed(sari: Warga) -> None:
    await sari.says(STORY)
    asked = await sari.says("/hapus")
    assert "Yang dihapus untuk selamanya" in asked
    assert "HAPUS DATA SAYA" in asked
    assert "Data Anda sudah dihapus." in await sari.says("hapus data saya.")
    assert "belum pernah" in await sari.says("/laporan")
    assert "Tentang data Anda" in await sari.says("/lapor")


async def test_the_word_alone_erases_nothing_and_becomes_no_part_of_a_draft(sari: Warga) -> None:
    await sari.says(STORY)
    await sari.says("HAPUS DATA SAYA")
    assert "termasuk yang mana?" in sari.reads()
    assert "dihapus" not in sari.reads()


async def test_whoever_changes_their_mind_loses_nothing(sari: Warga) -> None:
    await sari.says(STORY)
    await sari.says("/hapus")
    assert "tidak ada yang dihapus" in await sari.taps("Tidak jadi")
    assert "termasuk yang mana?" in await sari.says("/lapor")
    assert "dihapus." not in await sari.says("HAPUS DATA SAYA")


async def test_a_legal_hold_is_explained(sari: Warga, street: Street) -> None:
    await sari.says(STORY)
    for typed in ("1", "Cipocok Jaya, Kota Serang", "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu", "kirim"):
        await sari.says(typed)
    async with street.office.database.reading() as work:
        filed = await work.complaints.by_number((await work.erasures.all_of(1))[0].number)
    assert filed is not None
    await LegalHolds(street.office).keep(filed.number, "Penyelidikan")
    held = await sari.says("/hapus")
    assert filed.number in held
    assert "proses hukum" in held
    assert "HAPUS DATA SAYA" not in held


async def test_whoever_is_on_duty_is_told_why_not(street: Street, warga: Warga) -> None:
    token = await street.services.directory.invite(Role.COORDINATOR, "36.73", None, "Staf")
    await warga.says(f"/start {token}")
    assert "masih bertugas" in await warga.says("/hapus")
