"""The demo: its story to the end, a story that breaks, a clock that moves, and an audience that types."""

import asyncio
import io
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.commands.demo import BROKEN, LOG, run
from bot.demo.audience import Audience
from bot.demo.bubbles import Terminal
from bot.demo.cast import Part, StoryBroke
from bot.demo.clock import DemoClock
from bot.demo.performance import perform
from bot.demo.stage import LAPOR, Desk, Stage
from bot.demo.story import begin, tell
from bot.mend import Mend
from bot.settings import environment
from locales.translator import words_for
from simulator import ALWAYS, Limits, SimulatedTelegram
from tests.e2e.house import running_house
from tests.eavesdropping import ended, kept_for_the_ear

NUMBER = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
SARI = Part("Bu Sari", "warga", "green")
PATIENCE_S = 300


@asynccontextmanager
async def lapor_demo(*args: str, tmp: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`lapor demo` as a process of its own, on a terminal of 80 columns that shows no colours."""
    process = await asyncio.create_subprocess_exec(
        *(*LAPOR, "demo", *args),
        env=environment(TMPDIR=str(tmp), COLUMNS="80"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield process
    finally:
        if process.returncode is None:
            # With all that it has started: what lives on would keep its pipes open.
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


class Doorstep(Desk):
    """Gives every invitation at once, without a process for each."""

    async def lapor(self, *args: str) -> str:
        return f"https://t.me/lapor_bot?start={args[1]}\n"


async def story_before_deaf_ears(register: str, folder: Path, paper: io.StringIO) -> None:
    """The story, with a Telegram that takes no message from the bot."""
    clock = DemoClock()
    async with running_house(register, clock) as house:
        await house.telegram.faults.fail("sendMessage", ALWAYS)
        scene = Stage(
            terminal(paper), house.telegram, Doorstep(folder), clock, house.application, house.inside, patience=1
        )
        with pytest.raises(StoryBroke) as broken:
            await tell(begin(scene))
    raise broken.value


def terminal(paper: io.StringIO) -> Terminal:
    return Terminal(words_for("id"), Console(file=paper, width=80))


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def paper() -> io.StringIO:
    """What the terminal writes on."""
    return io.StringIO()


@pytest.fixture
async def stage(register: str, tmp_path: Path, paper: io.StringIO) -> AsyncIterator[Stage]:
    """A stage without a story."""
    clock = DemoClock()
    async with running_house(register, clock) as house:
        yield Stage(terminal(paper), house.telegram, Desk(tmp_path), clock, house.application, house.inside)


async def test_the_story_is_told_to_its_end(tmp_path: Path) -> None:
    async with lapor_demo("--once", "--folder", str(tmp_path / "demo"), tmp=tmp_path) as process:
        log = kept_for_the_ear(tmp_path / "demo" / LOG)
        printed, complaints = await ended(process)
    told = printed.decode()
    assert process.returncode == 0, complaints
    assert log.exists()
    assert "\x1b" not in told
    assert max(cell_len(line) for line in told.splitlines() if "demo" not in line) <= 80
    assert len(set(NUMBER.findall(told))) == 1
    story = [
        "Karena Anda menulis",
        "Nomor laporan:",
        "menunggu verifikasi",
        "(mengetuk) Ya, teruskan",
        "Tiang nomor berapa",
        "Tiang nomor 12",
        "Ditunda menunggu jawaban",
        "1 laporan menunggu tindak lanjut",
        "1 laporan terlambat dan kini",
        "Terlambat (1)",
        "(mengetuk) Tangani",
        "Mohon maaf terlambat",
        "Kabel yang putus",
        "(mengetuk) Sudah beres",
        "(mengetuk) Puas",
        "1 dinyatakan",
    ]
    assert sorted(story, key=told.index) == story
    assert told.count("[grafik 30 hari]") == told.count("Ringkasan Pemerintah Kota Serang") == 3
    assert {"[foto]", "[lokasi"} <= set(re.findall(r"\[foto\]|\[lokasi", told))


async def test_a_demo_that_is_stopped_ends_cleanly_and_leaves_nothing(tmp_path: Path) -> None:
    async with lapor_demo(tmp=tmp_path) as process:
        assert process.stdout is not None
        await process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = await ended(process)
    assert (process.returncode, complaints) == (0, "")
    assert names_in(tmp_path) == []


def test_a_story_that_breaks_says_where_and_why(
    register: str, tmp_path: Path, paper: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(story_before_deaf_ears(register, tmp_path, paper), once=True) == BROKEN
    reason = capsys.readouterr().err
    assert 'the story broke at "Para pegawai bergabung"' in reason
    assert "waited 1 s for 'Selamat bergabung'" in reason
    assert "the phone of Pak Budi" in reason


async def test_settings_and_registers_that_exist_are_never_overwritten(tmp_path: Path, paper: io.StringIO) -> None:
    (tmp_path / ".env").write_text("TELEGRAM_TOKEN=mine\n")
    with pytest.raises(Mend, match="exists already"):
        await perform(terminal(paper), tmp_path, SimulatedTelegram(limits=Limits.off()), once=True)
    assert names_in(tmp_path) == [".env"]
    assert (tmp_path / ".env").read_text() == "TELEGRAM_TOKEN=mine\n"


async def test_a_jump_neither_repeats_nor_loses_what_is_under_way(stage: Stage) -> None:
    sari = stage.player(SARI).phone
    await stage.telegram.faults.delay("sendMessage", seconds=1)
    await sari.says("/bantuan")
    await stage.telegram.calls("sendMessage", times=1, within=10)
    await stage.passes(timedelta(days=3))
    await sari.sees("Cara memakai")
    await sari.taps("Buat laporan")
    await sari.sees("Tentang data Anda")
    await stage.passes_to_morning()
    await sari.taps("Saya mengerti")
    await sari.sees("Apa yang ingin Anda laporkan")
    assert sum("Cara memakai" in bubble for bubble in await sari.messages()) == 1


async def test_telegram_and_the_house_agree_on_how_far_time_has_moved(stage: Stage) -> None:
    before = await stage.telegram.now() - stage.clock()
    await stage.passes_to_morning(5)
    after = await stage.telegram.now() - stage.clock()
    assert abs(after - before) < timedelta(minutes=1)


async def test_the_audience_moves_time_writes_taps_and_looks(stage: Stage, paper: io.StringIO) -> None:
    sari = stage.player(SARI)
    audience = Audience(stage)
    await audience.obeys("maju 3 hari kerja")
    assert stage.today == "Jumat, 10 April 2026"
    await audience.obeys("maju 2 jam")
    assert stage.now.startswith("Jumat, 10 April 2026 pukul 10.3")
    await audience.obeys("sari: /bantuan")
    await sari.reads("Cara memakai")
    await audience.obeys("sari ketuk Buat laporan")
    await sari.reads("Tentang data Anda")
    await audience.obeys("sari ketuk Tidak Ada Ini")
    await audience.obeys("apa saja?")
    await audience.obeys("layar sari")
    told = paper.getvalue()
    assert "Tidak ada tombol “Tidak Ada Ini”" in told
    assert "maju 3 hari kerja" in told
    assert told.count("Cara memakai layanan ini") == 2


@pytest.mark.parametrize(
    ("now", "days", "morning"),
    [
        (datetime(2026, 4, 7, 8, 0, tzinfo=UTC), 1, "2026-04-08 08:30"),
        (datetime(2026, 4, 10, 8, 0, tzinfo=UTC), 1, "2026-04-13 08:30"),
        (datetime(2026, 4, 30, 8, 0, tzinfo=UTC), 1, "2026-05-04 08:30"),
        (datetime(2026, 4, 7, 8, 0, tzinfo=UTC), 6, "2026-04-15 08:30"),
    ],
    ids=["tomorrow", "after the weekend", "after a holiday and the weekend", "past the first deadline"],
)
def test_the_next_working_morning_skips_free_days(now: datetime, days: int, morning: str) -> None:
    clock = DemoClock(now, lambda: 0.0)
    clock.to_next_working_morning(days)
    assert f"{clock.local:%Y-%m-%d %H:%M}" == morning


def test_the_clock_runs_on_and_never_back() -> None:
    ticks = iter([10.0, 12.5, 13.0])
    clock = DemoClock(datetime(2026, 4, 7, 1, 30, tzinfo=UTC), lambda: next(ticks))
    assert clock() == datetime(2026, 4, 7, 1, 30, 2, 500_000, tzinfo=UTC)
    clock.advance(timedelta(hours=1))
    assert clock() == datetime(2026, 4, 7, 2, 30, 3, tzinfo=UTC)
    with pytest.raises(ValueError, match="backward"):
        clock.advance(timedelta(seconds=-1))
