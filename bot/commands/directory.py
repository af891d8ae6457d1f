"""`lapor directory`: who answers for what."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    directory = typer.Typer(help="Governments and their units.", no_args_is_help=True)
    directory.callback()(about)
    directory.command("load")(load)
    app.add_typer(directory, name="directory")


def about() -> None:
    """Governments and their units."""


def load(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Directory files, YAML or CSV.")]) -> None:
    """Enter the governments and units of files; units that they no longer name are retired."""
    asyncio.run(_load(Settings.read(), files))


async def _load(settings: Settings, files: list[Path]) -> None:
    from bot.house import open_house
    from routing.directory_source import DirectoryError

    async with open_house(settings) as house:
        for file in files:
            try:
                loaded = await house.services.directory.load(file)
            except OSError as error:
                raise Mend(f"{file} cannot be read: {error.strerror or type(error).__name__}") from None
            except DirectoryError as error:
                raise Mend(f"{file}: {error}") from None
            said = f"governments {loaded.governments}, units {loaded.units}, retired units {loaded.retired}"
            typer.echo(f"{file.name}: {said}.")
