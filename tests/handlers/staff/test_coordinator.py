"""A coordinator at work: verification in two taps, accusations, questions, archives, the desk of SP4N."""

from domain.lifecycle import Role
from tests.handlers.citizen.conftest import SERANG
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import AGUS, BUDI, DEWI, LEVY, RINA, SARI, Town, turns_to
from views.taps import Verb, tap


async def test_two_taps_verify_classify_and_forward(town: Town, dewi: Warga, rina: Warga) -> None:
    number = await town.files()
    assert number in await dewi.says("/verifikasi")
    proposed = await dewi.taps(number)
    for shown in (number, "Golongan", "Dinas Perumahan dan Kawasan Permukiman", "Kata yang mendukung", "Sudah tepat?"):
        assert shown in proposed
    done = await dewi.taps("Ya, teruskan")
    assert "sudah diteruskan kepada Dinas Perumahan dan Kawasan Permukiman" in done
    assert number in await rina.says("/antrean")
    brought = await town.delivers()
    assert any(number in (letter.text or "") for letter in brought[RINA])
    assert brought[SARI]


async def test_the_unit_can_be_changed_and_the_class_stays_as_chosen(town: Town, dewi: Warga, budi: Warga) -> None:
    number = await town.files()
    await dewi.presses(tap(Verb.VERIFY, number).pack())
    await dewi.taps("Ganti golongan")
    assert "Golongan: Permintaan informasi" in await dewi.taps("Permintaan informasi")
    await dewi.taps("Ganti unit")
    await dewi.taps("Berikutnya")
    await dewi.taps("Sebelumnya")
    await turns_to(dewi, "Dinas Perhubungan")
    changed = await dewi.taps("Dinas Perhubungan")
    assert "Teruskan kepada: Dinas Perhubungan" in changed
    assert "Golongan: Permintaan informasi" in changed
    await dewi.taps("Ya, teruskan")
    assert number in await budi.says("/antrean")


async def test_two_taps_at_once_forward_once_and_the_second_shows_how_it_stands(
    town: Town, dewi: Warga, rina: Warga
) -> None:
    number = await town.files()
    await dewi.presses(tap(Verb.VERIFY, number).pack())
    first, second = await dewi.taps_twice("Ya, teruskan")
    assert "sudah diteruskan" in first
    assert "sudah tidak berlaku" in second
    assert "Sudah diteruskan, menunggu tindak lanjut" in second


async def test_an_old_proposal_forwards_nothing(town: Town, dewi: Warga, rina: Warga) -> None:
    number = await town.files()
    await dewi.presses(tap(Verb.VERIFY, number).pack())
    old = dewi.data_of("Ya, teruskan")
    await dewi.taps("Ganti golongan")
    await dewi.taps("Aspirasi")
    refused = await dewi.presses(old)
    assert "sudah tidak berlaku" in refused
    assert "Menunggu verifikasi" in refused
    assert "kosong" in await rina.says("/antrean")


async def test_a_made_up_unit_or_serial_forwards_nothing(town: Town, dewi: Warga, rina: Warga) -> None:
    number = await town.files()
    await dewi.presses(tap(Verb.VERIFY, number).pack())
    serial = dewi.data_of("Ya, teruskan").rpartition(":")[2]
    assert "tidak ada" in await dewi.presses(tap(Verb.CHOOSE_UNIT, number, serial, 999_999).pack())
    assert "sudah tidak berlaku" in await dewi.presses(tap(Verb.FORWARD, number, int(serial) + 1).pack())
    assert "kosong" in await rina.says("/antrean")


async def test_an_accusation_warns_and_reaches_the_inspectorate_alone(town: Town, dewi: Warga) -> None:
    accused = await town.hires(BUDI, Role.OFFICER, "disdukcapil")
    inspector = await town.hires(AGUS, Role.INSPECTOR)
    number = await town.files(LEVY)
    proposed = await dewi.presses(tap(Verb.VERIFY, number).pack())
    assert "tidak boleh mengetahuinya" in proposed
    assert "Teruskan kepada: Inspektorat" in proposed
    assert "Ganti unit" not in dewi.labels()
    await dewi.taps("Ya, teruskan")
    brought = await town.delivers()
    assert BUDI not in brought
    assert brought[AGUS]
    assert number in await inspector.says("/antrean")
    assert "kosong" in await accused.says("/antrean")
    assert await accused.says(f"/lihat {number}") == await accused.says("/lihat 222-222-222")


async def test_an_accusation_cannot_be_sent_elsewhere_by_a_forged_button(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await dewi.presses(tap(Verb.VERIFY, number).pack())
    await dewi.taps("Ganti unit")
    await turns_to(dewi, "Dinas Perhubungan")
    unit_id = dewi.data_of("Dinas Perhubungan").rpartition(":")[2]
    accusing = await town.files(LEVY)
    await dewi.presses(tap(Verb.VERIFY, accusing).pack())
    serial = dewi.data_of("Ya, teruskan").rpartition(":")[2]
    assert "tidak ada" in await dewi.presses(tap(Verb.CHOOSE_UNIT, accusing, serial, unit_id).pack())


async def test_a_unit_without_an_officer_is_named_and_its_complaint_stays_visible_to_the_desk(
    town: Town, dewi: Warga
) -> None:
    second = await town.hires(AGUS, Role.COORDINATOR)
    number = await town.files()
    assert "belum punya petugas yang aktif" in await dewi.presses(tap(Verb.VERIFY, number).pack())
    await dewi.taps("Ya, teruskan")
    brought = await town.delivers()
    assert any(number in (letter.text or "") for letter in brought[AGUS])
    assert number in await second.says(f"/lihat {number}")


async def test_a_question_holds_the_case_and_reaches_the_citizen(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await dewi.says(f"/lihat {number}")
    asked = await dewi.taps("Tunda dan tanya pelapor")
    assert "ditunda sampai pelapor menjawab" in asked
    assert "Lampu yang mana" in await dewi.says("Lampu yang mana? Mohon sebutkan nomor tiangnya.")
    await dewi.taps("Kirim")
    assert any("nomor tiangnya" in (letter.text or "") for letter in (await town.delivers())[SARI])
    assert "Tertunda" in await dewi.says(f"/lihat {number}")


async def test_the_desk_can_ask_by_replying_to_its_card(town: Town, dewi: Warga) -> None:
    number = await town.files()
    card = (await town.delivers())[DEWI][-1]
    preview = await dewi.says("Lampu yang mana? Mohon sebutkan nomor tiangnya.", reply_to=card)
    assert f"Laporan {number} ditunda dengan pertanyaan" in preview


async def test_an_archive_has_a_coded_reason_a_sentence_and_a_last_look(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await dewi.says(f"/lihat {number}")
    assert "Mengapa" in await dewi.taps("Arsipkan")
    await dewi.taps("Sudah ditangani sebelumnya")
    preview = await dewi.says("Lampu ini sudah diganti kemarin sore.")
    assert "Alasan: Sudah ditangani sebelumnya" in preview
    await dewi.taps("Kirim")
    letters = (await town.delivers())[SARI]
    assert any("sudah diganti kemarin sore" in (letter.text or "") for letter in letters)
    assert number not in await dewi.says("/verifikasi")


async def test_the_text_for_sp4n_is_shown_to_whoever_holds_a_desk_and_to_no_officer(
    town: Town, dewi: Warga, rina: Warga, forwarded: str
) -> None:
    assert "Klasifikasi:" in await dewi.presses(tap(Verb.SP4N, forwarded).pack())
    assert "Klasifikasi:" not in await rina.presses(tap(Verb.SP4N, forwarded).pack())


async def test_the_day_is_shown_on_demand(town: Town, dewi: Warga) -> None:
    await town.files()
    assert "Kota Serang" in await dewi.says("/ringkasan")
    assert "Kota Serang" in await dewi.says("/rekap")


async def test_each_list_answers_to_two_names(town: Town, dewi: Warga) -> None:
    number = await town.files()
    assert await dewi.says("/belum") == await dewi.says("/verifikasi")
    assert await dewi.says("/terusan") == await dewi.says("/tanpaarah")
    assert number in await dewi.says("/antrean")


async def test_words_that_wait_are_not_lost_to_a_proposal(town: Town, dewi: Warga) -> None:
    first, second = await town.files(), await town.files()
    await dewi.says(f"/lihat {first}")
    await dewi.taps("Tunda dan tanya pelapor")
    await dewi.says("Lampu yang mana? Mohon sebutkan nomor tiangnya.")
    refused = await dewi.presses(tap(Verb.VERIFY, second).pack())
    assert "belum dikirim" in refused
    assert "nomor tiangnya" in refused


async def test_another_citys_coordinator_sees_nothing_of_it(town: Town, dewi: Warga) -> None:
    number = await town.files()
    await town.house.services.directory.load(SERANG.with_name("kota-cilegon.yaml"))
    stranger = await town.hires(AGUS, Role.COORDINATOR, government="36.72")
    assert number not in await stranger.says("/verifikasi")
    foreign = await stranger.presses(tap(Verb.VERIFY, number).pack())
    assert foreign == await stranger.presses(tap(Verb.VERIFY, "222-222-222").pack())
