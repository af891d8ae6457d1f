"""An officer at work: the queue, the wall between units, words by command, by button and by reply, sent once."""

import pytest

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga, exchanged
from tests.handlers.staff.conftest import BUDI, RINA, SARI, Town, turns_to
from views.taps import Verb, tap

MISSING = "222-222-222"
ANSWER = "Petugas kami sudah mengganti lampunya pagi ini pukul 09.00."


async def test_the_queue_lists_what_the_unit_has_and_a_typed_number_opens_it(
    town: Town, rina: Warga, forwarded: str
) -> None:
    listed = await rina.says("/antrean")
    assert f"1. {forwarded} (baru)" in listed
    assert "Tenggat Selasa, 14 April 2026" in listed
    card = await rina.says("1")
    assert "Lampu jalan di depan SD Negeri 2" in card
    assert "Pelapor: Ibu Sari" in card


async def test_the_list_keeps_its_buttons_for_the_next_complaint(town: Town, rina: Warga, forwarded: str) -> None:
    await rina.says("/antrean")
    await rina.taps(forwarded)
    await rina.taps(forwarded)
    assert forwarded in rina.reads()


async def test_an_empty_queue_says_so(rina: Warga) -> None:
    assert "kosong" in await rina.says("/antrean")


async def test_the_card_names_no_account_of_the_citizen(town: Town, rina: Warga, forwarded: str) -> None:
    card = await rina.says(f"/lihat {forwarded}")
    for secret in ("Sari Dewi Rahasia", f"user{SARI}", str(SARI)):
        assert secret not in card


async def test_a_foreign_number_and_a_missing_one_get_the_very_same_answer(
    town: Town, budi: Warga, forwarded: str
) -> None:
    for command in ("/lihat {}", "/balas {} Sudah kami ganti.", "/selesai {} Sudah kami ganti.", "/balas {}"):
        foreign, missing = [await budi.says(command.format(number)) for number in (forwarded, MISSING)]
        assert foreign == missing
        assert "tidak ditemukan" in foreign
    for verb in (Verb.SHOW, Verb.TAKE, Verb.RELEASE, Verb.VERIFY, Verb.ARCHIVE_REASON, Verb.SP4N):
        argument = ("incomplete",) if verb is Verb.ARCHIVE_REASON else ()
        foreign, missing = [await budi.presses(tap(verb, number, *argument).pack()) for number in (forwarded, MISSING)]
        assert foreign == missing
        assert "tidak ditemukan" in foreign


async def test_a_slip_of_typing_is_answered_with_what_may_have_been_meant(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {exchanged(forwarded)}")
    assert forwarded in rina.labels()


async def test_a_number_may_be_typed_with_spaces_or_in_small_letters(rina: Warga, forwarded: str) -> None:
    typed = forwarded.replace("-", " ").lower()
    preview = await rina.says(f"/balas {typed} {ANSWER}")
    assert ANSWER in preview
    assert forwarded in preview


async def test_taking_and_giving_back_redraw_the_card(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {forwarded}")
    assert "sekarang Bapak/Ibu tangani" in await rina.taps("Tangani")
    assert "Sedang Bapak/Ibu tangani." in rina.reads()
    assert "kembali ke antrean" in await rina.taps("Lepas untuk rekan")
    assert "Belum ada yang menangani." in rina.reads()


async def test_two_colleagues_who_tap_at_once_do_not_both_get_it(town: Town, rina: Warga, forwarded: str) -> None:
    colleague = await town.hires(BUDI, Role.OFFICER, "dprkp")
    await rina.says(f"/lihat {forwarded}")
    await colleague.says(f"/lihat {forwarded}")
    await rina.taps("Tangani")
    late = await colleague.taps("Tangani")
    assert "sudah ditangani rekan" in late
    assert "Sedang dikerjakan oleh Pejabat penghubung Dinas Perumahan" in late
    assert {"Ambil alih", "Tulis tanggapan"} <= set(colleague.labels())


async def test_an_answer_by_command_is_shown_before_it_leaves_and_reaches_the_citizen(
    town: Town, rina: Warga, forwarded: str
) -> None:
    await town.delivers()
    preview = await rina.says(f"/balas {forwarded} {ANSWER}")
    for shown in (forwarded, "Dibaca oleh: pelapor", ANSWER, "Kirim sekarang?"):
        assert shown in preview
    assert SARI not in await town.delivers()
    assert "sudah dikirim kepada pelapor" in await rina.taps("Kirim")
    letters = (await town.delivers())[SARI]
    assert any(ANSWER in (letter.text or "") for letter in letters)


async def test_an_answer_by_button_is_asked_for_with_what_makes_it_good(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {forwarded}")
    asked = await rina.taps("Tulis tanggapan")
    assert "apa yang ditemukan" in asked
    assert ANSWER in await rina.says(ANSWER)
    await rina.taps("Kirim")
    assert "Sedang diproses" in await rina.says(f"/lihat {forwarded}")


async def test_an_answer_can_be_sent_as_a_reply_to_the_card_that_was_delivered(
    town: Town, rina: Warga, forwarded: str
) -> None:
    card = (await town.delivers())[RINA][-1]
    preview = await rina.says(ANSWER, reply_to=card)
    assert forwarded in preview
    assert ANSWER in preview
    await rina.taps("Kirim")
    assert (await town.delivers())[SARI]


async def test_an_answer_can_be_sent_as_a_reply_to_a_card_that_was_asked_for(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/lihat {forwarded}")
    assert ANSWER in await rina.says(ANSWER, reply_to=rina.newest)


async def test_a_reply_to_another_units_card_that_was_taken_away_learns_nothing(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    card = (await town.delivers())[RINA][-1]
    await dewi.presses(tap(Verb.VERIFY, forwarded).pack())
    await dewi.taps("Ganti unit")
    await turns_to(dewi, "Dinas Perhubungan")
    await dewi.taps("Dinas Perhubungan")
    await dewi.taps("Ya, teruskan")
    assert "tidak ditemukan" in await rina.says(ANSWER, reply_to=card)


async def test_a_photo_sent_as_a_reply_keeps_its_caption_and_begins_no_complaint(
    town: Town, rina: Warga, forwarded: str
) -> None:
    card = (await town.delivers())[RINA][-1]
    answer = await rina.sends(
        photo=[{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}],
        caption=ANSWER,
        reply_to_message=card.model_dump(mode="json", exclude_none=True),
    )
    assert "Ikut dikirim: 1 foto" in answer
    assert ANSWER in answer
    assert await town.house.services.intake.current(await town.caller(RINA)) is None


async def test_done_is_said_with_a_closing_text_and_asks_the_citizen(town: Town, rina: Warga, forwarded: str) -> None:
    assert "bagaimana" in (await rina.says(f"/selesai {forwarded}")).lower()
    assert "dinyatakan selesai" in await rina.says(ANSWER)
    await rina.taps("Kirim")
    letters = (await town.delivers())[SARI]
    labels = [
        button.text
        for letter in letters
        if letter.reply_markup
        for row in letter.reply_markup.inline_keyboard
        for button in row
    ]
    assert {"Sudah beres", "Belum beres"} <= set(labels)


async def test_what_is_not_ours_goes_back_with_its_reason_and_is_gone_from_the_queue(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    await rina.says(f"/lihat {forwarded}")
    assert "unit mana" in await rina.taps("Bukan wewenang kami")
    await rina.taps("Belum tahu unit yang berwenang")
    preview = await rina.says("Lampu ini milik Dinas Perhubungan, bukan unit kami.")
    assert "tidak oleh pelapor" in preview
    assert "dikembalikan kepada admin koordinator" in await rina.taps("Kirim")
    assert "Lihat laporan" not in rina.labels()
    assert "kosong" in await rina.says("/antrean")
    assert forwarded in await dewi.says("/verifikasi")
    assert "Lampu ini milik Dinas Perhubungan" in await dewi.says(f"/lihat {forwarded}")


async def test_a_second_tap_on_send_sends_nothing_twice(town: Town, rina: Warga, forwarded: str) -> None:
    await town.delivers()
    await rina.says(f"/balas {forwarded} {ANSWER}")
    first, second = await rina.taps_twice("Kirim")
    assert "sudah dikirim" in first
    assert "Tidak ada tulisan yang menunggu" in second
    assert len((await town.delivers())[SARI]) == 1


async def test_a_stale_preview_sends_nothing_and_the_present_one_is_shown(
    town: Town, rina: Warga, forwarded: str
) -> None:
    await town.delivers()
    await rina.says(f"/balas {forwarded} Kami cek besok pagi.")
    old = rina.data_of("Kirim")
    await rina.says(ANSWER)
    refused = await rina.presses(old)
    assert "menu lama" in refused
    assert ANSWER in refused
    assert SARI not in await town.delivers()


async def test_an_old_cancel_throws_no_newer_words_away(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded} Kami cek besok pagi.")
    old = rina.data_of("Batal")
    await rina.says(ANSWER)
    assert ANSWER in await rina.presses(old)
    assert "tidak ada yang dikirim" in await rina.taps("Batal")


async def test_the_words_can_be_written_again(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded} Kami cek besok pagi.")
    assert "Apa tanggapan Bapak/Ibu" in await rina.taps("Ubah")
    preview = await rina.says(ANSWER)
    assert ANSWER in preview
    assert "besok pagi" not in preview


async def test_a_reply_that_says_nothing_is_held_back_and_may_leave_with_a_reason(
    town: Town, rina: Warga, dewi: Warga, forwarded: str
) -> None:
    await town.delivers()
    held = await rina.says(f"/balas {forwarded} Terima kasih atas laporannya. Mohon bersabar.")
    assert "belum substantif" in held
    assert rina.labels() == ["Perbaiki", "Kirim apa adanya", "Batal"]
    assert "Apa tanggapan Bapak/Ibu" in await rina.says("1")
    assert "janji tanpa tanggal" in await rina.says("Saluran tersumbat 20 meter. Akan kami keruk secepatnya.")
    assert "Mengapa" in await rina.taps("Kirim apa adanya")
    assert "Kirim sekarang?" in await rina.says("Jadwal alat berat belum keluar")
    assert "sudah dikirim" in await rina.taps("Kirim")
    assert "Alasan" not in (await town.delivers())[SARI][-1].text
    assert "Alasan: Jadwal alat berat belum keluar" in await dewi.says(f"/lihat {forwarded}")


async def test_words_that_wait_are_finished_before_others_are_begun(town: Town, rina: Warga, forwarded: str) -> None:
    other = await town.files("Lampu jalan di gang belakang pasar padam sejak kemarin malam")
    await town.forwards(other)
    await rina.says(f"/balas {forwarded} {ANSWER}")
    refused = await rina.says(f"/balas {other} Lampu lain juga sudah kami ganti.")
    assert "belum dikirim" in refused
    assert ANSWER in refused


async def test_a_reply_to_one_card_never_becomes_the_answer_to_another(town: Town, rina: Warga, forwarded: str) -> None:
    card = (await town.delivers())[RINA][-1]
    other = await town.files("Lampu jalan di gang belakang pasar padam sejak kemarin malam")
    await town.forwards(other)
    await rina.says(f"/balas {other}")
    preview = await rina.says(ANSWER, reply_to=card)
    assert f"Tanggapan untuk laporan {forwarded}" in preview


async def test_words_too_short_or_too_long_are_refused_and_the_question_stays(rina: Warga, forwarded: str) -> None:
    await rina.says(f"/balas {forwarded}")
    for words in ("ok", "x" * 4000):
        assert "Apa tanggapan Bapak/Ibu" in await rina.says(words)


@pytest.mark.parametrize("words", ["/balas", "/selesai", "/lihat"])
async def test_a_command_without_a_number_shows_an_example(rina: Warga, words: str) -> None:
    assert f"{words} 7KM-3QX-PW9" in await rina.says(words)


async def test_who_works_nowhere_is_led_to_the_citizens_way(town: Town, forwarded: str) -> None:
    stranger = town.phone(7777)
    for command in ("/antrean", f"/balas {forwarded} halo semua", "/selesai", "/verifikasi", "/terusan", "/ringkasan"):
        answer = await stranger.says(command)
        assert "untuk petugas" in answer
        assert "/lapor" in answer
        assert forwarded not in answer
    assert "tidak ditemukan" in await stranger.says(f"/lihat {forwarded}")


async def test_an_officer_is_told_that_verifying_is_the_coordinators(rina: Warga) -> None:
    assert "admin koordinator" in await rina.says("/verifikasi")


async def test_a_citizen_cannot_take_or_answer_the_own_complaint(town: Town, forwarded: str) -> None:
    sari = town.phone(SARI)
    for forged in (tap(Verb.TAKE, forwarded), tap(Verb.COMPOSE, forwarded, "follow_up")):
        assert "tidak termasuk wewenang" in await sari.presses(forged.pack())
    assert await town.house.services.correspondence.current(await town.caller(SARI)) is None


@pytest.mark.parametrize(
    "forged",
    [
        "1:take",
        "1:take:'; DROP TABLE",
        "1:queue:-1",
        "1:queue:999999999999999999999",
        "1:write:222-222-222",
        "1:write:222-222-222:forward",
        "1:leave:99",
        "1:leave",
        "1:rewrite:x",
        "1:unwrite",
        "1:forward:222-222-222:1",
        "1:class:222-222-222:1:nonsense",
        "1:unit:222-222-222:1:1",
        "1:units:222-222-222:1:ordinary:0",
        "1:shelf:222-222-222:nonsense",
        "1:unverified:",
        "1:sp4n",
    ],
)
async def test_a_forged_button_gets_a_polite_answer(rina: Warga, forged: str) -> None:
    assert await rina.presses(forged)


async def test_an_officer_can_complain_like_everybody_else(town: Town, rina: Warga, forwarded: str) -> None:
    await rina.says("/lapor")
    await rina.taps("Saya mengerti")
    assert "termasuk yang mana" in await rina.says("Saluran air di depan rumah saya mampet sejak Senin dan berbau")
    await rina.taps("Pengaduan")
    assert "Di mana" in rina.reads()


async def test_a_number_typed_for_a_card_that_was_delivered_is_understood_by_another_process(
    town: Town, dewi: Warga, rina: Warga
) -> None:
    number = await town.files()
    await town.forwards(number)
    [*_, card] = (await town.delivers())[RINA]
    assert card.reply_markup is not None
    labels = [button.text for row in card.reply_markup.inline_keyboard for button in row]
    another = Town(town.house, town.clock, town.desk).phone(RINA)
    await another.says(str(labels.index("Tangani") + 1))
    assert "Lepas untuk rekan" in another.labels()
