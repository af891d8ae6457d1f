"""Latihan: the charts of docs/conversations/practice.md are what happens, and nothing real is touched by it."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import text

from domain.lifecycle import Role
from domain.messages import Notice
from domain.practice import FIRST, LASTS, TABLE, PracticeStep
from services.retaining import Retaining
from storage.queries.exports import Wanted
from storage.tables import Base
from tests.handlers.citizen.warga import Warga
from tests.handlers.staff.conftest import DEWI, RINA, Town

DOCUMENT = Path(__file__).parents[3] / "docs/conversations/practice.md"
EDGE = re.compile(r"^    (\S+) --> ([^\s:]+): ", re.MULTILINE)
OUTSIDE = "[*]"
MARK = "LATIHAN (bukan laporan sungguhan)"

EMPTY = "Terima kasih atas laporannya, akan segera kami tindak lanjuti."
GOOD = "Regu kami memeriksa tiang nomor 7 hari ini pukul 10.00. Kabelnya putus dan sedang disambung."
DONE = "Kabel di tiang nomor 7 sudah disambung hari ini pukul 15.00. Lampu sudah menyala."

OFFICER = (
    *("/latihan", "Tangani", "Tulis tanggapan", "Pakai contoh jawaban kosong", "Perbaiki"),
    *("Pakai contoh jawaban yang baik", "Ubah", "Batal", "Tulis tanggapan", GOOD, GOOD, EMPTY, EMPTY, GOOD, "Batal"),
    *("Tulis tanggapan", "Batal", "Tulis tanggapan", EMPTY, "Batal", "Tulis tanggapan", EMPTY, GOOD, "Kirim"),
    *("Nyatakan selesai", EMPTY, EMPTY, "Perbaiki", DONE, DONE, EMPTY, "Pakai contoh jawaban yang baik", "Ubah"),
    *("Batal", "Nyatakan selesai", EMPTY, "Batal", "Nyatakan selesai", DONE, "Batal"),
    *("Nyatakan selesai", "Pakai contoh jawaban yang baik", "Kirim"),
)
COORDINATOR = (
    *("/latihan", "Verifikasi", "Ganti golongan", "Pengaduan berkadar pengawasan", "Ya, teruskan"),
    *("Lanjut: laporan yang salah arah", "Ganti unit", "Kembali", "Ganti unit", "Dinas Perhubungan (contoh)"),
    *("Ganti unit", "Dinas Lingkungan Hidup (contoh)", "Ya, teruskan"),
)
TOUCHED = {"practices", "shown_choices", "people", "identities", "leases"}
"""What a practice may change: its own row, and what every message changes."""


def drawn() -> set[tuple[str, str]]:
    return set(EDGE.findall(DOCUMENT.read_text(encoding="utf-8")))


async def stands_at(town: Town, chat_id: int) -> str:
    """The step that is kept."""
    sheet = await town.house.services.practising.current(await town.caller(chat_id))
    return sheet.step.value if sheet else OUTSIDE


async def goes(town: Town, person: Warga, acts: tuple[str, ...]) -> set[tuple[str, str]]:
    """Goes a road by labels and words; every screen on the way says what it is."""
    edges = set()
    for act in acts:
        before = await stands_at(town, person.id)
        offered = person.labels() if not act.startswith("/") else []
        read = await (person.taps(act) if act in offered else person.says(act))
        assert read.startswith(MARK), read
        edges.add((before, await stands_at(town, person.id)))
    return edges


async def everything(town: Town) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a practice has no business with."""
    async with town.house.database.reading() as work:
        session = work.people._session
        names = sorted(set(Base.metadata.tables) - TOUCHED)
        return {name: [tuple(row) for row in await session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


def test_the_charts_are_the_table_of_the_rules() -> None:
    ends = {PracticeStep.UNIT_END: OUTSIDE, PracticeStep.DESK_END: OUTSIDE}
    ruled = {(step.value, ends.get(to, to.value)) for (step, _), to in TABLE.items()}
    assert drawn() == ruled | {(OUTSIDE, step.value) for step in FIRST.values()}


async def test_every_edge_is_walked_and_no_other_and_nothing_real_changes(
    town: Town, dewi: Warga, rina: Warga, forwarded: str
) -> None:
    await town.delivers()
    before, figures = await everything(town), await figures_of(town)
    walked = await goes(town, rina, OFFICER) | await goes(town, dewi, COORDINATOR)
    assert await everything(town) == before
    assert await figures_of(town) == figures
    assert await town.delivers() == {}
    assert sorted(drawn() - walked) == [], "drawn and not walked"
    assert sorted(walked - drawn()) == [], "walked and not drawn"


async def figures_of(town: Town) -> tuple[object, ...]:
    """What the coordinator's day and an export would count."""
    days = await town.house.services.oversight.digest(await town.caller(DEWI))
    wanted = Wanted(government_id=None, since=None, until=None, inspectorate=False)
    async with town.house.database.reading() as work:
        return days, await work.exports.count(wanted)


async def test_the_citizens_words_come_out_of_what_was_written(town: Town, rina: Warga) -> None:
    await goes(town, rina, ("/latihan", "Tangani", "Tulis tanggapan", GOOD))
    assert GOOD in await rina.taps("Kirim")
    await goes(town, rina, ("Nyatakan selesai", DONE))
    assert "selesai ditangani" in await rina.taps("Kirim")
    assert rina.labels() == ["Antrean unit", "Ulangi latihan"]


async def test_a_hollow_reply_is_held_with_its_reason_and_the_example_of_a_good_one_passes(
    town: Town, rina: Warga
) -> None:
    await goes(town, rina, ("/latihan", "1"))
    await rina.taps("Tulis tanggapan")
    assert "ditahan sekali" in await rina.taps("Pakai contoh jawaban kosong")
    await rina.taps("Pakai contoh jawaban yang baik")
    assert await stands_at(town, RINA) == "reply_preview"


async def test_a_button_that_is_no_part_of_the_lesson_says_so_and_the_step_stays(town: Town, rina: Warga) -> None:
    await rina.says("/latihan")
    assert "tidak dipakai dalam latihan" in await rina.taps("Bukan wewenang kami")
    assert "tidak dipakai dalam latihan" in await rina.says("Halo, ini apa ya?")
    assert "cukup kata-kata" in await rina.photographs()
    assert await stands_at(town, RINA) == "card"


async def test_it_goes_on_after_a_restart_and_is_asked_again_when_the_screen_was_lost(town: Town, rina: Warga) -> None:
    await goes(town, rina, ("/latihan", "Tangani"))
    async with town.house.database.work() as work:
        person = (await town.caller(RINA)).person_id
        await work.outbox.add("resume:1", person, Notice.RESUME, town.clock())
        await work.commit()
    [letter] = (await town.delivers())[RINA]
    assert MARK in (letter.text or "")
    assert "Tulis tanggapan" in rina.labels()


async def test_real_work_ends_it_politely_and_is_done(town: Town, rina: Warga, forwarded: str) -> None:
    await goes(town, rina, ("/latihan", "Tangani", "Tulis tanggapan"))
    brought = (await town.delivers())[RINA]
    card = next(message for message in brought if forwarded in (message.text or ""))
    answer = await rina.says(GOOD, reply_to=card)
    assert "Latihan dihentikan" in answer
    assert f"Tanggapan untuk laporan {forwarded}" in answer
    assert await stands_at(town, RINA) == OUTSIDE


async def test_a_real_command_ends_it(town: Town, rina: Warga) -> None:
    for act in ("/antrean", "/lapor", "/bantuan", "/lihat 222-222-222", "/start"):
        await rina.says("/latihan")
        assert "Latihan dihentikan" in await rina.says(act), act
        assert "Latihan dihentikan" not in await rina.says(act), act


async def test_it_can_be_left_at_any_time_and_begun_again(town: Town, rina: Warga) -> None:
    for act in ("/batal", "Keluar dari latihan"):
        await goes(town, rina, ("/latihan", "Tangani", "Tulis tanggapan", EMPTY))
        assert "Latihan dihentikan" in await rina.says(act), act
        assert await stands_at(town, RINA) == OUTSIDE


async def test_an_old_button_of_it_does_nothing(town: Town, rina: Warga) -> None:
    await rina.says("/latihan")
    old = rina.data_of("Tangani")
    await rina.taps("Tangani")
    await rina.presses(old)
    assert await stands_at(town, RINA) == "taken"
    await rina.presses("1:trial:taken:passed")
    assert await stands_at(town, RINA) == "taken"


async def test_a_practice_that_was_forgotten_is_over(town: Town, rina: Warga) -> None:
    await rina.says("/latihan")
    town.clock.advance(seconds=LASTS.total_seconds() + 1)
    assert await stands_at(town, RINA) == OUTSIDE
    assert "Latihan dihentikan" not in await rina.says("/antrean")
    assert await Retaining(town.house.office).drafts(town.clock()) == 0


async def test_an_inspector_gets_a_tour_a_citizen_the_way_to_complain(town: Town) -> None:
    inspector = await town.hires(7040, Role.INSPECTOR)
    await inspector.says("/latihan")
    assert "Inspektorat." in await inspector.taps("Mengenal layar kerja (1 menit)")
    hub = await town.hires(7041, Role.PROVINCE_HUB)
    assert "Admin provinsi." in await hub.says("/latihan")
    assert "tidak ada" not in await town.phone(7042).says("/latihan")
    forged = town.phone(7042)
    await forged.presses("1:practise:desk")
    assert await stands_at(town, 7042) == OUTSIDE


async def test_an_invitation_leads_into_it(town: Town) -> None:
    token = await town.house.services.directory.invite(Role.OFFICER, "36.73", "dprkp", "Rina")
    rina = town.phone(RINA)
    await rina.says(f"/start {token}")
    assert (await rina.says("1")).startswith(MARK)
    assert await stands_at(town, RINA) == "card"


async def test_a_pretend_fire_is_no_cry_for_help(town: Town, rina: Warga) -> None:
    await goes(town, rina, ("/latihan", "Tangani", "Tulis tanggapan"))
    read = await rina.says("Tolong ada kebakaran rumah di dekat pasar, apinya besar sekali sekarang")
    assert read.startswith(MARK)
    assert "113" not in read
