"""The ear that listens to every test hears what it must."""

import logging
from pathlib import Path

import pytest

from simulator.server import TOKEN
from tests.eavesdropping import Ear, from_elsewhere, kept_for_the_ear, overhear


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
