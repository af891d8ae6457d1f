"""Logs for operators: one line each, ids and never names, texts or tokens."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType

NOISY = ("httpx", "httpcore", "aiogram", "aiohttp", "telegram", "apscheduler", "sqlalchemy", "alembic", "aiosqlite")
"""Libraries that write addresses with the token, or whole updates, at the level INFO."""

OURS = ("bot", "handlers", "scheduler", "views", "services", "routing", "storage", "domain", "locales")


class Discreet(logging.Formatter):
    """Writes a line, covers secrets, and gives of an error its kind and its places, never its message.

    The message of an error may carry what a person wrote (pydantic and SQLAlchemy quote their input).
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        """Takes the secrets to cover."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Formats a record and covers the secrets, wherever they came from."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line

    def formatException(self, ei: object) -> str:  # noqa: N802 (the name that logging calls)
        """The chain of errors by kind and place."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error)) if isinstance(error, BaseException) else ""


def _told(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    earlier = _told(cause) if cause else []
    places = [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    return [*earlier, *places, f"{type(error).__module__}.{type(error).__qualname__}"]


def place_of(error: BaseException) -> str:
    """The kind of an error and the last line of ours that it went through: enough to find it."""
    places = [frame for frame in _frames(error.__traceback__) if frame.split(":")[0].split(".")[0] in OURS]
    return f"{type(error).__qualname__} at {places[-1]}" if places else type(error).__qualname__


def _frames(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found


def configure(level: str, secrets: Iterable[str]) -> None:
    """Sends every log to stderr; the libraries speak only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
