"""The register as SP4N's summary: its columns, what stays hidden, what is logged; and the number that comes back."""

import csv
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.export_file import opened
from bot.mend import Mend
from domain.audit import Act
from domain.drafting import Purpose
from domain.figures import Period
from domain.lifecycle import Action, Role, Status
from domain.messages import Notice
from domain.refusals import ComplaintNotFound, Enough, NotAllowed, NotUnderstood, StaleStep
from domain.sp4n import COLUMNS
from locales.translator import words_for
from services import exporting
from services.auditing import Auditing
from services.export_sheets import ExportSheet, Form
from services.exporting import Exporting, ExportRequest
from services.figures import GovernmentUnknown
from services.national_numbers import NationalNumbers
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town
from views.export import cells, document
from views.letters import render
from views.sp4n import written

WORDS = words_for("id")
LEVY = "Petugas Disdukcapil minta uang pelicin 200 ribu untuk mengurus KTP saya, ini pungli"


async def exported(town: Town, **asked: object) -> list[dict[str, str]]:
    """The rows of an export by the names of their columns."""
    desk = Exporting(town.office)
    begun = await desk.open(replace(ExportRequest(Form.CSV), **asked))  # type: ignore[arg-type]
    rows = [row async for batch in desk.batches(begun) for row in batch]
    assert len(rows) == begun.count
    return [dict(zip(COLUMNS, cells(row, WORDS), strict=True)) for row in rows]


async def test_a_complaint_leaves_in_the_columns_of_sp4n(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.does(case.citizen, case.number, Purpose.ADD_INFORMATION, "Tiangnya nomor 14, hubungi 0812-3456-7890.")
    [row] = await exported(town)
    assert row["Tracking ID"] == case.number
    assert (row["Tanggal Laporan Masuk"], row["Waktu Laporan Masuk"]) == ("2026-04-07", "09:00:00")
    assert row["Isi Laporan Awal"] == LAMP
    assert row["Isi Laporan Akhir"] == f"{LAMP}\n\nTiangnya nomor 14, hubungi [***]."
    assert row["Status Laporan"] == "Terdisposisi Belum Ditindaklanjuti"
    assert row["Instansi Induk"] == "Pemerintah Kota Serang"
    assert row["ID Instansi Terdisposisi"] == "36.73-dprkp"
    assert (row["Provinsi"], row["Kota/Kabupaten"], row["Kecamatan"]) == ("Banten", "Kota Serang", "Cipocok Jaya")
    assert (row["Tipe Laporan (Anonim/Rahasia)"], row["Sumber Laporan"]) == ("", "Telegram")
    assert "Ibu Sari" not in str(row)


async def test_what_is_secret_stays_hidden_and_nobody_is_named(town: Town) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10), secret=True, anonymous=True)
    await town.does(coordinator, receipt.number, Purpose.HOLD, "Lampu di depan sekolah yang mana?")
    [row] = await exported(town)
    assert row["Tipe Laporan (Anonim/Rahasia)"] == "Anonim, Rahasia"
    assert {row[name] for name in COLUMNS[6:9]} == {"[isi dirahasiakan]"}
    assert "sekolah" not in str(row)
    assert row["Status Laporan"] == "Tertunda"


async def test_what_accuses_an_office_leaves_only_for_the_inspectorate(town: Town) -> None:
    await town.files(await town.meets(10))
    await town.files(await town.meets(11), LEVY)
    [plain] = await exported(town)
    [examined] = await exported(town, inspectorate=True)
    assert plain["Isi Laporan Awal"] == LAMP
    assert examined["Isi Laporan Awal"] == LEVY


async def test_the_question_of_a_hold_and_the_reason_of_an_archive_are_told(town: Town) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    held, shelved = await town.files(await town.meets(10)), await town.files(await town.meets(11))
    await town.does(coordinator, held.number, Purpose.HOLD, "Di depan gerbang yang mana?")
    sheet = await town.correspondence.begin(coordinator, shelved.number, Purpose.ARCHIVE, {"reason": "incomplete"})
    sheet = await town.correspondence.write(coordinator, "=HYPERLINK(1) tempatnya tidak disebut.")
    await town.correspondence.send(coordinator, sheet.serial)
    first, second = await exported(town)
    assert first["Alasan Tunda/Arsip"] == "Di depan gerbang yang mana?"
    assert second["Status Laporan"] == "Arsip"
    assert second["Alasan Tunda/Arsip"].endswith("; =HYPERLINK(1) tempatnya tidak disebut.")


async def test_a_span_counts_days_of_the_government_and_both_ends(town: Town, clock: FakeClock) -> None:
    await town.hires(30, Role.COORDINATOR)
    for person in (10, 11, 12):
        await town.files(await town.meets(person))
        clock.advance(days=1)
    found = await exported(town, government="36.73", first=date(2026, 4, 8), last=date(2026, 4, 8))
    assert [row["Tanggal Laporan Masuk"] for row in found] == ["2026-04-08"]
    with pytest.raises(GovernmentUnknown):
        await exported(town, government="99.99")


async def test_an_export_of_many_batches_misses_nothing_and_repeats_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [(await town.files(await town.meets(person))).number for person in range(10, 15)]
    monkeypatch.setattr(exporting, "BATCH", 2)
    assert [row["Tracking ID"] for row in await exported(town)] == numbers


async def test_the_log_tells_by_ids_which_exports_a_complaint_went_into(town: Town) -> None:
    await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    await exported(town, government="36.73")
    await exported(town, inspectorate=True)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(receipt.number)
        assert complaint is not None
        [log] = await work.exports.of_complaint(complaint.id)
        assert (log.at, log.person_id, log.form, log.inspectorate) == (town.office.clock(), None, "csv", False)


@pytest.mark.parametrize("form", [Form.CSV, Form.XLSX])
async def test_the_file_opens_again_with_every_cell_as_a_text(town: Town, tmp_path: Path, form: Form) -> None:
    await town.files(await town.meets(10), "=cmd|' /C calc'!A0 lampu jalan di depan sekolah mati seminggu")
    desk = Exporting(town.office)
    begun = await desk.open(ExportRequest(form))
    path = tmp_path / f"laporan.{form.value}"
    with opened(path, form, COLUMNS) as write:
        async for batch in desk.batches(begun):
            for row in batch:
                write(cells(row, WORDS))
    heading, [row] = _read(path)
    assert tuple(heading) == COLUMNS
    assert row[7].startswith("'=cmd|")


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Opens the file as an office would; it is its owner's alone, and nothing lies beside it."""
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]
    if path.suffix == ".csv":
        heading, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
        return heading, rows
    [sheet] = load_workbook(path).worksheets
    assert all(cell.data_type in ("s", "n") for line in sheet.iter_rows() for cell in line)
    heading, *rows = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]
    return heading, rows


def test_a_file_that_is_not_finished_does_not_appear(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), opened(tmp_path / "a.csv", Form.CSV, COLUMNS) as write:
        write([1 / 0])
    assert list(tmp_path.iterdir()) == []


def test_what_waits_under_the_name_of_an_export_is_neither_followed_nor_kept_open(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "exports", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.write_text("somebody's own")
    (folder / "a.csv.part").symlink_to(elsewhere)
    (folder / "b.csv.part").touch()
    (folder / "b.csv.part").chmod(0o666)
    for name in ("a.csv", "b.csv"):
        with opened(folder / name, Form.CSV, COLUMNS):
            pass
        assert (folder / name).stat().st_mode & 0o077 == 0
        assert not (folder / name).is_symlink()
    assert elsewhere.read_text() == "somebody's own"


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Mend, match="cannot be written"), opened(tmp_path / "no/a.csv", Form.CSV, COLUMNS):
        pass


async def test_the_national_number_is_written_back_and_the_citizen_is_told_once(town: Town, clock: FakeClock) -> None:
    receipt = await town.files(await town.meets(10))
    await town.owed(clock)
    assert await NationalNumbers(town.office).record(receipt.number, "#1234567")
    assert not await NationalNumbers(town.office).record(receipt.number, "1234567")
    [letter] = await town.owed(clock)
    assert letter.kind is Notice.UPDATE
    assert letter.case is not None
    assert letter.case.national_number == "1234567"
    assert letter.case.status is Status.SUBMITTED
    [row] = await exported(town)
    assert row["Tracking ID"] == "1234567"


async def test_what_is_no_number_of_sp4n_or_of_ours_is_refused(town: Town) -> None:
    receipt = await town.files(await town.meets(10))
    with pytest.raises(NotUnderstood):
        await NationalNumbers(town.office).record(receipt.number, "12345")
    with pytest.raises(ComplaintNotFound):
        await NationalNumbers(town.office).record("2222-2222-2", "1234567")


async def test_the_desk_writes_it_back_in_chat_and_an_officer_may_not(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    with pytest.raises(NotAllowed):
        await town.correspondence.begin(case.officer, case.number, Purpose.RECORD_SP4N)
    with pytest.raises(NotUnderstood):
        await town.correspondence.at_once(case.coordinator, case.number, Purpose.RECORD_SP4N, "dua belas")
    after = await town.does(case.coordinator, case.number, Purpose.RECORD_SP4N, "# 7654321")
    assert after.national_number == "7654321"
    assert after.timeline[-1].action is Action.RECORD_SP4N


async def test_a_block_says_in_sp4ns_order_what_a_person_types_there(town: Town) -> None:
    receipt = await town.files(await town.meets(10))
    hidden = await town.files(await town.meets(11), secret=True)
    begun = await Exporting(town.office).open(ExportRequest(Form.BLOCKS))
    [(row, secret)] = [batch async for batch in Exporting(town.office).batches(begun)]
    number, kind, title, told, *others = written(row).split("\n")
    assert (number, kind, title) == (receipt.number, "Klasifikasi: Pengaduan", f"Judul: {LAMP}")
    assert told == f"Isi: {LAMP}"
    assert [line.partition(":")[0] for line in others] == [
        "Tanggal kejadian",
        "Lokasi",
        "Instansi",
        "Kategori",
        "Lampiran",
        "Anonim",
    ]
    assert others[0] == "Tanggal kejadian: Senin, 6 April 2026"
    assert others[1] == "Lokasi: Cipocok Jaya, Kota Serang, Banten"
    assert others[4] == "Lampiran: 1 foto"
    assert (secret.number, "Isi: [isi dirahasiakan]" in written(secret)) == (hidden.number, True)
    assert "sekolah" not in written(secret).casefold()


async def test_a_coordinator_is_owed_a_file_that_is_made_when_it_leaves(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    await town.files(await town.meets(11), LEVY)
    await town.owed(clock)
    asked = await Exporting(town.office).ask(coordinator, 1, Period.THIS_MONTH, Form.CSV)
    assert (asked.count, asked.first, asked.last) == (1, date(2026, 4, 1), date(2026, 4, 7))
    [letter] = await town.owed(clock)
    screen = render(letter, WORDS)
    [file] = screen.documents
    assert file.name == "laporan-2026-04-01-2026-04-07.csv"
    [row] = csv.DictReader(file.content.decode("utf-8-sig").splitlines())
    assert row["Tracking ID"] == receipt.number
    line = (await Auditing(town.office).last(1))[0]
    assert (line.act, line.person_id) == (Act.EXPORT, coordinator.person_id)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(receipt.number)
        assert complaint is not None
        assert [log.person_id for log in await work.exports.of_complaint(complaint.id)] == [coordinator.person_id]


async def test_what_has_begun_to_accuse_somebody_meanwhile_does_not_leave(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    receipt = await town.files(await town.meets(10))
    await town.owed(clock)
    await Exporting(town.office).ask(coordinator, 1, Period.THIS_MONTH, Form.XLSX)
    async with town.office.database.work() as work:
        complaint = await work.complaints.by_number(receipt.number)
        assert complaint is not None
        complaint.accuses = True
        await work.commit()
    [letter] = await town.owed(clock)
    assert letter.export is not None
    assert letter.export.rows == ()


async def test_a_file_is_not_handed_to_whoever_has_left_the_desk(town: Town, clock: FakeClock) -> None:
    coordinator = await town.hires(30, Role.COORDINATOR)
    await town.files(await town.meets(10))
    await town.owed(clock)
    await Exporting(town.office).ask(coordinator, 1, Period.THIS_MONTH, Form.XLSX)
    async with town.office.database.work() as work:
        for row in await work.staff.everybody():
            row.revoked_at = clock()
        await work.commit()
    assert [letter for letter in await town.owed(clock) if letter.kind is Notice.EXPORT] == []


async def test_files_are_for_the_own_desk_and_a_few_a_day(
    town: Town, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, officer = await town.hires(30, Role.COORDINATOR), await town.hires(20, Role.OFFICER, "dprkp")
    desk = Exporting(town.office)
    with pytest.raises(NotUnderstood):
        await desk.ask(coordinator, 1, Period.LAST_MONTH, Form.CSV)
    await town.files(await town.meets(10))
    for stranger, government in ((officer, 1), (coordinator, 2), (coordinator, 2**31 - 1)):
        with pytest.raises(StaleStep):
            await desk.ask(stranger, government, Period.THIS_MONTH, Form.CSV)
    for _ in range(exporting.A_DAY):
        await desk.ask(coordinator, 1, Period.THIS_MONTH, Form.CSV)
    with pytest.raises(Enough):
        await desk.ask(coordinator, 1, Period.THIS_MONTH, Form.CSV)
    clock.advance(days=1, seconds=1)
    await desk.ask(coordinator, 1, Period.THIS_MONTH, Form.CSV)
    monkeypatch.setattr(exporting, "IN_CHAT", 0)
    with pytest.raises(Enough):
        await desk.ask(coordinator, 1, Period.THIS_MONTH, Form.CSV)


def test_nothing_of_a_file_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for form in Form:
        assert document(ExportSheet("Kota", date(2026, 4, 1), date(2026, 4, 7), form, ())).name.endswith(form.value)
    assert list(tmp_path.iterdir()) == []
