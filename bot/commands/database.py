"""`lapor db`: the tables of the register."""

from __future__ import annotations

import asyncio

import typer

from bot.mend import Mend
from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    db = typer.Typer(help="The tables of the register.", no_args_is_help=True)
    db.command("upgrade")(upgrade)
    db.command("current")(current)
    app.add_typer(db, name="db")


def upgrade() -> None:
    """Bring the database up to this program, and enter free days and emergency numbers where there are none."""
    from bot.beginnings import bring_up

    made = asyncio.run(bring_up(Settings.read()))
    typer.echo(f"The database is up to date; migrations made: {', '.join(made) or 'none'}.")


def current() -> None:
    """Say which migrations are still to be made."""
    from bot.house import lacking

    missing = asyncio.run(lacking(Settings.read()))
    if missing:
        raise Mend(f'the database lacks {", ".join(missing)}: run "lapor db upgrade"')
    typer.echo("The database is up to date.")
