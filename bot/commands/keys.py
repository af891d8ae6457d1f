"""`lapor key`: the keys that seal identities and files, and how a new one takes the place of an old one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.settings import Settings

if TYPE_CHECKING:
    from storage.queries.rotation import Found

NEEDED = 1
"""Exit status while something still needs an older key."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    keys = typer.Typer(help="The keys that seal identities and files.", no_args_is_help=True)
    keys.callback()(about)
    keys.command("new")(new)
    keys.command("rotate")(rotate)
    keys.command("check")(check)
    app.add_typer(keys, name="key")


def about() -> None:
    """The keys that seal identities and files."""


def new() -> None:
    """Print the line of a fresh key for .env; an older key stays behind it, after a comma."""
    from storage.crypto import new_key

    typer.echo(f"LAPOR_KEYS={new_key()}")


def rotate() -> None:
    """Seal everything anew under the first key. First put it before the old one and restart "lapor run"."""
    found = asyncio.run(_walk(Settings.read(), write=True))
    for station, met in found.items():
        typer.echo(f"{station}: {met.seen} seen, {met.stale} made anew")
    busy = sum(met.busy for met in found.values())
    if busy:
        typer.echo(f"{busy} rows are in use just now: run this again", err=True)
        raise typer.Exit(NEEDED)
    typer.echo('Now run "lapor key check".')


def check() -> None:
    """Say whether anything still needs an older key; nothing is changed."""
    settings = Settings.read()
    found = asyncio.run(_walk(settings, write=False))
    for station, met in found.items():
        if met.stale:
            typer.echo(f"{station}: {met.stale} still need an older key")
        if met.lost:
            typer.echo(f"{station}: {met.lost} are opened by no key of LAPOR_KEYS")
    first, *older = settings.keyring().names
    if any(met.stale for met in found.values()):
        typer.echo('An older key is needed: run "lapor key rotate".')
        raise typer.Exit(NEEDED)
    rest = f"; these may go: {', '.join(older)}" if older else ""
    typer.echo(f"Nothing needs an older key than {first}{rest}.")


async def _walk(settings: Settings, *, write: bool) -> dict[str, Found]:
    from bot.house import open_house
    from bot.progress import progress
    from services.key_rotation import KeyRotation
    from storage.files import FileStore
    from storage.queries.rotation import Found

    met: dict[str, Found] = {}
    async with open_house(settings) as house:
        rotation = KeyRotation(house.office, FileStore.beside(house.database, settings.lapor_files))
        with progress(await rotation.size()) as go_on:
            async for passed in rotation.rotate() if write else rotation.check():
                met.setdefault(passed.station, Found()).add(passed.found)
                go_on(passed.found.seen)
    return met
