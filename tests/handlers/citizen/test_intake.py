"""A citizen tells: the road from the first word to "Kirim", and everything that may happen on it."""

import pytest

from domain.drafting import FILES_MAX, Step
from domain.ticket import find_numbers
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga

STORY = "Lampu jalan di depan SD Negeri 2 sudah seminggu mati, gelap sekali kalau malam"
PLACE = "Cipocok Jaya, Kota Serang"


async def step_of(street: Street, warga: Warga) -> Step | None:
    services = street.services
    by = await services.people.meet(TelegramPerson(warga.id))
    sheet = await services.intake.current(by)
    return sheet.step if sheet else None


async def come_to(warga: Warga, step: Step) -> None:
    """Tells as far as a question, by words and taps as they come."""
    road = {
        Step.TEXT: lambda: warga.says("/lapor"),
        Step.KIND: lambda: warga.says(STORY),
        Step.PLACE: lambda: warga.taps("Pengaduan"),
        Step.TIME: lambda: warga.says(PLACE),
        Step.EVIDENCE: lambda: warga.taps("Kemarin"),
        Step.PRIVACY: lambda: warga.taps("Tidak ada berkas"),
        Step.NAME: lambda: warga.taps("Lanjut"),
        Step.AGENCY: lambda: warga.says("Ibu Sari"),
        Step.REVIEW: lambda: warga.taps("Tidak tahu"),
    }
    for passed, go in road.items():
        await go()
        if passed is step:
            return


ASKED = {
    Step.TEXT: "Apa yang ingin Anda laporkan?",
    Step.KIND: "termasuk yang mana?",
    Step.PLACE: "Di mana kejadiannya?",
    Step.TIME: "Kapan kejadiannya?",
    Step.EVIDENCE: "Ada foto atau berkas pendukung?",
    Step.PRIVACY: "Siapa yang boleh tahu?",
    Step.NAME: "Nama apa yang boleh dilihat petugas?",
    Step.AGENCY: "instansi mana yang dituju?",
    Step.REVIEW: "Periksa dahulu sebelum dikirim",
}


async def test_a_complaint_is_told_with_taps_and_words_and_sent(sari: Warga) -> None:
    await come_to(sari, Step.REVIEW)
    review = sari.reads()
    assert STORY in review
    assert "Waktu: " in review
    assert "Pelapor: Ibu Sari" in review
    assert "Laporan Anda sudah kami terima." in await sari.taps("Kirim laporan")
    assert "1. " in await sari.says("/laporan")
    assert "Lampu jalan" in sari.reads()


async def test_everything_can_be_typed_instead_of_tapped(sari: Warga) -> None:
    for typed, asked in (
        (STORY, Step.KIND),
        ("1", Step.PLACE),
        (PLACE, Step.TIME),
        ("kemarin sore", Step.EVIDENCE),
        ("tidak ada", Step.PRIVACY),
        ("rahasia", Step.PRIVACY),
        ("3", Step.NAME),
        ("lewati", Step.AGENCY),
        ("tidak tahu", Step.REVIEW),
    ):
        assert ASKED[asked] in await sari.says(typed)
    assert "Isi laporan ini tidak dibuka untuk umum." in sari.reads()
    assert "sudah kami terima" in await sari.says("kirim")


async def test_the_notice_is_shown_once_and_the_words_that_came_before_it_are_kept(warga: Warga) -> None:
    assert "Tentang data Anda" in await warga.says(STORY)
    assert ASKED[Step.KIND] in await warga.taps("Saya mengerti")
    await warga.taps("Pengaduan")
    assert "Tentang data Anda" not in warga.reads()
    await warga.says("/batal")
    await warga.taps("Buang")
    assert ASKED[Step.KIND] in await warga.says(STORY)


async def test_whoever_passes_the_notice_over_goes_on_and_sees_it_once_more_before_sending(warga: Warga) -> None:
    await warga.says(STORY)
    assert ASKED[Step.PLACE] in await warga.says("pengaduan")
    for typed in (PLACE, "kemarin", "tidak ada", "lanjut", "lewati"):
        await warga.says(typed)
    assert "Tentang data Anda" in await warga.says("tidak tahu")
    assert ASKED[Step.REVIEW] in await warga.says("mengerti")


@pytest.mark.parametrize("step", ASKED)
async def test_after_a_restart_the_open_question_is_still_open(street: Street, sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    street.restarts()
    again = street.warga()
    assert ASKED[step] in await again.says("/lapor")
    assert "kita lanjutkan" in again.reads()


@pytest.mark.parametrize("step", ASKED)
async def test_anything_unexpected_is_answered_and_leaves_the_draft_alone(
    street: Street, sari: Warga, step: Step
) -> None:
    await come_to(sari, step)
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    for content in (
        {"sticker": {**sticker, "is_animated": False, "is_video": False}},
        {"contact": {"phone_number": "+620", "first_name": "Budi"}},
        {"dice": {"emoji": "x", "value": 1}},
    ):
        assert ASKED[step] in await sari.sends(**content)
    assert ASKED[step] in await sari.edits("Saya mengubah pesan tadi")
    assert ASKED[step] in await sari.presses("1:kind:999:complaint")
    assert ASKED[step] in await sari.presses("forged")
    assert ASKED[step] in await sari.presses("1:kind:x:y")
    assert ASKED[step] in await sari.presses("0:send:1")
    assert ASKED[step] in await sari.says("/tidakada")
    assert await step_of(street, sari) is step


@pytest.mark.parametrize("step", [step for step in ASKED if step is not Step.EVIDENCE])
async def test_a_photo_at_any_question_is_kept_and_the_question_asked_again(sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    answer = await sari.photographs()
    assert "Sudah kami simpan: 1 foto." in answer
    assert ASKED[step] in answer


@pytest.mark.parametrize("kind", ["document", "video", "voice", "video_note", "audio"])
async def test_other_files_are_kept_and_said_to_wait_for_inspection(sari: Warga, kind: str) -> None:
    await come_to(sari, Step.EVIDENCE)
    assert "berkas selain foto kami periksa dahulu" in await sari.hands_in(kind)
    assert ASKED[Step.PRIVACY] in await sari.taps("Selesai")


@pytest.mark.parametrize("step", ASKED)
async def test_a_file_of_25_megabytes_is_refused_kindly(sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    answer = await sari.hands_in("video", size=25 * 1024 * 1024)
    assert "20 MB" in answer
    assert ASKED[step] in answer


async def test_the_largest_size_of_a_photo_is_kept(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.EVIDENCE)
    await sari.photographs("sumur")
    assert [handle for _, handle in await street.services.evidence.owed(street.clock(), 10)] == ["sumur"]


async def test_a_photo_may_begin_the_story(sari: Warga) -> None:
    answer = await sari.photographs()
    assert "Sudah kami simpan: 1 foto." in answer
    assert ASKED[Step.TEXT] in answer
    assert ASKED[Step.KIND] in await sari.says(STORY)


async def test_a_caption_tells_the_story(sari: Warga) -> None:
    assert ASKED[Step.KIND] in await sari.photographs(caption=STORY)


async def test_a_location_answers_where(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    answer = await sari.sends(location={"latitude": -6.1201, "longitude": 106.1503})
    assert "Tempat yang kami catat: " in answer
    assert ASKED[Step.TIME] in answer


@pytest.mark.parametrize("latitude", [1e308, -90.1])
async def test_a_location_that_is_nowhere_on_earth_asks_again(sari: Warga, latitude: float) -> None:
    await come_to(sari, Step.PLACE)
    assert ASKED[Step.PLACE] in await sari.sends(location={"latitude": latitude, "longitude": 106.15})


async def test_a_location_abroad_leaves_the_draft_alone(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    answer = await sari.sends(location={"latitude": 52.5, "longitude": 13.4})
    assert "di luar Indonesia" in answer
    assert await step_of(street, sari) is Step.PLACE


async def test_a_place_that_nobody_knows_may_be_kept_as_it_was_typed(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    answer = await sari.says("depan qwrtp zxcvb")
    assert "Patokannya kami catat: “depan qwrtp zxcvb”" in answer
    assert "Di kota atau kabupaten mana itu?" in answer
    assert ASKED[Step.TIME] in await sari.taps("Pakai tulisan saya")


async def test_a_text_of_one_character_is_answered_and_changes_nothing(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.TEXT)
    answer = await sari.says("a")
    assert "terlalu singkat" in answer
    assert ASKED[Step.TEXT] in answer
    assert await step_of(street, sari) is Step.TEXT


async def test_a_story_that_the_phone_sends_in_two_pieces_becomes_one_description(street: Street, sari: Warga) -> None:
    story = " ".join(f"lubang-{number}" for number in range(500))
    await come_to(sari, Step.TEXT)
    await sari.says(story[:4096])
    await sari.says(story[4096:])
    async with street.office.database.reading() as work:
        draft = await work.drafts.open_of(1)
        assert draft is not None
        assert len(draft.text) >= len(story)
        assert draft.text.startswith("lubang-0")
        assert draft.text.endswith("lubang-499")


async def test_a_story_without_end_is_answered_and_keeps_what_was_told(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.TEXT)
    await sari.says("Jalan rusak. " * 300)
    await sari.says("Jalan rusak. " * 300)
    assert "terlalu panjang" in await sari.says("Jalan rusak. " * 300)
    assert await step_of(street, sari) is Step.KIND


async def test_somebodys_markup_and_emoji_at_the_cut_do_no_harm(sari: Warga) -> None:
    story = "<b>&</i> " + "😀" * 1900
    await sari.says(story)
    for typed in ("1", PLACE, "kemarin", "tidak ada", "lanjut", "<b>Sari</b> & anak", "tidak tahu"):
        await sari.says(typed)
    assert "Pelapor: <b>Sari</b> & anak" in sari.reads()
    assert "Yang dikirim tetap lengkap" in sari.reads()


async def test_words_of_danger_show_the_numbers_first_and_keep_the_draft(sari: Warga) -> None:
    answer = await sari.says("Tolong ada kebakaran rumah di sebelah pasar, api besar sekali!")
    assert answer.index("112") < answer.index("tetap kami simpan") < answer.index("Tetap lapor?")
    assert ASKED[Step.KIND] in await sari.says("1")
    assert "112" not in await sari.taps("Pengaduan")


async def test_two_taps_at_once_answer_one_question(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.KIND)
    first, second = await sari.taps_twice("Pengaduan")
    assert ASKED[Step.PLACE] in first
    assert "menu lama" in second
    assert ASKED[Step.PLACE] in second
    assert await step_of(street, sari) is Step.PLACE


async def test_two_taps_on_a_switch_do_not_undo_each_other(sari: Warga) -> None:
    await come_to(sari, Step.PRIVACY)
    await sari.taps_twice("Jadikan anonim")
    assert "Anonim: ya." in sari.reads()


async def test_two_taps_on_send_make_one_complaint(sari: Warga) -> None:
    await come_to(sari, Step.REVIEW)
    first, second = await sari.taps_twice("Kirim laporan")
    assert "Laporan Anda sudah kami terima." in first
    assert "sudah kami terima sebelumnya" in second
    await sari.says("/laporan")
    assert len(find_numbers(sari.reads())) == 1


async def test_an_anonymous_citizen_is_never_asked_for_a_name(sari: Warga) -> None:
    await come_to(sari, Step.PRIVACY)
    await sari.taps("Jadikan anonim")
    assert ASKED[Step.AGENCY] in await sari.taps("Lanjut")


@pytest.mark.parametrize(
    ("label", "asked", "answer"),
    [
        ("Ubah isi", Step.TEXT, "Jalan di depan SD Negeri 2 berlubang besar sekali"),
        ("Ubah jenis", Step.KIND, "aspirasi"),
        ("Ubah tempat", Step.PLACE, PLACE),
        ("Ubah waktu", Step.TIME, "hari ini"),
        ("Tambah berkas", Step.EVIDENCE, "tidak ada"),
        ("Anonim atau rahasia", Step.PRIVACY, "lanjut"),
        ("Ubah nama", Step.NAME, "Pak Budi"),
        ("Ubah tujuan", Step.AGENCY, "1"),
    ],
)
async def test_each_field_can_be_mended_from_the_review(sari: Warga, label: str, asked: Step, answer: str) -> None:
    await come_to(sari, Step.REVIEW)
    assert ASKED[asked] in await sari.taps(label)
    after = await sari.says(answer)
    if ASKED[Step.AGENCY] in after:
        after = await sari.says("tidak tahu")
    assert ASKED[Step.REVIEW] in after


async def test_batal_keeps_the_draft_for_later_if_asked(sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    assert "belum dikirim" in await sari.says("/batal")
    assert "kami simpan" in await sari.taps("Simpan untuk nanti")
    assert "Berhenti di: waktu kejadian." in await sari.says("/draf")
    assert ASKED[Step.TIME] in await sari.says("1")


async def test_batal_throws_the_draft_away_if_asked(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.TIME)
    await sari.says("/batal")
    assert "dibuang" in await sari.says("buang")
    assert await step_of(street, sari) is None


async def test_batal_with_nothing_to_stop_says_so(sari: Warga) -> None:
    assert "Tidak ada yang sedang ditulis" in await sari.says("/batal")


async def test_a_button_of_a_draft_that_was_thrown_away_begins_nothing(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.KIND)
    old = sari.data_of("Pengaduan")
    await sari.says("/batal")
    await sari.taps("Buang")
    assert "/lapor" in await sari.presses(old)
    assert await step_of(street, sari) is None


async def test_nobody_answers_for_somebody_elses_draft(street: Street, sari: Warga) -> None:
    await come_to(sari, Step.REVIEW)
    stranger = street.warga(7002)
    assert "/lapor" in await stranger.presses(sari.data_of("Kirim laporan"))
    assert await step_of(street, sari) is Step.REVIEW


async def test_lapor_may_carry_the_story(sari: Warga) -> None:
    assert ASKED[Step.KIND] in await sari.says(f"/lapor {STORY}")


async def test_a_cry_for_help_of_one_word_shows_the_numbers(sari: Warga) -> None:
    answer = await sari.says("kebakaran!!")
    assert "112" in answer
    assert ASKED[Step.TEXT] in await sari.taps("Ya, lanjutkan")


@pytest.mark.parametrize("step", ASKED)
async def test_words_of_danger_at_any_question_show_the_numbers(sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    answer = await sari.says("tolong, kebakaran!")
    assert answer.index("112") < answer.index("Tulisan Anda tetap kami simpan") < answer.index("Tetap lapor?")
    assert "Setelah keadaan aman" in await sari.says("2")


@pytest.mark.parametrize("step", [Step.KIND, Step.EVIDENCE, Step.PRIVACY, Step.REVIEW])
async def test_more_of_the_story_at_a_choice_is_added_to_it(street: Street, sari: Warga, step: Step) -> None:
    await come_to(sari, step)
    assert ASKED[step] in await sari.says("Tiangnya juga sudah miring sejak hujan besar") or step is Step.REVIEW
    services = street.services
    sheet = await services.intake.current(await services.people.meet(TelegramPerson(sari.id)))
    assert sheet is not None
    assert sheet.text == f"{STORY}\n\nTiangnya juga sudah miring sejak hujan besar"


@pytest.mark.parametrize("label", ["Ubah isi", "Ubah jenis", "Ubah tempat", "Ubah waktu"])
async def test_a_field_may_be_left_as_it_was(sari: Warga, label: str) -> None:
    await come_to(sari, Step.REVIEW)
    review = sari.reads()
    await sari.taps(label)
    assert await sari.taps("Biarkan seperti semula") == review


async def test_a_short_caption_does_not_lose_the_photo(sari: Warga) -> None:
    assert "Sudah kami simpan: 1 foto." in await sari.photographs(caption="ini")


async def test_a_caption_later_on_is_added_to_the_story(sari: Warga) -> None:
    await come_to(sari, Step.EVIDENCE)
    await sari.photographs(caption="Kabelnya menjuntai sampai ke trotoar")
    for typed in ("lanjut", "lanjut", "lewati", "tidak tahu"):
        await sari.says(typed)
    assert "Kabelnya menjuntai" in sari.reads()


async def test_a_place_without_its_city_is_asked_back(sari: Warga) -> None:
    await come_to(sari, Step.PLACE)
    assert "Tempat mana yang Anda maksud?" in await sari.says("rumah pak lurah")
    assert "Di kota atau kabupaten mana itu?" in await sari.taps("Bukan salah satunya")


async def test_more_files_than_a_card_can_carry_are_refused_and_the_draft_is_kept(sari: Warga) -> None:
    await come_to(sari, Step.EVIDENCE)
    for place in range(FILES_MAX):
        await sari.photographs(f"foto-{place}")
    answer = await sari.photographs("satu-lagi")
    assert f"paling banyak {FILES_MAX} berkas" in answer
    assert f"Sudah kami simpan: {FILES_MAX} foto" in answer
