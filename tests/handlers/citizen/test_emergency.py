"""Words of danger show the numbers at once, in whatever dialogue they are said; nothing that was told is lost."""

from dataclasses import replace

import pytest

from domain.drafting import Purpose, Step
from storage.tables_emergency import EmergencyNumber
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk, files
from tests.handlers.citizen.test_intake import ASKED, come_to
from tests.handlers.citizen.warga import Warga

CRY = "tolong, rumah tetangga kebakaran!"


@pytest.fixture
async def desk(street: Street) -> Desk:
    """The other side."""
    return await Desk(street).opens()


@pytest.fixture
async def number(sari: Warga, desk: Desk) -> str:
    """A complaint that Sari has filed."""
    return await files(sari)


async def test_numbers_come_before_anything_else_and_going_on_is_asked_by_number(sari: Warga) -> None:
    answer = await sari.says(CRY)
    assert answer.index("112") < answer.index("113") < answer.index("Tetap lapor?")
    assert sari.labels() == ["Ya, lanjutkan", "Nanti saja"]
    assert ASKED[Step.KIND] in await sari.says("tetap lapor")


async def test_danger_in_an_addition_keeps_the_words(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    answer = await sari.says(CRY)
    assert answer.index("113") < answer.index("Tulisan Anda tetap kami simpan")
    assert CRY in await sari.says("1")
    assert "sudah ditambahkan" in await sari.taps("Kirim")


async def test_danger_in_an_answer_to_an_officer_keeps_the_words(sari: Warga, number: str, desk: Desk) -> None:
    await desk.forwards(number)
    await desk.writes(desk.coordinator, number, Purpose.HOLD, "Di RT berapa lampu itu?")
    await sari.says(f"/lacak {number}")
    await sari.taps("Jawab pertanyaan")
    assert "113" in await sari.says(CRY)
    assert "berjalan lagi" in (await sari.taps("Ya, lanjutkan") and await sari.taps("Kirim"))


async def test_danger_in_words_by_themselves_and_in_a_reply(sari: Warga, number: str) -> None:
    assert "113" in await sari.says(CRY)
    assert "Untuk apa pesan Anda ini?" in await sari.taps("Ya, lanjutkan")
    await sari.taps("Tidak jadi")
    await sari.says(f"/lacak {number}")
    assert "113" in await sari.says(CRY, reply_to=sari.newest)


@pytest.mark.parametrize("step", ASKED)
async def test_danger_under_a_photo_and_in_an_edited_message(sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    assert "113" in await sari.photographs(caption=CRY)
    assert "113" in await sari.edits(CRY)


async def test_a_cry_of_one_word_is_not_lectured_about_its_length(sari: Warga) -> None:
    await come_to(sari, Step.KIND)
    answer = await sari.says("kebakaran!!")
    assert "112" in answer
    assert "singkat" not in answer
    assert ASKED[Step.KIND] in await sari.taps("Ya, lanjutkan")


async def test_who_sees_to_the_danger_first_finds_the_draft_again(sari: Warga) -> None:
    await sari.says(CRY)
    assert "Utamakan keselamatan" in await sari.says("2")
    assert ASKED[Step.KIND] in await sari.says("/lapor")


@pytest.mark.parametrize("step", [Step.PLACE, Step.TIME, Step.NAME])
async def test_a_cry_for_help_is_no_place_no_day_and_no_name(street: Street, sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    await sari.says("tolong!! rumah sebelah kebakaran")
    assert ASKED[step] in await sari.taps("Ya, lanjutkan")
    async with street.office.database.reading() as work:
        [draft, *_] = await work.drafts.waiting(1)
        assert "tolong!! rumah sebelah kebakaran" in draft.text
        told = {Step.PLACE: draft.place_text, Step.TIME: draft.occurred_text, Step.NAME: draft.shown_name_sealed}
        assert told[step] is None


@pytest.mark.parametrize(("typed", "answer"), [("1", ASKED[Step.KIND]), ("2", "Utamakan keselamatan")])
async def test_after_a_restart_a_typed_number_still_answers_tetap_lapor(
    street: Street, sari: Warga, typed: str, answer: str
) -> None:
    await come_to(sari, Step.KIND)
    await sari.says(CRY)
    street.restarts()
    returned = street.warga()
    assert answer in await returned.says(typed)
    assert ASKED[Step.PLACE] in await returned.says("/lapor") + await returned.says("1")


async def test_whoever_simply_goes_on_has_answered_tetap_lapor(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.KIND)
    await sari.says(CRY)
    await sari.says("Lampu jalan di sana juga mati sejak kemarin.")
    street.restarts()
    assert ASKED[Step.PLACE] in await street.warga().says("1")


async def test_danger_in_an_edit_that_changes_nothing_is_not_said_to_be_kept(sari: Warga) -> None:
    await come_to(sari, Step.KIND)
    answer = await sari.edits("Jembatan roboh")
    assert "112" in answer
    assert "Tulisan Anda tetap kami simpan" not in answer
    assert "Pesan Anda barusan belum kami catat; yang Anda tulis sebelumnya tetap kami simpan" in answer


async def test_an_old_answer_to_tetap_lapor_does_no_harm(sari: Warga) -> None:
    await sari.says(CRY)
    first, second = await sari.taps_twice("Ya, lanjutkan")
    assert ASKED[Step.KIND] in first
    assert ASKED[Step.KIND] in second


async def test_a_local_number_is_shown_where_its_area_is_meant(street: Street, sari: Warga) -> None:
    async with street.office.database.work() as work:
        await work.directory.add(
            EmergencyNumber(number="0254-000", label="Damkar Kota Serang", dangers=["fire"], area_code="36.73", rank=11)
        )
        await work.commit()
    assert "0254-000" not in await sari.says(CRY)
    assert "0254-000" in await sari.says("tolong kebakaran di Kecamatan Cipocok Jaya, Kota Serang")


async def test_staff_who_write_about_a_danger_are_not_sent_away(street: Street, sari: Warga, desk: Desk) -> None:
    number = await files(sari)
    await desk.forwards(number)
    officer = street.warga(9002)
    await desk._services.correspondence.begin(desk.officer, number, Purpose.FOLLOW_UP)
    assert "112" not in await officer.says("Kebakaran di gudang itu padam pukul tiga, lampu diganti besok.")
    await officer.says("/batal")
    assert "112" in await officer.says(CRY)


async def test_whoever_has_told_as_much_as_one_may_still_reads_whom_to_call_as_the_table_says(
    street: Street, sari: Warga
) -> None:
    street.office.limits = replace(street.office.limits, drafts_per_day=0)
    async with street.office.database.work() as work:
        [row] = [each for each in await work.directory.emergency_numbers() if each.number == "112"]
        row.number = "112 atau 021-112"
        await work.commit()
    answer = await sari.says("Lampu jalan di depan SD Negeri 2 sudah seminggu mati")
    assert "Silakan lanjutkan besok" in answer
    assert answer.index("mohon hubungi dahulu") < answer.index("112 atau 021-112: Panggilan darurat")
    assert "113: Pemadam kebakaran" in answer
    assert "1708" not in answer
