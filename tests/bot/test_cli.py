"""`lapor` as an operator runs it: a process of its own against a Telegram over HTTP."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

import routing
from bot.house import build
from domain.lifecycle import Role
from services.people import TelegramPerson
from simulator.server import TOKEN, SimulatedTelegram
from storage.crypto import Keyring
from storage.engine import Database
from storage.queries.inbox import Arrived
from tests.conftest import TEST_KEY, FakeClock
from tests.eavesdropping import ended
from tests.storage.rows import claim_next

SERANG = Path(routing.__file__).parent / "data/directory/kota-serang.yaml"
LAPOR = Path(sys.executable).with_name("lapor")
PATIENCE_S = 60


@dataclass
class Said:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str


@dataclass
class Operator:
    """Somebody at a terminal, in a folder of their own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    async def types(self, *arguments: str) -> Said:
        """Runs a command to its end."""
        process = await self.starts(*arguments)
        async with asyncio.timeout(PATIENCE_S):
            out, said = await ended(process)
        return Said(process.returncode or 0, out.decode(), said)

    async def starts(self, *arguments: str) -> Process:
        """Begins a command."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return await asyncio.create_subprocess_exec(
            LAPOR, *arguments, cwd=self.folder, env={**kept, **self.settings}, stdout=PIPE, stderr=PIPE
        )


@pytest.fixture
def stranger(tmp_path: Path) -> Operator:
    """An operator who has set nothing yet."""
    return Operator(tmp_path)


@pytest.fixture
def operator(tmp_path: Path, telegram: SimulatedTelegram, url: str) -> Operator:
    """An operator of a register that is up to date."""
    return Operator(
        tmp_path,
        {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": url,
            "LAPOR_KEYS": TEST_KEY,
        },
    )


async def test_run_without_settings_stops_with_one_line_that_says_the_mend(stranger: Operator) -> None:
    said = await stranger.types("run")
    assert said.status == 2
    assert said.err == (
        "lapor: TELEGRAM_TOKEN is missing: get one from @BotFather and write TELEGRAM_TOKEN=... into .env\n"
    )


async def test_key_new_prints_a_line_for_the_file_env(stranger: Operator) -> None:
    said = await stranger.types("key", "new")
    name, _, key = said.out.strip().partition("=")
    assert (said.status, name) == (0, "LAPOR_KEYS")
    assert Keyring.parse(key)


async def test_a_new_key_takes_the_place_of_an_old_one(
    operator: Operator, register: Database, clock: FakeClock
) -> None:
    async with register.work() as unit:
        await unit.identities.meet(7, clock(), name="Sari")
        await unit.commit()
    key = (await operator.types("key", "new")).out.strip().partition("=")[2]
    operator.settings["LAPOR_KEYS"] = f"{key},{TEST_KEY}"
    needed = await operator.types("key", "check")
    assert (needed.status, "identities: 1 still need an older key" in needed.out) == (1, True)
    assert "identities: 1 seen, 1 made anew" in (await operator.types("key", "rotate")).out
    free = await operator.types("key", "check")
    assert (free.status, "these may go" in free.out) == (0, True)
    operator.settings["LAPOR_KEYS"] = key
    alone = await operator.types("key", "check")
    assert (alone.status, "no key" in alone.out) == (0, False)


async def test_a_fresh_database_is_refused_with_the_mend_and_then_brought_up(
    stranger: Operator, tmp_path: Path
) -> None:
    stranger.settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}", "LAPOR_KEYS": TEST_KEY}
    refused = await stranger.types("staff", "list")
    assert refused.status == 2
    assert 'run "lapor db upgrade"' in refused.err
    assert (await stranger.types("db", "upgrade")).status == 0
    assert (await stranger.types("db", "current")).out == "The database is up to date.\n"


async def test_an_invitation_is_a_link_and_a_copyable_command_and_the_list_shows_who_came(operator: Operator) -> None:
    assert "governments 1" in (await operator.types("directory", "load", str(SERANG))).out
    invited = await operator.types(
        "staff", "invite", "officer", "--government", "36.73", "--unit", "dprkp", "--name", "Rina"
    )
    *_, link, command = invited.out.strip().splitlines()
    assert link.startswith("https://t.me/lapor_uji_bot?start=")
    assert command == f"/start {link.partition('=')[2]}"
    listed = (await operator.types("staff", "list")).out
    assert "Dinas Pendidikan" in listed
    assert "no coordinator" in listed


async def test_an_office_ends_by_its_number_and_a_wrong_number_says_where_to_look(
    operator: Operator, register: Database, clock: FakeClock
) -> None:
    services = build(register, clock).services
    await services.directory.load(SERANG)
    by = await services.people.meet(TelegramPerson(7, "Sari Rahasia"))
    await services.directory.redeem(by, await services.directory.invite(Role.OFFICER, "36.73", "dprkp", "Kasi Lampu"))
    [line] = (await services.staffing.everybody()).lines
    wrong = await operator.types("staff", "transfer", str(line.id), "--to", "999", "--yes")
    assert (wrong.status, wrong.err.count("\n")) == (2, 1)
    ended = await operator.types("staff", "revoke", str(line.id), "--yes")
    assert ended.status == 0
    assert "Kasi Lampu" in ended.out
    assert "Nobody else works in this unit" in ended.out
    assert "Sari" not in ended.out
    assert (await services.staffing.everybody()).lines == ()


async def test_an_invitation_that_does_not_fit_says_what_would(operator: Operator) -> None:
    await operator.types("directory", "load", str(SERANG))
    refused = await operator.types(
        "staff", "invite", "officer", "--government", "36.73", "--unit", "dinas", "--name", "Rina"
    )
    assert refused.status == 2
    assert "dprkp" in refused.err
    assert refused.err.count("\n") == 1
    for nobody in ("citizen", "walikota"):
        refused = await operator.types("staff", "invite", nobody, "--name", "Rina")
        assert (refused.status, refused.err.count("\n")) == (2, 1)
        assert "province_hub, national_admin, observer" in refused.err


async def test_the_evaluation_of_a_month_is_a_page_and_a_wrong_question_is_one_line(operator: Operator) -> None:
    await operator.types("directory", "load", str(SERANG))
    for government, month in (("36.73", "April"), ("99.99", "2026-04")):
        refused = await operator.types("evaluation", "--government", government, "--month", month)
        assert (refused.status, refused.err.count("\n")) == (2, 1)
    written = await operator.types("evaluation", "--government", "36.73", "--month", "2026-04")
    assert written.out == "evaluasi-36.73-2026-04.html\n"
    page = (operator.folder / "evaluasi-36.73-2026-04.html").read_text(encoding="utf-8")
    assert "Pemerintah Kota Serang, April 2026" in page
    assert "Tidak ada laporan yang diterima pada bulan ini" in page


async def test_a_campaign_has_a_link_a_poster_and_an_end(operator: Operator) -> None:
    await operator.types("directory", "load", str(SERANG))
    begun = await operator.types("campaign", "add", "jalan-rusak", "--government", "36.73", "--unit", "dpupr")
    assert "/start k_jalan-rusak" in begun.out
    drawn = await operator.types("qr", "jalan-rusak", "--out", "posters")
    assert drawn.out.splitlines() == ["posters/poster-jalan-rusak.pdf", "posters/poster-jalan-rusak.png"]
    assert (operator.folder / "posters/poster-jalan-rusak.pdf").read_bytes().startswith(b"%PDF")
    await operator.types("campaign", "close", "jalan-rusak")
    assert "closed" in (await operator.types("campaign", "list")).out
    refused = await operator.types("qr", "jalan-rusak")
    assert (refused.status, refused.err.count("\n")) == (2, 1)


async def test_an_export_is_a_file_of_the_columns_and_a_wrong_number_is_one_line(operator: Operator) -> None:
    said = await operator.types("export", "semua.csv")
    assert said.out == "semua.csv: 0 complaints\n"
    assert (operator.folder / "semua.csv").read_text(encoding="utf-8-sig").startswith('"Tracking ID","Tanggal')
    refused = await operator.types("sp4n", "2222-2222-2", "1234567")
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert (await operator.types("sp4n", "2222-2222-2")).status == 2


async def test_a_directory_file_that_is_not_there_is_named(operator: Operator) -> None:
    refused = await operator.types("directory", "load", "nowhere.yaml")
    assert (refused.status, refused.err) == (2, "lapor: nowhere.yaml cannot be read: No such file or directory\n")


async def test_the_audit_log_is_walked_and_a_head_that_it_no_longer_holds_is_a_failure(operator: Operator) -> None:
    await operator.types("directory", "load", str(SERANG))
    whole = await operator.types("audit", "verify")
    assert (whole.status, whole.out.partition(" head ")[0]) == (0, "whole: 1 lines,")
    head = whole.out.strip().partition(" head ")[2]
    assert (await operator.types("audit", "verify", "--seen", head)).status == 0
    cut = await operator.types("audit", "verify", "--seen", f"7{head}")
    assert (cut.status, cut.out.partition(";")[0]) == (1, "BROKEN at line 2")
    assert "load_directory" in (await operator.types("audit", "list")).out
    assert (await operator.types("audit", "verify", "--seen", "nonsense")).status == 2


async def test_the_inbox_shows_what_was_set_aside_and_gives_it_back(
    operator: Operator, register: Database, clock: FakeClock
) -> None:
    async with register.work() as unit:
        await unit.inbox.store([Arrived(501, "7", "{}")], clock())
        claim = await claim_next(unit, "test", clock(), clock() - clock())
        assert claim is not None
        await unit.commit()
    async with register.work() as unit:
        for _ in range(5):
            claim = await claim_next(unit, "test", clock(), clock() - clock()) or claim
            await unit.inbox.fail(claim, clock(), "Clumsy at handlers.start:12")
            clock.advance(hours=1)
        await unit.commit()
    listed = (await operator.types("inbox")).out
    assert "501" in listed
    assert "Clumsy at handlers.start:12" in listed
    assert (await operator.types("inbox", "retry", "501")).out == "Update 501 will be worked again.\n"
    assert "Set aside: 0. Waiting: 1." in (await operator.types("inbox")).out
    assert (await operator.types("inbox", "retry", "501")).status == 2


async def test_doctor_says_a_mend_per_line_and_fails_while_anything_is_red(operator: Operator) -> None:
    said = await operator.types("doctor")
    assert said.status == 1
    lines = said.out.splitlines()
    assert "ok    token: @lapor_uji_bot" in lines
    assert any(line.startswith("RED   directory: ") and "lapor directory load" in line for line in lines)
    assert all(line.split()[0] in ("ok", "warn", "RED") for line in lines)


async def test_run_answers_and_ends_by_sigterm_with_status_0(operator: Operator, telegram: SimulatedTelegram) -> None:
    sari = telegram.phone("Sari")
    port = unused_port()
    operator.settings |= {"LAPOR_METRICS_PORT": str(port), "LAPOR_LOG_FORMAT": "json"}
    process = await operator.starts("run")
    try:
        await sari.starts()
        await sari.sees_new("Selamat datang", within=PATIENCE_S)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as window:
            async with window.get("/healthz") as health:
                assert (await health.json())["ok"] is True
            async with window.get("/metrics") as figures:
                assert 'lapor_updates_total{outcome="worked"}' in await figures.text()
    finally:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            _, log = await ended(process)
    assert process.returncode == 0
    assert [json.loads(line)["message"] for line in log.splitlines()][-1] == "stopped"
    assert not any(secret in log for secret in (TOKEN, TEST_KEY, "Sari", str(sari.id)))


async def test_the_command_line_does_not_load_aiogram_except_to_run(stranger: Operator) -> None:
    modules = "bot.cli, bot.house, bot.checkup, bot.beginnings, bot.getme, services.directory"
    code = (
        f"import sys, {modules}; print([name for name in sys.modules if name.split('.')[0] in ('aiogram', 'telegram')])"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE, stderr=PIPE)
    out, _ = await ended(process)
    assert out.decode().strip() == "[]"


async def test_a_backup_goes_back_where_nothing_is_and_over_a_register_only_when_told(operator: Operator) -> None:
    assert (await operator.types("directory", "load", str(SERANG))).status == 0
    said = await operator.types("backup", "backups", "--keep", "3")
    assert "read back and whole" in said.out
    (file,) = (operator.folder / "backups").glob("laporbot-*.backup")
    refused = await operator.types("restore", str(file))
    assert (refused.status, "--replace" in refused.err) == (2, True)
    operator.settings["DATABASE_URL"] = f"sqlite:///{operator.folder / 'new.sqlite3'}"
    restored = await operator.types("restore", str(file))
    assert (restored.status, "lapor doctor" in restored.out) == (0, True)
