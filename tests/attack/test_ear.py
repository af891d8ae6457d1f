"""The ear that listens to every test hears what it must."""

import asyncio
import logging
import re
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from simulator.server import TOKEN
from tests.eavesdropping import Ear, ended, from_elsewhere, kept_for_the_ear, overhear

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("said", ["Ibu Sari wrote", "text=Lampu jalan mati", f"GET /bot{TOKEN}/getMe"])
def test_a_line_that_names_somebody_or_tells_a_secret_is_caught(said: str) -> None:
    ear = Ear()
    ear.handle(logging.LogRecord("services.intake", logging.INFO, "", 1, "%s", (said,), None))
    assert len(ear.caught) == 1


def test_a_line_of_ids_is_not() -> None:
    ear = Ear()
    ear.handle(logging.LogRecord("bot.inbox", logging.ERROR, "", 1, "update=%d failed attempt=%d", (7, 2), None))
    assert not ear.caught


def test_what_a_process_of_its_own_has_written_is_read_once(tmp_path: Path) -> None:
    file = kept_for_the_ear(tmp_path / "log")
    kept_for_the_ear(tmp_path / "never written")
    file.write_text("update=7 failed\nIbu Sari wrote\n")
    overhear("lapor: Lampu jalan is no command")
    assert from_elsewhere() == ["lapor: Lampu jalan is no command", "Ibu Sari wrote"]
    assert from_elsewhere() == []


async def test_what_a_process_says_on_stderr_is_heard_and_what_it_prints_is_not() -> None:
    code = "import sys; print('Lampu jalan'); sys.stderr.write('Ibu Sari, Bu Sari')"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE, stderr=PIPE)
    assert await ended(process) == (b"Lampu jalan\n", "Ibu Sari, Bu Sari")
    assert from_elsewhere() == ["Ibu Sari, Bu Sari"]


def test_every_test_that_runs_lapor_as_a_process_lets_it_be_heard() -> None:
    starts = re.compile(r"create_subprocess_exec\(\s*[*(]*LAPOR\b")
    running = {file: file.read_text() for file in TESTS.rglob("test_*.py") if starts.search(file.read_text())}
    assert {"test_cli", "test_cli_route", "test_cli_routing", "test_demo"} <= {file.stem for file in running}
    deaf = [str(file) for file, text in running.items() if ".communicate(" in text or "await ended(" not in text]
    assert not deaf, "use tests.eavesdropping.ended"
