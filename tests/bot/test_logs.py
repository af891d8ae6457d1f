"""Logs: ids and places, never names, texts or tokens."""

import logging

import pytest

from bot.logs import NOISY, Discreet, configure, place_of
from domain.lifecycle import Action, Status
from domain.permissions import SYSTEM, Subject, allow
from domain.refusals import NotAllowed

TOKEN = "42:TEST-token"


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


def test_a_place_is_the_last_line_of_ours_and_not_of_a_library() -> None:
    with pytest.raises(NotAllowed) as refused:
        allow(SYSTEM, Action.RATE, Subject(Status.DONE, 1))
    assert place_of(refused.value).startswith("NotAllowed at domain.permissions:")


def test_libraries_that_would_write_addresses_or_updates_speak_from_warning_on() -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        configure("DEBUG", [TOKEN])
        assert all(logging.getLogger(name).getEffectiveLevel() >= logging.WARNING for name in NOISY)
        assert logging.getLogger("bot.app").getEffectiveLevel() == logging.DEBUG
    finally:
        logging.getLogger().handlers[:], level = before
        logging.getLogger().setLevel(level)
        for name in NOISY:
            logging.getLogger(name).setLevel(logging.NOTSET)
