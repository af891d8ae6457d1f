"""Sees to it that a register that is a file has one process of each kind: a lock beside it, which a death sets free."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from bot.mend import Mend
from bot.settings import Settings

BOT, SCHEDULER, BEGINNING = "bot", "scheduler", "beginning"


@contextmanager
def alone(settings: Settings, *kinds: str) -> Iterator[None]:
    """Holds the right to be the one process of these kinds; raises `Mend` while another is.

    On PostgreSQL there may be any number: leases in the database do what must be done by one.
    """
    with ExitStack() as locks:
        for kind in kinds if settings.on_one_machine else ():
            locks.enter_context(_locked(settings, kind, wait=False))
        yield


@contextmanager
def one_after_the_other(settings: Settings) -> Iterator[None]:
    """Lets processes that start together bring the file up to date one by one."""
    with _locked(settings, BEGINNING, wait=True):
        yield


@contextmanager
def _locked(settings: Settings, kind: str, *, wait: bool) -> Iterator[None]:
    file = settings.register_file
    path = file.with_name(f"{file.name}.{kind}.lock")
    with _open(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Mend(
                f"another process is the {kind} of {file.name} already: stop it, or use PostgreSQL for several"
            ) from None
        yield


def _open(path: Path) -> TextIO:
    try:
        return path.open("a")
    except OSError as error:
        raise Mend(f"{path} cannot be written ({error.strerror}): check DATABASE_URL") from None
