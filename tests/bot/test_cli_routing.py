"""`lapor routing` as an operator runs it: training, learning from corrections, forgetting, the report."""

import asyncio
import csv
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from domain.lifecycle import Role
from routing.matcher import AgencyMatcher
from services.office import Office
from services.seeding import Seeding
from storage.engine import Database
from storage.seed.regulation import seed_regulations
from tests.conftest import TEST_KEY, FakeClock
from tests.eavesdropping import ended
from tests.services.conftest import SERANG, Town

LAPOR = Path(sys.executable).with_name("lapor")
PATIENCE_S = 120
LAMPS = (
    "Lampu jalan di gang kami mati",
    "Tolong lampu jalan dekat masjid mati terus",
    "Lampu jalan padam gelap sekali kalau malam",
    "Sudah lama lampu jalan mati di perempatan",
    "Lampu jalan mati bahaya buat anak sekolah",
)
COLUMNS = ("source", "id", "title", "text", "province", "regency", "district", "village", "agency", "topic", "sector")


async def routing(folder: Path, *arguments: str, url: str = "") -> tuple[int, str, str]:
    """Runs the command; returns its status, what it printed and what it said on stderr."""
    settings = {"DATABASE_URL": url, "LAPOR_KEYS": TEST_KEY} if url else {}
    process = await asyncio.create_subprocess_exec(
        LAPOR, "routing", *arguments, cwd=folder, env={"PATH": os.defpath, **settings}, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(PATIENCE_S):
        out, said = await ended(process)
    return process.returncode or 0, out.decode(), said


@pytest.fixture
async def town(register: Database, clock: FakeClock, tmp_path: Path) -> Town:
    """Kota Serang, where five complaints about lamps were sent elsewhere than proposed."""
    town = Town(Office(register, clock, seed_regulations(), AgencyMatcher.load()), tmp_path / "files")
    await Seeding(town.office).seed()
    await town.directory.load(SERANG)
    coordinator = await town.hires(30, Role.COORDINATOR)
    for chat, text in enumerate(LAMPS, start=100):
        receipt = await town.files(await town.meets(chat), text)
        proposal = await town.oversight.propose(coordinator, receipt.number)
        wanted = proposal.unit_ids[proposal.unit_names.index("Dinas Perhubungan")]
        proposal = await town.oversight.choose_unit(coordinator, proposal.serial, wanted)
        await town.oversight.forward(coordinator, proposal.serial)
    return town


async def test_an_operator_reports_learns_and_forgets(town: Town, url: str, tmp_path: Path) -> None:
    status, out, _ = await routing(tmp_path, "report", url=url)
    assert status == 0
    assert "Pemerintah Kota Serang (36.73): 5 complaints" in out
    assert "right at once      0 of 5 (0 %)" in out
    assert "-> Dinas Perhubungan" in out
    assert "5 of 5 (100 %)      Dinas Perhubungan" in out
    assert "fewer than 30" in out
    assert not any(text in out for text in (*LAMPS, "Sari"))
    status, out, _ = await routing(tmp_path, "train", "--corrections", url=url)
    assert status == 0
    assert "5 complaints, 5 corrected" in out
    matcher = await town.directory.matcher()
    place = matcher.gazetteer.by_code("36.73")
    assert matcher.suggest("lampu jalan mati lagi", place).candidates[0].unit_name == "Dinas Perhubungan"
    status, out, _ = await routing(tmp_path, "forget", "--government", "36.73", url=url)
    assert (status, "is erased" in out) == (0, True)
    matcher = await town.directory.matcher()
    assert matcher.suggest("lampu jalan mati lagi", place).candidates[0].unit_name != "Dinas Perhubungan"


async def test_a_register_in_which_nothing_was_sent_has_nothing_to_compare(url: str, tmp_path: Path) -> None:
    status, out, _ = await routing(tmp_path, "report", url=url)
    assert (status, out) == (0, "Nobody has sent a complaint to a unit yet: there is nothing to compare.\n")


async def test_a_government_that_is_not_in_the_directory_is_named(url: str, tmp_path: Path) -> None:
    for command in (("forget",), ("report",), ("train", "--corrections")):
        status, _, said = await routing(tmp_path, *command, "--government", "99.99", url=url)
        assert (status, "no government 99.99" in said) == (2, True)


@pytest.mark.parametrize("arguments", [("train",), ("train", ".", "--corrections")])
async def test_training_wants_to_know_from_what(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, _, said = await routing(tmp_path, *arguments)
    assert (status, said.count("\n")) == (2, 1)
    assert "lapor routing train DIR" in said


async def test_a_folder_that_cannot_teach_says_the_mend(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    assert "has no CSV file" in (await routing(tmp_path, "train", "."))[2]
    (tmp_path / "a.csv").write_text("text,sector\n")
    assert "lacks the column regency, source, title" in (await routing(tmp_path, "train", "."))[2]


async def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    (tmp_path / "given").mkdir()
    write_complaints(tmp_path / "given" / "complaints.csv")
    for name in ("once", "again"):
        status, out, said = await routing(tmp_path, "train", "given", "--out", name)
        assert (status, f"Written to {name}" in out) == (0, True), said
    assert artefact(tmp_path / "once") == artefact(tmp_path / "again")
    assert "model.txt" in artefact(tmp_path / "once")


def artefact(folder: Path) -> dict[str, bytes]:
    """Every file that was written."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def write_complaints(file: Path) -> None:
    """A few dozen invented complaints of two sectors from two sources."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS)
        table.writeheader()
        for number in range(60):
            thing = ("lampu jalan mati", "sampah menumpuk bau")[number % 2]
            # Some operators err, so that not every answer is right.
            sector = ("transport", "environment")[(number + (number % 7 == 3)) % 2]
            table.writerow(
                {
                    "source": f"kota{number % 3}",
                    "id": number,
                    "text": f"tolong {thing} sudah {('lama', 'seminggu', 'sebulan', 'setahun')[number % 4]} {number}",
                    "regency": ("Kota Surabaya", "Kota Malang", "")[number % 3],
                    "sector": sector,
                }
            )
