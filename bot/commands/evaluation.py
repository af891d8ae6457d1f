"""`lapor evaluation`: a month of a government as one page, for whoever has to account for it."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("evaluation")(evaluation)


def evaluation(
    government: Annotated[str, typer.Option(help="The code of a government, as its directory file names it.")],
    month: Annotated[str, typer.Option(help="A month, as 2026-04.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; evaluasi-CODE-MONTH.html if left out.")] = None,
) -> None:
    """Write the evaluation of a month as one HTML file: figures only, no texts and nobody's identity."""
    file = out or Path(f"evaluasi-{government}-{month}.html")
    page = asyncio.run(_page(Settings.read(), government, _first_day(month)))
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise Mend(f"{file} cannot be written: {error.strerror or type(error).__name__}") from None
    typer.echo(file)


async def _page(settings: Settings, government: str, month: date) -> str:
    from bot.house import open_house
    from locales.translator import words_for
    from services.figures import Evaluation, GovernmentUnknown
    from views.evaluation import page

    async with open_house(settings) as house:
        try:
            figures = await Evaluation(house.office).of(government, month)
        except GovernmentUnknown:
            raise Mend(f"there is no government {government!r} here: use the code in its directory file") from None
    return page(figures, words_for("id"))


def _first_day(month: str) -> date:
    found = MONTH.fullmatch(month)
    if found is None:
        raise Mend(f"--month {month!r} is no month: write it as 2026-04")
    return date(int(found[1]), int(found[2]), 1)
