"""The first words: the welcome, an invitation, the help."""

from domain.lifecycle import Role
from services.people import TelegramPerson
from tests.handlers.citizen.conftest import Street
from tests.handlers.citizen.warga import Warga


async def test_start_welcomes_and_offers_to_begin(warga: Warga) -> None:
    assert "Selamat datang." in await warga.says("/start")
    assert warga.labels() == ["Buat laporan", "Laporan saya", "Bantuan"]
    assert "Cara memakai" in await warga.says("3")


async def test_start_with_a_word_that_is_no_invitation_welcomes(warga: Warga) -> None:
    assert "Selamat datang." in await warga.says("/start k_jalan")


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
