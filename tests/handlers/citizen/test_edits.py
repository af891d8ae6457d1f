"""An edited message mends what was taken from it; what has been sent is offered as an addition; no edit does harm."""

import pytest

from domain.drafting import Step
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_cases import Desk, files
from tests.handlers.citizen.test_intake import ASKED, STORY, come_to
from tests.handlers.citizen.test_where_and_when import answers
from tests.handlers.citizen.warga import Warga

TAKEN = "Perubahan pesan Anda sudah kami catat."
OTHER = "Lampu jalan di depan SD Negeri 7 sudah sebulan mati dan tiangnya miring"


@pytest.fixture
async def number(street: Street, sari: Warga) -> str:
    """A complaint that Sari has filed."""
    await Desk(street).opens()
    return await files(sari)


async def test_the_edited_description_replaces_its_former_words(sari: Warga) -> None:
    await sari.says(STORY)
    told = sari.sent
    await sari.says("pengaduan")
    answer = await sari.edits(OTHER, told)
    assert TAKEN in answer
    assert ASKED[Step.PLACE] in answer
    review = await answers(sari, "Cipocok Jaya, Kota Serang", "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert "SD Negeri 7" in review
    assert "SD Negeri 2" not in review


async def test_only_the_edited_part_of_a_story_in_pieces_is_replaced(sari: Warga) -> None:
    await sari.says(STORY)
    await sari.says("Tiangnya juga sudah miring sejak hujan besar")
    await sari.edits("Tiangnya sudah diperbaiki warga, lampunya belum", sari.sent)
    await sari.says("/batal")
    await sari.taps("Simpan untuk nanti")
    await sari.says("/draf")
    await sari.says("1")
    await answers(sari, "1", "Cipocok Jaya, Kota Serang", "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert STORY in sari.reads()
    assert "sudah diperbaiki warga" in sari.reads()
    assert "hujan besar" not in sari.reads()


async def test_an_edited_caption_mends_the_story(sari: Warga) -> None:
    await sari.photographs(caption=STORY)
    told = sari.sent
    assert TAKEN in await sari.edits(OTHER, told, caption=True)
    await sari.says("/draf")
    assert sari.labels()[0].startswith("Lampu jalan di depan SD Negeri 7")


async def test_an_edited_place_is_understood_anew(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    await sari.says("depan Pasar Rau")
    answer = await sari.edits("Cipocok Jaya, Kota Serang", sari.sent)
    assert TAKEN in answer
    assert ASKED[Step.TIME] in answer


async def test_an_edited_time_replaces_the_former_one_even_if_a_choice_was_typed(sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    await sari.says("kemarin")
    told = sari.sent
    assert TAKEN in await sari.edits("3 hari lalu", told)
    assert "masih akan datang" in await sari.edits("besok", told)
    assert "3 hari lalu" in await answers(sari, "tidak ada", "lanjut", "lewati", "tidak tahu")


async def test_an_edited_name_is_the_one_that_officers_see(sari: Warga) -> None:
    await come_to(sari, Step.NAME)
    await sari.says("Ibu Srii")
    assert TAKEN in await sari.edits("Ibu Sari", sari.sent)
    assert "Ibu Sari" in await sari.says("tidak tahu")


async def test_an_answer_that_was_given_anew_is_not_undone_by_an_old_edit(sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    await sari.says("3 hari lalu")
    told = sari.sent
    await answers(sari, "tidak ada", "lanjut", "lewati", "tidak tahu")
    await sari.taps("Ubah waktu")
    await sari.taps("Hari ini")
    assert TAKEN not in await sari.edits("5 hari lalu", told)
    assert "5 hari lalu" not in sari.reads()


async def test_an_edit_that_fits_nothing_leaves_the_former_words(sari: Warga) -> None:
    await sari.says(STORY)
    answer = await sari.edits("a", sari.sent)
    assert "terlalu singkat" in answer
    await sari.says("/draf")
    assert "Lampu jalan" in sari.reads()


async def test_a_draft_that_is_kept_is_mended_too(sari: Warga) -> None:
    await sari.says(STORY)
    told = sari.sent
    await sari.says("/baru")
    assert TAKEN in await sari.edits(OTHER, told)
    assert "SD Negeri 7" in await sari.says("/draf")


async def test_an_edit_after_sending_is_offered_as_an_addition(sari: Warga, number: str) -> None:
    first = 7001 * 1000
    for told in range(first, sari.sent):
        answer = await sari.edits(OTHER, told)
        if number in answer and "dapat Anda kirim sebagai tambahan" in answer:
            break
    assert OTHER in sari.reads()
    assert "sudah ditambahkan" in await sari.taps("Kirim")


async def test_words_that_wait_to_be_sent_are_mended(sari: Warga, number: str) -> None:
    await sari.says(f"/lacak {number}")
    await sari.taps("Tambah keterangan")
    await sari.says("Lampu di pos juga mati.")
    old = sari.data_of("Kirim")
    answer = await sari.edits("Lampu di depan pos ronda juga mati.", sari.sent)
    assert TAKEN in answer
    assert "depan pos ronda" in answer
    assert "sudah ditambahkan" not in await sari.presses(old)
    told = sari.sent
    assert "sudah ditambahkan" in await sari.taps("Kirim")
    assert "dapat Anda kirim sebagai tambahan" in await sari.edits("Lampu di pos sudah menyala.", told)


async def test_words_by_themselves_are_mended_and_go_where_they_belong(sari: Warga, number: str) -> None:
    await sari.says("Sampai kapan?")
    first = sari.sent
    await sari.says("Dan lampu di pos juga.")
    answer = await sari.edits("Sampai kapan kami menunggu?", first)
    assert "Sampai kapan kami menunggu?\n\nDan lampu di pos juga." in answer
    await sari.says("laporan baru")
    assert TAKEN in await sari.edits("Sampai kapan kami harus menunggu?", first)


async def test_words_that_were_dropped_are_not_said_to_be_sent(sari: Warga, number: str) -> None:
    await sari.says("Sampai kapan?")
    told = sari.sent
    await sari.taps("Tidak jadi")
    assert "tidak mengubah apa pun" in await sari.edits("Sampai kapan kami menunggu?", told)


async def test_a_live_location_that_moves_is_not_answered(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    point = {"latitude": -6.1201, "longitude": 106.1503, "live_period": 900}
    await sari.sends(location=point)
    moved = {**point, "latitude": -6.1202}
    assert await sari._feed(edited_message=sari._message(location=moved, edit_date=1)) == ""
