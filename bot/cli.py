"""The command line `lapor`: every command in one list; what a command does stands in `bot/commands`."""

from __future__ import annotations

import sys

import typer

from bot.commands import (
    audit,
    backup,
    calendar,
    campaigns,
    database,
    demo,
    diagram,
    directory,
    doctor,
    evaluation,
    inbox,
    jobs,
    keys,
    learning,
    legal_holds,
    outbox,
    processes,
    route,
    sp4n,
    staff,
)
from bot.mend import Mend

WRONG = 2
"""Exit status when something must be mended first."""


def build() -> typer.Typer:
    """Makes the command line. Nothing heavy is imported before a command needs it."""
    app = typer.Typer(
        name="lapor",
        help="The Telegram channel of SP4N-LAPOR!",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for part in (
        processes,
        demo,
        database,
        directory,
        staff,
        calendar,
        campaigns,
        jobs,
        evaluation,
        legal_holds,
        inbox,
        outbox,
        route,
        learning,
        sp4n,
        audit,
        keys,
        backup,
        doctor,
        diagram,
    ):
        part.add_to(app)
    return app


def main() -> None:
    """Runs one command; what must be mended is said in one line on stderr."""
    try:
        build()()
    except Mend as mend:
        sys.stderr.write(f"lapor: {mend}\n")
        sys.exit(WRONG)
