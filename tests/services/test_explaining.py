"""Why is it due on that day? Rows that a person can check against the calendar of 2026, in all three zones."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Holiday, HolidayKind
from domain.drafting import Purpose
from domain.lifecycle import ClockKind, Role
from domain.refusals import ComplaintNotFound
from locales.translator import words_for
from services.holiday_file import HolidayFile
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta
from views.explanation import why_text


async def explained(town: Town, number: str) -> str:
    return why_text(await town.explaining.everything(number), words_for("id"))


async def test_it_answers_with_start_skipped_days_rule_and_version(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    text = why_text(await town.explaining.why(case.citizen, case.number), words_for("id"))
    assert "Tindak lanjut pertama: jatuh tempo Selasa, 14 April 2026 pukul 16.00 WIB" in text
    assert "Mulai: Selasa, 7 April 2026 pukul 09.00 WIB." in text
    assert "Dihitung dari Selasa, 7 April 2026." in text
    assert "- akhir pekan: 11-12 April 2026" in text
    assert "Batas: 5 hari kerja menurut Peraturan Menteri PANRB Nomor 5 Tahun 2025." in text
    assert "Verifikasi" not in text


# When it was filed, in the local time of Serang, and what the answer says about the three days of verification.
@pytest.mark.parametrize(
    ("filed", "due", "said"),
    [
        ("2026-01-09 16:29", "Rabu, 14 Januari 2026 pukul 16.00 WIB", "Dihitung dari Jumat, 9 Januari 2026."),
        ("2026-01-09 16:31", "Kamis, 15 Januari 2026 pukul 16.00 WIB", "setelah jam kantor, jadi dihitung dari Senin"),
        ("2026-01-10 12:00", "Kamis, 15 Januari 2026 pukul 16.00 WIB", "pada hari libur, jadi dihitung dari Senin"),
        ("2026-01-13 10:00", "Senin, 19 Januari 2026 pukul 16.00 WIB", "Jumat, 16 Januari 2026: Isra Mikraj"),
        ("2026-03-17 10:00", "Jumat, 27 Maret 2026 pukul 16.30 WIB", "Kamis, 19 Maret 2026: Hari Suci Nyepi"),
        ("2026-03-17 10:00", "Jumat, 27 Maret 2026 pukul 16.30 WIB", "Senin, 23 Maret 2026: Cuti Bersama"),
        ("2026-12-31 23:59", "Jumat, 8 Januari 2027 pukul 16.30 WIB", "Selasa, 5 Januari 2027: Isra Mikraj"),
    ],
)
async def test_real_weeks_of_2026(town: Town, clock: FakeClock, filed: str, due: str, said: str) -> None:
    await town.hires(30, Role.COORDINATOR)
    clock.set(jakarta(filed))
    text = await explained(town, (await town.files(await town.meets(10))).number)
    assert f"Verifikasi: jatuh tempo {due}" in text
    assert said in text


@pytest.mark.parametrize(
    ("zone", "due", "name"),
    [
        ("Asia/Jakarta", "2026-01-14", "WIB"),  # filed at 16:15 on Friday: still open
        ("Asia/Makassar", "2026-01-15", "WITA"),  # 17:15
        ("Asia/Jayapura", "2026-01-15", "WIT"),  # 18:15
    ],
)
async def test_the_same_instant_in_three_zones(town: Town, clock: FakeClock, zone: str, due: str, name: str) -> None:
    async with town.office.database.work() as work:
        government = await work.directory.government_by_code("36.73")
        assert government is not None
        government.time_zone = zone
        await work.commit()
    await town.hires(30, Role.COORDINATOR)
    clock.set(jakarta("2026-01-09 16:15"))
    number = (await town.files(await town.meets(10))).number
    closing = datetime.fromisoformat(f"{due} 16:00").replace(tzinfo=ZoneInfo(zone))
    assert await town.due(number, ClockKind.VERIFY) == closing
    assert f"pukul 16.00 {name}" in await explained(town, number)


async def test_a_pause_over_a_leave_week_gives_back_working_days_only(town: Town, clock: FakeClock) -> None:
    clock.set(jakarta("2026-03-16 10:00"))
    case = await town.at_work(clock)
    clock.set(jakarta("2026-03-17 10:00"))
    await town.does(case.coordinator, case.number, Purpose.HOLD, "Tiang nomor berapa yang mati?")
    assert "Sedang ditunda" in await explained(town, case.number)
    clock.set(jakarta("2026-03-25 09:00"))
    await town.does(case.citizen, case.number, Purpose.ANSWER, "Tiang nomor 17 di depan sekolah")
    text = await explained(town, case.number)
    # Monday 16 March + 5: Tue 17, (leave 18-24), Wed 25, Thu 26, Fri 27, Mon 30; the pause gives one day: Tue 31.
    assert "Ditunda menunggu jawaban pelapor, Selasa, 17 Maret 2026 sampai Rabu, 25 Maret 2026: +1 hari kerja." in text
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-03-31 16:00")


async def test_a_holiday_added_afterwards_is_named_and_said_to_be_an_estimate(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    day = Holiday(date(2026, 4, 13), "Libur tambahan", HolidayKind.NATIONAL, estimated=True)
    await town.holidays.enter(HolidayFile("Keputusan", date(2026, 4, 7), (day,)))
    text = await explained(town, case.number)
    assert "- Senin, 13 April 2026: Libur tambahan (perkiraan, masih bisa berubah)" in text
    assert "jatuh tempo Rabu, 15 April 2026" in text


async def test_an_extension_an_escalation_and_the_original_date_are_told(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    request = await town.requests.ask_extension(case.officer, case.number, 5, "Menunggu suku cadang dari pabrik")
    await town.requests.grant(case.coordinator, request.id)
    clock.set(jakarta("2026-04-17 08:00"))
    await town.timekeeping.escalate(clock())
    text = await explained(town, case.number)
    assert "Diperpanjang 5 hari kerja, disetujui Selasa, 7 April 2026." in text
    assert "Jatuh tempo semula: Senin, 27 April 2026 pukul 16.00 WIB." in text
    assert "Keterlambatan diberitahukan kepada Admin koordinator, Jumat, 17 April 2026." in text


async def test_a_stopped_clock_says_whether_it_was_in_time(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.officer, case.number, Purpose.FOLLOW_UP, "Petugas memeriksa tiang pada 7 April.")
    assert "Selesai tepat waktu: Selasa, 7 April 2026" in await explained(town, case.number)


async def test_when_nothing_runs_the_last_clock_is_explained(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.citizen, case.number, Purpose.WITHDRAW, "Sudah tidak perlu")
    why = await town.explaining.why(case.citizen, case.number)
    assert len(why.clocks) == 1


async def test_a_stranger_learns_nothing(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    with pytest.raises(ComplaintNotFound):
        await town.explaining.why(await town.meets(99), case.number)


async def test_a_clock_that_went_to_another_desk_keeps_its_zone(town: Town, clock: FakeClock) -> None:
    async with town.office.database.work() as work:
        government = await work.directory.government_by_code("36.73")
        assert government is not None
        government.time_zone = "Asia/Jayapura"
        await work.commit()
    case = await town.at_work(clock)
    admin = await town.hires(60, Role.NATIONAL_ADMIN, government=None)
    async with town.office.database.work() as work:
        complaint = await work.complaints.by_number(case.number)
        assert complaint is not None
        complaint.government_id = None
        complaint.unit_id = None
        await work.commit()
    clock.set(jakarta("2026-04-08 10:00"))
    await town.does(admin, case.number, Purpose.HOLD, "Tiang nomor berapa yang mati?")
    clock.set(jakarta("2026-04-10 10:00"))
    await town.does(case.citizen, case.number, Purpose.ANSWER, "Tiang nomor 17 di depan sekolah")
    assert "WIT" in await explained(town, case.number)


async def test_a_complaint_keeps_the_version_under_which_it_was_received(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    [old] = town.office.regulations
    strict = replace(old, version="baru", title="Peraturan Baru", effective_on=date(2026, 4, 8), first_follow_up_days=1)
    town.office.regulations = (old, strict)
    clock.set(jakarta("2026-04-08 09:00"))
    await town.does(case.officer, case.number, Purpose.RETURN, "Jalan ini milik provinsi.")
    proposal = await town.oversight.propose(case.coordinator, case.number)
    await town.oversight.forward(case.coordinator, proposal.serial)
    assert await town.due(case.number, ClockKind.FIRST_FOLLOW_UP) == jakarta("2026-04-15 16:00")
    later = (await town.files(case.citizen)).number
    assert "Peraturan Baru" in await explained(town, later)
    assert "Peraturan Baru" not in await explained(town, case.number)
