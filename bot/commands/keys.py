"""`lapor key`: the keys that seal identities."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    keys = typer.Typer(help="The keys that seal identities.", no_args_is_help=True)
    keys.callback()(about)
    keys.command("new")(new)
    app.add_typer(keys, name="key")


def about() -> None:
    """The keys that seal identities."""


def new() -> None:
    """Print the line of a fresh key for .env; an older key stays behind it, after a comma."""
    from storage.crypto import new_key

    typer.echo(f"LAPOR_KEYS={new_key()}")
