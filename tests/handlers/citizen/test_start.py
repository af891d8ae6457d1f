"""The first words: the welcome, an invitation, the help."""

from domain.lifecycle import Role
from services.campaigns import NewCampaign
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga


async def test_start_welcomes_and_offers_to_begin(warga: Warga) -> None:
    assert "Selamat datang." in await warga.says("/start")
    assert warga.labels() == ["Buat laporan", "Laporan saya", "Bantuan"]
    assert "Cara memakai" in await warga.says("3")


async def test_start_with_a_word_that_is_no_invitation_welcomes(warga: Warga) -> None:
    assert "Selamat datang." in await warga.says("/start k_jalan")


async def test_start_with_a_link_that_is_over_or_unknown_welcomes(warga: Warga) -> None:
    assert "Selamat datang." in await warga.says("/start x")
    assert "Selamat datang." in await warga.says("/start " + "k_" + "jalan" * 12)


async def test_a_poster_greets_by_its_question_and_its_office_is_offered_first(street: Street, sari: Warga) -> None:
    await street.services.campaigns.add(NewCampaign("sehat", "Puskesmas tutup?", "36.73", "dinkes"))
    # Somebody who had started the bot long ago types what Telegram Desktop leaves out.
    answer = await sari.says("/start k_sehat")
    assert "Puskesmas tutup?" in answer
    await sari.says("Pelayanan di sana lambat sekali, antrean dari subuh sampai sore")
    await sari.taps("Pengaduan")
    await sari.says("Cipocok Jaya, Kota Serang")
    for choice in ("Kemarin", "Tidak ada berkas", "Lanjut", "Lewati"):
        asked = await sari.taps(choice)
    assert "1. Dinas Kesehatan" in asked


async def test_a_poster_offers_the_open_draft_first_and_keeps_its_words(street: Street, sari: Warga) -> None:
    await street.services.campaigns.add(NewCampaign("sehat", "Puskesmas tutup?"))
    await sari.says("Lampu jalan di depan SD Negeri 2 sudah seminggu mati")
    answer = await sari.says("/start k_sehat")
    assert "belum dikirim" in answer
    assert sari.labels() == ["Lanjutkan laporan itu", "Itu memang tentang hal ini"]
    assert "1. Pengaduan" in await sari.taps("Itu memang tentang hal ini")
    caller = await street.services.people.meet(TelegramPerson(sari.id))
    draft = await street.services.intake.current(caller)
    assert draft is not None
    assert draft.text.startswith("Lampu jalan")


async def test_start_with_an_invitation_takes_the_person_in_once(street: Street, warga: Warga) -> None:
    token = await street.services.directory.invite(Role.OFFICER, "36.73", "dprkp", "Bu Rina")
    answer = await warga.says(f"/start {token}")
    assert "Pejabat penghubung" in answer
    assert "Dinas Perumahan dan Kawasan Permukiman" in answer
    caller = await street.services.people.meet(TelegramPerson(warga.id))
    assert caller.actor.holds(Role.OFFICER)
    assert "tidak berlaku" in await street.warga(7002).says(f"/start {token}")


async def test_start_in_the_middle_of_a_complaint_keeps_it(warga: Warga) -> None:
    await warga.says("Lampu jalan di depan SD Negeri 2 sudah seminggu mati")
    await warga.taps("Saya mengerti")
    assert "Selamat datang." in await warga.says("/start")
    assert "kita lanjutkan" in await warga.taps("Buat laporan")


async def test_help_is_given_under_both_names(warga: Warga) -> None:
    assert "Cara memakai" in await warga.says("/bantuan")
    assert "Cara memakai" in await warga.says("/help")
