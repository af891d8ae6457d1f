"""Logs for operators: one line each, ids and never names, texts or tokens."""

from __future__ import annotations

import copy
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType

NOISY = ("httpx", "httpcore", "aiogram", "aiohttp", "telegram", "apscheduler", "sqlalchemy", "alembic", "aiosqlite")
"""Libraries that write addresses with the token, or whole updates, at the level INFO."""

OURS = ("bot", "handlers", "scheduler", "views", "services", "routing", "storage", "domain", "locales")

LONGEST = 300
"""Characters of a library's line; what is longer was put together from something else."""

_NAMED = re.compile(r"\b([a-z_]+)=([\w.:-]+)")

log = logging.getLogger(__name__)


class Discreet(logging.Formatter):
    """Writes a line, covers secrets, and gives of an error its kind and its places, never its message.

    The message of an error may carry what a person wrote (pydantic and SQLAlchemy quote their input), and so may
    whatever a library puts into its lines: of those the fixed words are kept, and numbers.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        """Takes the secrets to cover."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Formats a record and covers the secrets, wherever they came from."""
        return self._cover(super().format(_own(record)))

    def formatException(self, ei: object) -> str:  # noqa: N802 (the name that logging calls)
        """The chain of errors by kind and place."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error)) if isinstance(error, BaseException) else ""

    def _cover(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


class DiscreetJson(Discreet):
    """The same as one JSON object per line; what a line names (`update=7`) stands in fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Formats a record as JSON."""
        own = _own(record)
        message = own.getMessage()
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(own.created, UTC).isoformat(timespec="milliseconds"),
            "level": own.levelname,
            "logger": own.name,
            "message": message,
        }
        if own.name.partition(".")[0] in OURS and (named := dict(_fields(message))):
            line["ids"] = named
        if own.exc_info and own.exc_info[1] is not None:
            line["error"] = _told(own.exc_info[1])
        return self._cover(json.dumps(line, ensure_ascii=False))


def _own(record: logging.LogRecord) -> logging.LogRecord:
    """A record of its own: another handler may have written an error's message into the one that all share."""
    own = copy.copy(record)
    own.exc_text, own.stack_info = None, None
    if record.name.partition(".")[0] not in OURS:
        own.msg, own.args = _fixed_words(record), None
    return own


def _fixed_words(record: logging.LogRecord) -> str:
    """Of a library's line the words that stand in its code, and numbers; of all else the kind."""
    words = record.msg.partition("\n")[0][:LONGEST] if isinstance(record.msg, str) else type(record.msg).__name__
    if not isinstance(record.args, tuple):
        return words
    kept = tuple(arg if isinstance(arg, int | float) else f"<{type(arg).__name__}>" for arg in record.args)
    try:
        return words % kept if kept else words
    except (TypeError, ValueError):
        return words


def _fields(message: str) -> Iterator[tuple[str, int | str]]:
    for name, value in _NAMED.findall(message):
        yield name, int(value) if value.isdecimal() else value


def _told(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    earlier = _told(cause) if cause else []
    places = [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    parts = [line for part in error.exceptions for line in _told(part)] if isinstance(error, BaseExceptionGroup) else []
    return [*earlier, *places, f"{type(error).__module__}.{type(error).__qualname__}", *parts]


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


def configure(level: str, secrets: Iterable[str], form: str = "text") -> None:
    """Sends every log to stderr as text or JSON; libraries speak only from WARNING on, and errors nobody caught too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DiscreetJson(secrets) if form == "json" else Discreet(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda seen: _uncaught(seen.exc_type, seen.exc_value, seen.exc_traceback)
    threading.excepthook = lambda seen: _uncaught(seen.exc_type, seen.exc_value, seen.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """What nobody has caught is logged like the rest: Python itself would print its message."""
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    log.critical("an error that nobody caught", exc_info=(kind, error, trace))
