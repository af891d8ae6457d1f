"""/staf and /undang on a phone: every choice by a number, a preview before each step, old buttons do nothing."""

import re

from domain.lifecycle import Role
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import AGUS, BUDI, DEWI, RINA, Town


def sees(person: Warga, *parts: str) -> str:
    """Reads the newest message of somebody's phone, in which all of this stands."""
    text = person.reads()
    assert [part for part in parts if part not in text] == [], text
    return text


async def numbers(town: Town, chat_id: int) -> list[int]:
    """The numbers of somebody's offices."""
    by = await town.caller(chat_id)
    async with town.house.database.reading() as work:
        return [row.id for row in await work.staff.memberships_of(by.person_id)]


async def test_a_coordinator_invites_by_typing_numbers_and_the_link_lets_one_person_in(town: Town, dewi: Warga) -> None:
    await dewi.says("/undang")
    sees(dewi, "Undang sebagai apa?", "1. Pejabat penghubung")
    await dewi.says("1")
    sees(dewi, "Di unit mana?")
    while "Dinas Perhubungan" not in dewi.labels():
        await dewi.taps("Berikutnya")
    await dewi.taps("Dinas Perhubungan")
    sees(dewi, "Buat undangan", "Dinas Perhubungan")
    await dewi.says("1")
    said = sees(dewi, "Undangan siap", "https://t.me/", "tiga hari")
    found = re.search(r"/start [A-Za-z0-9_-]+", said)
    assert found
    newcomer, late = town.phone(BUDI), town.phone(AGUS)
    await newcomer.says(found[0])
    sees(newcomer, "Pejabat penghubung", "Dinas Perhubungan")
    await late.says(found[0])
    assert "Selamat bergabung" not in late.reads()
    [told] = (await town.delivers())[DEWI]
    [number] = await numbers(town, BUDI)
    assert f"Petugas {number}" in (told.text or "")
    await dewi.says(f"/jabatan {number} Kasi Angkutan")
    sees(dewi, "Kasi Angkutan")


async def test_an_office_ends_after_a_preview_and_the_old_card_of_who_left_does_nothing(
    town: Town, dewi: Warga, rina: Warga, forwarded: str
) -> None:
    await town.delivers()
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tangani")
    [number] = await numbers(town, RINA)
    await dewi.says("/staf")
    sees(dewi, f"Petugas {number}", "1 laporan sedang ditangani")
    await dewi.taps(f"Petugas {number}")
    await dewi.taps("Akhiri tugas")
    sees(dewi, "tidak ada petugas lain di unit ini", "1 laporan", "1. Ya, akhiri tugas")
    await dewi.says("1")
    sees(dewi, "sudah berakhir", "kini tanpa petugas")
    brought = await town.delivers()
    assert any("Terima kasih" in (message.text or "") for message in brought[RINA])
    assert any(forwarded in (message.text or "") for message in brought[DEWI])
    await rina.says(f"/lihat {forwarded}")
    sees(rina, "tidak ditemukan")
    await rina.says("/staf")
    sees(rina, "untuk petugas")


async def test_work_is_given_to_a_colleague_by_numbers(town: Town, dewi: Warga, rina: Warga, forwarded: str) -> None:
    await town.hires(BUDI, Role.OFFICER, "dprkp")
    await rina.says(f"/lihat {forwarded}")
    await rina.taps("Tangani")
    [giver], [heir] = await numbers(town, RINA), await numbers(town, BUDI)
    await dewi.says("/staf")
    await dewi.taps(f"Petugas {giver}")
    await dewi.taps("Alihkan pekerjaan")
    await dewi.says("1")
    sees(dewi, f"kepada Petugas {heir}", "1 laporan")
    await dewi.says("1")
    sees(dewi, f"beralih kepada Petugas {heir}")
    await town.phone(BUDI).says(f"/lihat {forwarded}")
    sees(town.phone(BUDI), "Lepas")


async def test_the_last_coordinator_is_asked_in_clear_words(town: Town, dewi: Warga) -> None:
    [number] = await numbers(town, DEWI)
    await dewi.says("/staf")
    await dewi.taps(f"Petugas {number}")
    await dewi.taps("Akhiri tugas")
    sees(dewi, "sendiri", "koordinator terakhir", "Ya, saya mundur dan meja ini kosong")
    await dewi.taps("Tidak jadi")
    assert await numbers(town, DEWI) == [number]


async def test_an_officer_is_sent_to_the_own_queue(rina: Warga) -> None:
    for command in ("/staf", "/undang", "/jabatan 1 Kepala"):
        await rina.says(command)
        sees(rina, "/antrean")
