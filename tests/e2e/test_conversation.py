"""The conversation over HTTP: whatever people say, they get a clear answer and keep their draft."""

import re

import pytest

from simulator.phone import Phone
from tests.e2e.house import LAMP, RunningHouse

ASKS_KIND = "Laporan Anda termasuk yang mana?"


@pytest.fixture
async def telling(warga: Phone) -> Phone:
    """A citizen who has told what is wrong and is asked what kind of report it is."""
    await warga.says(LAMP)
    await warga.taps("Saya mengerti")
    await warga.sees_new(ASKS_KIND)
    return warga


async def still_whole(phone: Phone) -> None:
    """The draft is as it was: the open question is answered and the next one comes."""
    await phone.says("1")
    await phone.sees_new("Di mana kejadiannya")


async def test_a_citizen_files_a_complaint_and_gets_a_receipt_with_its_number(
    house: RunningHouse, warga: Phone
) -> None:
    number = await house.files(warga)
    await warga.says(f"/lacak {number}")
    await warga.sees_new(number, "Menunggu verifikasi")


async def test_what_is_no_answer_is_answered_politely_and_the_question_comes_again(telling: Phone) -> None:
    await telling.sends_sticker()
    await telling.sees_new("belum bisa kami pakai", ASKS_KIND)
    await telling.sends_contact()
    await telling.sees_new("belum bisa kami pakai", ASKS_KIND)
    await telling.sends_poll("Rusak?", "ya", "tidak")
    await telling.sees_new("belum bisa kami pakai", ASKS_KIND)
    await telling.says("/terbang")
    await telling.sees_new("tidak kami kenal", ASKS_KIND)
    await still_whole(telling)


async def test_a_change_to_a_message_that_was_no_answer_changes_nothing_and_says_so(telling: Phone) -> None:
    first = await telling.says("hmm")
    await telling.edits(first, "Mungkin besok saja")
    await telling.sees_new("pesan baru", ASKS_KIND)
    await still_whole(telling)


async def test_a_forged_and_an_old_button_are_refused_and_the_draft_is_kept(telling: Phone) -> None:
    for forged in ("1:kind:999999:complaint", "1:kind:x:y", "0:kind:1", "9:send", "1:edit:1:nonsense"):
        await telling.forges(forged)
        await telling.sees_new("menu lama", ASKS_KIND)
    await still_whole(telling)


async def test_two_taps_at_once_are_one_answer(telling: Phone) -> None:
    await telling.taps("Pengaduan", times=2)
    await telling.sees_new("menu lama", "Di mana kejadiannya")


async def test_kirim_twice_files_once(house: RunningHouse, warga: Phone) -> None:
    await house.files(warga, taps_kirim=2)
    await warga.sees("kami terima sebelumnya")
    await warga.says("/laporan")
    listed = await warga.sees_new("Menunggu verifikasi")
    assert listed.text.count("Menunggu verifikasi") == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", "terlalu singkat"),
        ("😀" * 20, ASKS_KIND),
        ("Lampu <b>mati & gelap</b> di <script>depan sekolah", ASKS_KIND),
        ("Lampu jalan mati. " * 190 + "😀", ASKS_KIND),
        ("Lampu jalan mati. " * 220, ASKS_KIND),
    ],
)
async def test_any_text_is_understood_or_told_what_is_wrong_with_it(warga: Phone, text: str, answer: str) -> None:
    await warga.says("/lapor")
    await warga.taps("Saya mengerti")
    await warga.sees_new()
    await warga.says(text)
    await warga.sees_new(answer)


async def test_five_thousand_characters_leave_the_phone_as_two_messages_and_become_one_story(
    house: RunningHouse, warga: Phone
) -> None:
    story = " ".join(f"lampu-{number} mati" for number in range(342))
    assert len(story) > 5000
    await warga.says("/lapor")
    await warga.taps("Saya mengerti")
    await warga.sees_new()
    await warga.says(story)
    await warga.sees_new(ASKS_KIND)
    await warga.says("1")
    await warga.sees_new("Di mana kejadiannya")
    async with house.inside.database.reading() as work:
        draft = await work.drafts.open_of(1)
        assert draft is not None
        assert "lampu-0 mati" in draft.text
        assert "lampu-341 mati" in draft.text


async def test_a_story_without_end_is_told_where_it_ends_and_keeps_what_was_told(warga: Phone) -> None:
    await warga.says("/lapor")
    await warga.taps("Saya mengerti")
    await warga.sees_new()
    await warga.says("Lampu jalan di depan sekolah mati. " * 300)
    await warga.sees("paling banyak 8.000 huruf", ASKS_KIND)


async def test_a_name_full_of_markup_breaks_nothing(house: RunningHouse) -> None:
    odd = house.phone("<b>&amp;</i>\U0001f600")
    await odd.starts()
    await odd.sees_new("Selamat datang")
    assert await house.files(odd)


async def test_a_file_that_is_too_big_is_refused_with_the_limit_and_the_draft_is_kept(telling: Phone) -> None:
    await telling.sends_document("video.mp4", size=25 * 1024 * 1024)
    await telling.sees_new("20 MB")
    await still_whole(telling)


async def test_the_menu_follows_the_role_at_once(house: RunningHouse, petugas: Phone, koordinator: Phone) -> None:
    citizen = house.phone("Budi")
    await citizen.starts()
    await citizen.sees_new()
    assert "antrean" not in await citizen.commands()
    assert {"antrean", "balas", "lapor"} <= set(await petugas.commands())
    assert {"verifikasi", "ringkasan", "lapor"} <= set(await koordinator.commands())


async def test_a_used_invitation_lets_nobody_in_again(house: RunningHouse, petugas: Phone) -> None:
    other = house.phone("Joko")
    used = next(bubble.text for bubble in await petugas.messages() if bubble.text.startswith("/start "))
    await other.says(used)
    await other.sees_new("tidak berlaku")


async def test_the_choices_of_a_letter_can_be_typed_too(house: RunningHouse, warga: Phone) -> None:
    number = await house.files(warga)
    letter = await warga.sees("/lacak")
    [place] = re.findall(r"(\d+)\. Lihat laporan", letter.text)
    await warga.says(place)
    await warga.sees_new(number, "Menunggu verifikasi")


async def test_a_screen_that_did_not_arrive_is_shown_again_by_itself(house: RunningHouse, telling: Phone) -> None:
    await house.telegram.faults.fail("sendMessage", status=500, chat_id=telling.id)
    await telling.says("1")
    await telling.sees_new("Di mana kejadiannya")
    sent = await house.telegram.calls("sendMessage")
    assert [call.status for call in sent].count(500) == 1


async def test_a_tap_is_worked_although_telegram_takes_no_answer_to_it(house: RunningHouse, telling: Phone) -> None:
    for call in ("answerCallbackQuery", "editMessageReplyMarkup"):
        await house.telegram.faults.fail(call)
    await telling.taps("Pengaduan")
    await telling.sees_new("Di mana kejadiannya")


async def test_who_blocked_the_bot_gets_what_was_owed_after_coming_back(
    house: RunningHouse, warga: Phone, koordinator: Phone
) -> None:
    number = await house.files(warga)
    await warga.blocks()
    await koordinator.says("/verifikasi")
    await koordinator.sees_new(number)
    await koordinator.taps(number)
    await koordinator.taps("Teruskan")
    await koordinator.sees_new("diteruskan")
    await warga.starts()
    await warga.sees_new(number, "diteruskan")
