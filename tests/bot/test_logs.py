"""Logs: ids and places, never names, texts or tokens."""

import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.exc import StatementError
from telegram.error import BadRequest

from bot.logs import NOISY, Discreet, DiscreetJson, configure, place_of
from domain.lifecycle import Action, Status
from domain.permissions import SYSTEM, Subject, allow
from domain.refusals import NotAllowed
from scheduler.delivery_outcome import Refused, outcome_of
from storage.engine import Database
from storage.tables_people import Person
from tests.bot.wiring import settings_for
from tests.conftest import TEST_KEY

TOKEN = "42:TEST-token"
OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktMSE="


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Whatever a test configures is undone."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, sys.unraisablehook, threading.excepthook)
    levels = {name: logging.getLogger(name).level for name in NOISY}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def line(message: str, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot.app", logging.INFO, __file__, 1, message, args, info)
    return Discreet([TOKEN]).format(record)


def caught(text: str) -> ValueError:
    try:
        try:
            raise KeyError(text)
        except KeyError as inner:
            raise ValueError(text) from inner
    except ValueError as outer:
        return outer


def test_the_token_is_covered_wherever_it_comes_from() -> None:
    assert TOKEN not in line("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "***" in line("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")


def test_an_error_is_told_by_kind_and_place_and_not_by_its_words() -> None:
    told = line("update=%d failed", 7, error=caught("Ibu Sari, Jalan Melati 5"))
    assert "Melati" not in told.replace('caught("Ibu Sari, Jalan Melati 5")', "")
    assert "builtins.KeyError" in told
    assert "builtins.ValueError" in told
    assert "test_logs.py" in told


def test_json_lines_name_what_a_line_names_and_carry_no_words_of_an_error() -> None:
    try:
        raise ExceptionGroup("Ibu Sari", [caught("Jalan Melati 5")])
    except ExceptionGroup as group:
        info = (type(group), group, group.__traceback__)
    record = logging.LogRecord("bot.inbox", logging.ERROR, __file__, 1, "update=%d failed attempt=%d", (7, 2), info)
    written = DiscreetJson([TOKEN]).format(record)
    told = json.loads(written)
    assert (told["level"], told["logger"], told["ids"]) == ("ERROR", "bot.inbox", {"update": 7, "attempt": 2})
    assert "builtins.KeyError" in told["error"]
    assert "\n" not in written
    quoted = written.replace('caught(\\"Jalan Melati 5\\")', "").replace('ExceptionGroup(\\"Ibu Sari\\"', "")
    assert "Melati" not in quoted
    assert "Sari" not in quoted


def test_of_a_librarys_line_only_its_fixed_words_and_numbers_are_kept() -> None:
    record = logging.LogRecord("apscheduler", logging.ERROR, "x", 1, "Job %s failed after %d s", ("Ibu Sari", 5), None)
    assert Discreet([]).format(record).endswith("Job <str> failed after 5 s")
    record = logging.LogRecord("asyncio", logging.ERROR, "x", 1, "Task was never retrieved\nfuture: Sari", (), None)
    assert Discreet([]).format(record).endswith("Task was never retrieved")


def test_what_another_handler_has_written_of_an_error_is_not_taken_over() -> None:
    error = caught("Jalan Melati 5")
    info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("bot.app", logging.ERROR, "x", 1, "update=%d failed", (7,), info)
    assert "Melati" in logging.Formatter().format(record)
    for formatter in (Discreet([]), DiscreetJson([])):
        assert "Melati 5'" not in formatter.format(record)


async def test_an_error_of_the_database_does_not_quote_what_was_to_be_written(register: Database) -> None:
    async with register.work() as work:
        with pytest.raises(StatementError) as refused:
            await work._session.execute(insert(Person).values(locale="Jalan Melati 5", created_at="Ibu Sari"))
    assert "Melati" not in str(refused.value)


def test_telegrams_reasons_are_kept_without_what_they_quote() -> None:
    outcome = outcome_of(BadRequest('can\'t parse entities: unsupported start tag "ibu sari" at byte offset 5'))
    assert outcome == Refused('can\'t parse entities: unsupported start tag "..." at byte offset 5')


def test_every_secret_of_the_settings_is_covered_each_key_by_itself_and_the_databases_password() -> None:
    settings = settings_for("postgresql://lapor:p%40ss-word@db/lapor", "http://127.0.0.1:1")
    settings = settings.model_copy(update={"lapor_keys": SecretStr(f"{TEST_KEY}, {OTHER_KEY}")})
    told = Discreet(settings.secrets).format(
        logging.LogRecord("bot", logging.INFO, "x", 1, "%s", (f"{OTHER_KEY} p@ss-word p%40ss-word {TEST_KEY}",), None)
    )
    assert told.endswith("*** *** *** ***")


def test_what_nobody_has_caught_is_logged_without_its_words(
    logging_as_before: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("INFO", [TOKEN], "json")
    error = caught("Jalan Melati 5")
    sys.excepthook(type(error), error, error.__traceback__)
    line = json.loads(capsys.readouterr().err)
    assert line["level"] == "CRITICAL"
    assert "builtins.ValueError" in line["error"]


def test_a_place_is_the_last_line_of_ours_and_not_of_a_library() -> None:
    with pytest.raises(NotAllowed) as refused:
        allow(SYSTEM, Action.RATE, Subject(Status.DONE, 1))
    assert place_of(refused.value).startswith("NotAllowed at domain.permissions:")


def test_libraries_that_would_write_addresses_or_updates_speak_from_warning_on(logging_as_before: None) -> None:
    configure("DEBUG", [TOKEN])
    assert all(logging.getLogger(name).getEffectiveLevel() >= logging.WARNING for name in NOISY)
    assert logging.getLogger("bot.app").getEffectiveLevel() == logging.DEBUG
