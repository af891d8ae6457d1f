"""A register that is a file has one process of each kind, and the kinds are light where they can be."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.alone import BOT, SCHEDULER, alone, one_after_the_other
from bot.mend import Mend
from bot.settings import Settings
from tests.bot.wiring import settings_for


def at(folder: Path) -> Settings:
    return settings_for(f"sqlite:///{folder / 'register.sqlite3'}", "http://127.0.0.1:1")


def test_a_second_bot_of_one_file_is_refused_and_a_scheduler_is_not(tmp_path: Path) -> None:
    with alone(at(tmp_path), BOT):
        with pytest.raises(Mend, match="another process is the bot of"):
            alone(at(tmp_path), BOT).__enter__()
        with alone(at(tmp_path), SCHEDULER), pytest.raises(Mend, match="another process is the bot"):
            alone(at(tmp_path), BOT, SCHEDULER).__enter__()
    with alone(at(tmp_path), BOT, SCHEDULER):
        pass


def test_a_server_has_as_many_as_it_likes() -> None:
    settings = settings_for("postgresql://postgres@localhost/none", "http://127.0.0.1:1")
    with alone(settings, BOT), alone(settings, BOT):
        pass


def test_a_folder_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Mend, match="check DATABASE_URL"), one_after_the_other(at(tmp_path / "not there")):
        pass


def test_the_scheduler_never_loads_aiogram() -> None:
    told = "import sys, bot.scheduling, bot.commands.processes; print('aiogram' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout == "False\n"
