"""Where and when, as people say it: taken from the story where it is clear, asked where it is not, shown always."""

import pytest

from domain.drafting import Step
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.test_intake import ASKED, STORY, come_to
from tests.handlers.citizen.warga import Warga

REGENCY = "Di kota atau kabupaten mana itu?"
WHOLE = "Kemarin sore di Kecamatan Serpong ada lubang besar di tengah jalan"


async def answers(warga: Warga, *typed: str) -> str:
    """Says one thing after the other, and reads the last answer."""
    answer = ""
    for words in typed:
        answer = await warga.says(words)
    return answer


async def test_a_landmark_is_kept_and_only_its_city_is_asked(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    answer = await sari.says("depan Pasar Rau")
    assert "Patokannya kami catat: “depan Pasar Rau”" in answer
    assert REGENCY in answer
    answer = await sari.says("Kota Serang")
    assert "Tempat yang kami catat: Kota Serang" in answer
    assert ASKED[Step.TIME] in answer
    assert "depan Pasar Rau; Kota Serang" in await answers(
        sari, "kemarin", "tidak ada", "lanjut", "lewati", "tidak tahu"
    )


async def test_the_city_of_a_landmark_is_found_in_the_story(sari: Warga) -> None:
    await sari.says("Lampu jalan mati semua di Kota Serang, gelap sekali")
    await sari.taps("Pengaduan")
    answer = await sari.says("dekat Pasar Rau")
    assert "Kota Serang" in answer
    assert ASKED[Step.TIME] in answer


async def test_a_city_that_may_be_two_is_asked_back(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    await sari.says("depan Pasar Rau")
    answer = await sari.says("Serang")
    assert "Kabupaten Serang" in answer
    assert "Kota Serang" in answer
    assert ASKED[Step.TIME] in await sari.taps(next(label for label in sari.labels() if "Kota Serang" in label))


async def test_a_city_that_nobody_knows_is_asked_again_or_left_out(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    await sari.says("depan Pasar Rau")
    answer = await sari.says("qwrtp zxcvb")
    assert "belum kami kenali" in answer
    assert REGENCY in answer
    assert ASKED[Step.TIME] in await sari.taps("Pakai tulisan saya")


async def test_a_location_answers_for_the_city(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    await sari.says("depan Pasar Rau")
    assert ASKED[Step.TIME] in await sari.sends(location={"latitude": -6.1201, "longitude": 106.1503})


@pytest.mark.parametrize("content", ["sticker", "dice", "contact", "venue", "live"])
async def test_anything_at_the_question_of_the_city_keeps_the_landmark(sari: Warga, content: str) -> None:
    await come_to(sari, Step.PLACE)
    await sari.says("depan Pasar Rau")
    point = {"latitude": -6.1201, "longitude": 106.1503}
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    sent = {
        "sticker": {"sticker": {**sticker, "is_animated": False, "is_video": False}},
        "dice": {"dice": {"emoji": "x", "value": 1}},
        "contact": {"contact": {"phone_number": "+620", "first_name": "Budi"}},
        "venue": {"venue": {"location": point, "title": "Pasar Rau", "address": "Serang"}, "location": point},
        "live": {"location": {**point, "live_period": 900}},
    }[content]
    answer = await sari.sends(**sent)
    assert REGENCY in answer or ASKED[Step.TIME] in answer
    assert "Lampu jalan" in await sari.says("/draf")


async def test_a_story_that_says_where_and_when_is_not_asked_again(sari: Warga) -> None:
    answer = await sari.says(WHOLE)
    assert "Dari cerita Anda kami catat:" in answer
    assert "Tempat: Serpong, Kota Tangerang Selatan, Banten" in answer
    assert "Waktu: kemarin sore (" in answer
    assert ASKED[Step.EVIDENCE] in await sari.taps("Pengaduan")
    review = await answers(sari, "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert "Serpong" in review
    assert "kemarin sore" in review


async def test_what_the_story_said_can_be_mended(sari: Warga) -> None:
    await answers(sari, WHOLE, "1", "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert ASKED[Step.PLACE] in await sari.taps("Ubah tempat")
    await sari.says("Cipocok Jaya, Kota Serang")
    await sari.says("tidak tahu")
    assert "Cipocok Jaya" in sari.reads()
    await sari.taps("Ubah waktu")
    assert "3 hari lalu" in await sari.says("3 hari lalu")


async def test_another_story_brings_its_own_place_and_time(sari: Warga) -> None:
    await answers(sari, WHOLE, "1", "tidak ada", "lanjut", "lewati", "tidak tahu")
    await sari.taps("Ubah isi")
    assert ASKED[Step.PLACE] in await sari.says(STORY)


async def test_a_day_that_is_still_to_come_is_asked_back_kindly(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    answer = await sari.says("besok pagi")
    assert "masih akan datang" in answer
    assert ASKED[Step.TIME] in answer
    assert ASKED[Step.EVIDENCE] in await sari.says("awal bulan")
    review = await answers(sari, "tidak ada", "lanjut", "lewati", "tidak tahu")
    assert "awal bulan (sekitar " in review
